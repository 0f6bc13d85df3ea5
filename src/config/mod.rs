//! Settings (to be replaced).
use crate::diagnostic::{Confidence, Lang, Severity};
use crate::transcript::Role;
use std::collections::BTreeMap;
/// s
#[derive(Clone, Debug, Default)]
pub struct Settings { #[allow(missing_docs)] pub lang: Lang, #[allow(missing_docs)] pub min_confidence: Option<Confidence>, #[allow(missing_docs)] pub staff: Vec<String>, #[allow(missing_docs)] pub visitor: Vec<String>, #[allow(missing_docs)] pub unlabelled: Role, #[allow(missing_docs)] pub severity: BTreeMap<String, Option<Severity>>, #[allow(missing_docs)] pub fail_on: Option<Severity>, #[allow(missing_docs)] pub name_pattern: Option<String> }
impl Settings { /// v
 pub fn view(&self) -> serde_json::Value { serde_json::json!({}) } }
