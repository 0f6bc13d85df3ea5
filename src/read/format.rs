//! The formats that can be read, and their names.

use super::error::ReadError;
use std::fmt;
use std::str::FromStr;

/// A format of transcripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Plain text, labelled or not, minutes among it.
    Txt,
    /// Markdown: training scripts.
    Markdown,
    /// SubRip subtitles.
    Srt,
    /// WebVTT subtitles.
    Vtt,
    /// Advanced SubStation Alpha subtitles.
    Ass,
    /// LRC lyrics, as recognisers write them.
    Lrc,
    /// Praat's TextGrid.
    TextGrid,
    /// ELAN's EAF.
    Eaf,
    /// A table with commas or semicolons.
    Csv,
    /// A table with tabs; whisper's among them.
    Tsv,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// OpenDocument spreadsheets.
    Ods,
    /// JSON of openai-whisper, faster-whisper and WhisperX.
    Whisper,
    /// JSON of whisper.cpp.
    WhisperCpp,
    /// JSON of FunASR: AutoModel, command line, runtime, websocket log.
    FunAsr,
    /// JSON of Aliyun: recording files, DashScope, Tingwu.
    Aliyun,
    /// JSON of Tencent Cloud speech recognition.
    Tencent,
    /// JSON of iFlytek transcription.
    Iflytek,
    /// JSON of Baidu audio transcription.
    Baidu,
    /// JSON of Amazon Transcribe, call analytics among it.
    Amazon,
    /// JSON of Azure speech.
    Azure,
    /// JSON of Volcengine speech recognition.
    Volcengine,
    /// JSON of Huawei SIS.
    Huawei,
    /// JSON of Google Contact Center AI.
    Google,
    /// JSON of WeCom and Tencent Meeting minutes.
    Wecom,
    /// JSON of TeleAI.
    TeleAi,
    /// CHAT of TalkBank.
    Chat,
    /// STM of NIST's scorer.
    Stm,
    /// wuxin's own JSON: one conversation or a list of them.
    Own,
    /// wuxin's own JSONL: one conversation a line.
    OwnLines,
}

impl Format {
    /// Every format, in the order of help texts.
    pub const ALL: &'static [Format] = &[
        Format::Txt,
        Format::Markdown,
        Format::Srt,
        Format::Vtt,
        Format::Ass,
        Format::Lrc,
        Format::TextGrid,
        Format::Eaf,
        Format::Csv,
        Format::Tsv,
        Format::Docx,
        Format::Xlsx,
        Format::Ods,
        Format::Whisper,
        Format::WhisperCpp,
        Format::FunAsr,
        Format::Aliyun,
        Format::Tencent,
        Format::Iflytek,
        Format::Baidu,
        Format::Amazon,
        Format::Azure,
        Format::Volcengine,
        Format::Huawei,
        Format::Google,
        Format::Wecom,
        Format::TeleAi,
        Format::Chat,
        Format::Stm,
        Format::Own,
        Format::OwnLines,
    ];

    /// The name in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Txt => "txt",
            Format::Markdown => "md",
            Format::Srt => "srt",
            Format::Vtt => "vtt",
            Format::Ass => "ass",
            Format::Lrc => "lrc",
            Format::TextGrid => "textgrid",
            Format::Eaf => "eaf",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
            Format::Ods => "ods",
            Format::Whisper => "whisper",
            Format::WhisperCpp => "whisper-cpp",
            Format::FunAsr => "funasr",
            Format::Aliyun => "aliyun",
            Format::Tencent => "tencent",
            Format::Iflytek => "iflytek",
            Format::Baidu => "baidu",
            Format::Amazon => "amazon",
            Format::Azure => "azure",
            Format::Volcengine => "volcengine",
            Format::Huawei => "huawei",
            Format::Google => "google",
            Format::Wecom => "wecom",
            Format::TeleAi => "teleai",
            Format::Chat => "chat",
            Format::Stm => "stm",
            Format::Own => "json",
            Format::OwnLines => "jsonl",
        }
    }

    /// Whether people write it by hand: without any label it may be a script of what staff says.
    pub fn is_script(self) -> bool {
        matches!(self, Format::Txt | Format::Markdown | Format::Docx)
    }

    /// Whether it is some JSON.
    pub(super) fn is_json(self) -> bool {
        !matches!(self, Format::Txt | Format::Markdown | Format::Srt | Format::Vtt)
            && !matches!(self, Format::Chat | Format::Stm)
            && !self.is_table()
            && !self.is_package()
            && !matches!(self, Format::Ass | Format::Lrc | Format::TextGrid | Format::Eaf)
    }

    /// Whether it is a table in a text.
    pub(super) fn is_table(self) -> bool {
        matches!(self, Format::Csv | Format::Tsv)
    }

    /// Whether it is a zip archive of parts.
    pub(super) fn is_package(self) -> bool {
        matches!(self, Format::Docx | Format::Xlsx | Format::Ods)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = ReadError;

    fn from_str(name: &str) -> Result<Self, ReadError> {
        Format::ALL.iter().copied().find(|format| format.name() == name).ok_or_else(|| {
            ReadError::UnknownFormat {
                name: super::error::shown(name, 40),
                known: Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", "),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(*format));
        }
        assert!("docx2".parse::<Format>().is_err());
    }
}
