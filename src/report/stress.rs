//! How well items are heard through a bad recogniser, as data.

use super::Share;
use serde::Serialize;

/// The name of the shape.
pub const STRESS_SCHEMA: &str = "wuxin.stress/1";

/// Items' own sentences, perturbed at several rates of wrong characters.
#[derive(Clone, Debug, Serialize)]
pub struct Stress {
    /// [`STRESS_SCHEMA`].
    pub schema: &'static str,
    /// What the perturbations were drawn from.
    pub seed: u64,
    /// Rates of perturbed characters, 0..1.
    pub rates: Vec<f64>,
    /// By rule: recall at each rate.
    pub rules: Vec<Stressed>,
    /// All rules together.
    pub all: Vec<Share>,
}

/// One rule under stress.
#[derive(Clone, Debug, Serialize)]
pub struct Stressed {
    /// Rule id.
    pub rule: String,
    /// The item's own sentences that were tried.
    pub sentences: usize,
    /// Recall at each rate.
    pub recall: Vec<Share>,
}
