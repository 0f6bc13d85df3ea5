//! What is said to people: severity, confidence, messages in their language, and pictures of source text.
//!
//! Nothing here knows a rule, a format or a command. A message is a key of the catalogue in `src/locales/` with its
//! arguments; it becomes words only where it is shown.

mod confidence;
mod excerpt;
mod look;
mod message;
mod picture;
mod severity;
mod visible;
mod window;

pub use confidence::Confidence;
pub use look::{Look, Paint};
pub use message::{Explain, Lang, Message};
pub use picture::{Label, Picture};
pub use severity::Severity;
pub use visible::{columns, fold, one_line, pad, steers, visible};
