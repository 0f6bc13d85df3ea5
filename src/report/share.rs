//! So many of so many, and how far that can be trusted.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// The quantile of the normal distribution for a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// `part` of `whole`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are.
    pub part: usize,
    /// How many there are.
    pub whole: usize,
}

impl Share {
    /// Counts one more, in `part` too if `yes`.
    pub fn count(&mut self, yes: bool) {
        self.whole += 1;
        self.part += usize::from(yes);
    }

    /// 0..1; nothing of nothing is 0.
    pub fn rate(self) -> f64 {
        self.part as f64 / (self.whole.max(1)) as f64
    }

    /// The 95 % interval by Wilson's score: honest for few cases and near 0 and 1.
    pub fn wilson(self) -> (f64, f64) {
        if self.whole == 0 {
            return (0.0, 1.0);
        }
        let (n, p, z2) = (self.whole as f64, self.rate(), Z * Z);
        let middle = p + z2 / (2.0 * n);
        let reach = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        let bound = |x: f64| (x / (1.0 + z2 / n)).clamp(0.0, 1.0);
        (bound(middle - reach), bound(middle + reach))
    }
}

/// How much one share is more than another, with a 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The later rate less the earlier one.
    #[serde(serialize_with = "rounded")]
    pub by: f64,
    /// Not less than this.
    #[serde(serialize_with = "rounded")]
    pub low: f64,
    /// Not more than this.
    #[serde(serialize_with = "rounded")]
    pub high: f64,
}

impl Difference {
    /// Newcombe's interval (hybrid score, without continuity correction), built from both Wilson intervals.
    pub fn between(earlier: Share, later: Share) -> Self {
        let (p, q) = (earlier.rate(), later.rate());
        let ((p_low, p_high), (q_low, q_high)) = (earlier.wilson(), later.wilson());
        let by = q - p;
        Difference { by, low: by - (q - q_low).hypot(p_high - p), high: by + (q_high - q).hypot(p - p_low) }
    }
}

fn rounded<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(short(*value))
}

/// Four decimals: equal counts give equal bytes.
fn short(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (low, high) = self.wilson();
        let mut out = serializer.serialize_struct("Share", 5)?;
        out.serialize_field("part", &self.part)?;
        out.serialize_field("whole", &self.whole)?;
        out.serialize_field("rate", &short(self.rate()))?;
        out.serialize_field("low", &short(low))?;
        out.serialize_field("high", &short(high))?;
        out.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values: Newcombe 1998, Interval estimation for the difference between independent proportions, table
    /// II, method 10.
    #[test]
    fn differences_agree_with_the_literature() {
        for ((a, m), (b, n), low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((5, 56), (0, 29), -0.0381, 0.1926),
        ] {
            let share = |part, whole| Share { part, whole };
            let one = Difference::between(share(b, n), share(a, m));
            assert!(
                (one.low - low).abs() < 6e-5 && (one.high - high).abs() < 6e-5,
                "{a}/{m} {b}/{n}: {one:?}"
            );
        }
    }

    /// Reference values: Newcombe 1998, table I (method 3), and the closed forms at 0 and n.
    #[test]
    fn intervals_agree_with_the_literature() {
        for (part, whole, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (l, h) = Share { part, whole }.wilson();
            assert!((l - low).abs() < 6e-5 && (h - high).abs() < 6e-5, "{part}/{whole}: {l} {h}");
        }
        assert_eq!(Share::default().wilson(), (0.0, 1.0));
    }
}
