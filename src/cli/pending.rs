//! Stands in for the library's stages until they are there: the same names and shapes, and nothing behind them.
#![allow(dead_code, unused_variables, reason = "shapes only")]

pub(super) mod standard {
    use std::path::{Path, PathBuf};
    use wuxin::diagnostic::{Lang, Picture};

    pub(crate) struct Standard;

    pub(crate) enum PackError {
        Slips(Vec<Picture>),
        Io { path: PathBuf, source: std::io::Error },
    }

    impl Standard {
        pub(crate) fn embedded(lang: Lang) -> Result<Standard, PackError> {
            Ok(Standard)
        }

        pub(crate) fn load(dir: &Path, lang: Lang) -> Result<Standard, PackError> {
            std::fs::read_dir(dir).map_err(|source| PackError::Io { path: dir.to_owned(), source })?;
            Ok(Standard)
        }
    }
}

pub(super) mod read {
    use wuxin::diagnostic::Explain;
    use wuxin::text::SourceText;
    use wuxin::transcript::Transcript;

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Format;

    impl std::str::FromStr for Format {
        type Err = ReadError;

        fn from_str(name: &str) -> Result<Self, ReadError> {
            if name == "txt" { Ok(Format) } else { Err(ReadError) }
        }
    }

    pub(crate) struct Input<'a> {
        pub(crate) bytes: &'a [u8],
        pub(crate) name: &'a str,
        pub(crate) format: Option<Format>,
    }

    pub(crate) struct Document {
        pub(crate) source: SourceText,
        pub(crate) conversations: Vec<Transcript>,
        pub(crate) failures: Vec<Located<ReadError>>,
    }

    pub(crate) struct Located<E> {
        pub(crate) place: String,
        pub(crate) error: E,
    }

    pub(crate) struct ReadError;

    impl ReadError {
        pub(crate) fn place(&self) -> Option<&String> {
            None
        }
    }

    impl Explain for ReadError {
        fn code(&self) -> &'static str {
            "empty"
        }

        fn args(&self) -> Vec<(&'static str, String)> {
            Vec::new()
        }
    }

    pub(crate) enum Verdict {
        Transcript,
        NotATranscript(&'static str),
    }

    pub(crate) fn looks_like_transcript(name: &str, head: &[u8]) -> Verdict {
        if name.ends_with(".txt") { Verdict::Transcript } else { Verdict::NotATranscript("not-a-transcript") }
    }

    pub(crate) fn read(input: &Input<'_>) -> Result<Document, ReadError> {
        let source = SourceText::new(String::from_utf8_lossy(input.bytes).into_owned());
        if input.bytes.is_empty() {
            return Err(ReadError);
        }
        Ok(Document { source, conversations: vec![Transcript::default()], failures: Vec::new() })
    }
}

pub(super) mod check {
    use super::{read, standard};
    use wuxin::config::Settings;
    use wuxin::report::{Conversation, RuleInfo, StandardInfo, Tool};

    pub(crate) struct Checker(Settings);

    pub(crate) struct Origin {
        pub(crate) path: String,
        pub(crate) sha256: Option<String>,
    }

    pub(crate) struct ExampleOutcome {
        pub(crate) rule: String,
        pub(crate) text: String,
        pub(crate) outcome: Outcome,
    }

    pub(crate) enum Outcome {
        Right,
        Missing,
        Elsewhere { found: String },
        Noisy { found: String },
    }

    impl Checker {
        pub(crate) fn new(standard: standard::Standard, settings: &Settings) -> Self {
            Checker(settings.clone())
        }

        pub(crate) fn check(&self, document: &read::Document, origin: &Origin) -> Vec<Conversation> {
            Vec::new()
        }

        pub(crate) fn rules(&self) -> Vec<RuleInfo> {
            Vec::new()
        }

        pub(crate) fn tool(&self) -> Tool {
            let standard = StandardInfo {
                id: String::new(),
                title: String::new(),
                number: String::new(),
                sha256: String::new(),
            };
            Tool { name: "wuxin", version: env!("CARGO_PKG_VERSION"), settings: self.0.view(), standard }
        }

        pub(crate) fn test_rules(&self) -> Vec<ExampleOutcome> {
            Vec::new()
        }
    }
}
