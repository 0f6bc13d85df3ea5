//! How sure a finding is.

use serde::Serialize;

/// A number from 0 to 1 in hundredths, so that equal input gives equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// Certain.
    pub const FULL: Confidence = Confidence(100);

    /// From a number in 0..=1, rounded to hundredths; what lies outside is clamped.
    pub fn new(value: f64) -> Self {
        Confidence((value.clamp(0.0, 1.0) * 100.0).round() as u8)
    }

    /// As a number in 0..=1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// This confidence less `cost` (0..=1), not below zero.
    pub fn less(self, cost: f64) -> Self {
        Confidence::new(self.value() - cost)
    }
}

impl Serialize for Confidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}
