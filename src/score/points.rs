//! Points as integer tenths, so that lines add up exactly.

use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

/// Tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(i64);

impl Tenths {
    /// Nothing.
    pub const ZERO: Tenths = Tenths(0);
    /// 100 points.
    pub const FULL: Tenths = Tenths(1000);

    /// From tenths.
    pub fn new(tenths: i64) -> Self {
        Tenths(tenths)
    }

    /// From points with one decimal.
    pub fn of_points(points: f64) -> Self {
        Tenths((points * 10.0).round() as i64)
    }

    /// As points with one decimal.
    pub fn points(self) -> f64 {
        self.0 as f64 / 10.0
    }

    /// This share (0..1) of the points, rounded to tenths.
    pub fn part(self, share: f64) -> Self {
        Tenths((self.0 as f64 * share).round() as i64)
    }
}

impl Add for Tenths {
    type Output = Tenths;
    fn add(self, other: Tenths) -> Tenths {
        Tenths(self.0 + other.0)
    }
}
impl Sub for Tenths {
    type Output = Tenths;
    fn sub(self, other: Tenths) -> Tenths {
        Tenths(self.0 - other.0)
    }
}
impl Neg for Tenths {
    type Output = Tenths;
    fn neg(self) -> Tenths {
        Tenths(-self.0)
    }
}
impl Sum for Tenths {
    fn sum<I: Iterator<Item = Tenths>>(iter: I) -> Tenths {
        iter.fold(Tenths::ZERO, Add::add)
    }
}

/// `whole` in `n` shares that differ by a tenth at the most and add up exactly; the first ones are the larger.
pub fn shares(whole: Tenths, n: usize) -> Vec<Tenths> {
    let count = i64::try_from(n).unwrap_or(i64::MAX).max(1);
    let (each, over) = (whole.0.div_euclid(count), whole.0.rem_euclid(count));
    (0..n as i64).map(|i| Tenths(each + i64::from(i < over))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shares_add_up(whole in 0i64..2000, n in 1usize..20) {
            let parts = shares(Tenths::new(whole), n);
            prop_assert_eq!(parts.iter().copied().sum::<Tenths>(), Tenths::new(whole));
            let least = parts.iter().min().unwrap();
            prop_assert!(parts.iter().all(|p| *p - *least <= Tenths::new(1)));
        }
    }
}
