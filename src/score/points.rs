//! Points as integer tenths, so that lines add up exactly.

use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

/// Tenths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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

    /// In tenths.
    pub fn tenths(self) -> i64 {
        self.0
    }

    /// So many hundredths of the points, halves rounded up.
    pub fn part(self, hundredths: i64) -> Self {
        Tenths((self.0 * hundredths + 50).div_euclid(100))
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

/// `whole` in parts by weight that add up exactly (largest remainder; of equal ones the first). Nothing where nothing
/// has weight.
pub fn apportion(whole: Tenths, weights: &[i64]) -> Vec<Tenths> {
    let sum: i64 = weights.iter().sum();
    if sum <= 0 {
        return vec![Tenths::ZERO; weights.len()];
    }
    let floor = |weight: &i64| (whole.0 * weight).div_euclid(sum);
    let mut parts: Vec<i64> = weights.iter().map(floor).collect();
    let remainder = |i: &usize| weights.get(*i).map_or(0, |weight| (whole.0 * weight).rem_euclid(sum));
    let over = whole.0 - parts.iter().sum::<i64>();
    if over == 0 {
        return parts.into_iter().map(Tenths).collect();
    }
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_cached_key(|i| std::cmp::Reverse(remainder(i)));
    for i in order.into_iter().take(usize::try_from(over).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(i) {
            *part += 1;
        }
    }
    parts.into_iter().map(Tenths).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_add_up_and_lie_within_a_tenth_of_their_due(
            whole in 0i64..2000,
            weights in proptest::collection::vec(0i64..50, 1..20),
        ) {
            let parts = apportion(Tenths::new(whole), &weights);
            let sum: i64 = weights.iter().sum();
            prop_assert_eq!(parts.iter().copied().sum::<Tenths>(), Tenths::new(if sum > 0 { whole } else { 0 }));
            for (part, weight) in parts.iter().zip(&weights) {
                let due = if sum > 0 { whole as f64 * *weight as f64 / sum as f64 } else { 0.0 };
                prop_assert!((part.0 as f64 - due).abs() < 1.0);
            }
        }
    }

    #[test]
    fn remainders_go_to_the_largest_first() {
        let parts = |whole, weights: &[i64]| {
            apportion(Tenths::new(whole), weights).iter().map(|t| t.tenths()).collect::<Vec<_>>()
        };
        assert_eq!(parts(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(parts(10, &[0, 2, 1]), [0, 7, 3]);
        assert_eq!(parts(10, &[]), [] as [i64; 0]);
    }
}
