//! wuxin 五心: finds banned phrases in what staff say to the public, credits the approved ones, and points at the
//! exact source span.
//!
//! Data flows one way: bytes → [`read`] → turns → [`normalize`] → [`segment`] → [`detect`] → [`roles`] → [`verdict`]
//! → [`conduct`], [`score`] → [`report`] → `render`. `tests/layering.rs` holds the direction.

rust_i18n::i18n!("src/locales", fallback = "zh");

pub mod check;
pub mod conduct;
pub mod config;
pub mod detect;
pub mod diagnostic;
pub mod normalize;
pub mod read;
pub mod render;
pub mod report;
pub mod review;
pub mod roles;
pub mod score;
pub mod segment;
pub mod standard;
pub mod text;
pub mod transcript;
pub mod verdict;
