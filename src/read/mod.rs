//! stub
#![allow(missing_docs)]
use crate::text::SourceText; use crate::transcript::Transcript;
#[derive(Clone,Copy,Debug)] pub enum Format { Txt }
impl Format { pub fn name(self)->&'static str {"txt"} pub fn is_script(self)->bool {true} }
pub struct Document { pub source: SourceText, pub format: Format, pub encoding: String, pub conversations: Vec<Transcript> }
