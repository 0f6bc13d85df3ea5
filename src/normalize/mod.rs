//! What is said, reduced to what patterns compare: one file a step, each span mapped back.
//!
//! The plain view folds width, case, script and variant characters and takes punctuation and spaces out, remembering
//! where they stood as [`Break`]s. Fluent views also take out interjections, repeats and filler words. Each view is
//! searched on its own, so that an exact hit is never merged with a fuzzy one.

mod alike;
mod case;
mod fillers;
mod marks;
mod repeats;
mod script;
mod sound;
mod variants;
mod view;
mod width;

pub use alike::alike;
pub use sound::{CLASSES, class, classes, near, readings, reads};
pub use view::{Break, Edge, Normalized, Step, Strength, View, fold, plain, steps, views};
