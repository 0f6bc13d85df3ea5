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
        matches!(self, Format::Txt | Format::Markdown)
    }

    /// Whether it is some JSON.
    pub(super) fn is_json(self) -> bool {
        !matches!(self, Format::Txt | Format::Markdown | Format::Srt | Format::Vtt)
            && !matches!(self, Format::Chat | Format::Stm)
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
