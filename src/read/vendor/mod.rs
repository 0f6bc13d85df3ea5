//! JSON of recognition services: one file a service, told apart by its keys.

mod aliyun;
mod amazon;
mod azure;
mod baidu;
mod fields;
mod google;
mod huawei;
mod iflytek;
mod items;
mod log;
mod recording;
mod teleai;
mod tencent;
mod volcengine;
mod wecom;

#[cfg(test)]
mod tests;

use super::error::Places;
use super::format::Format;
use super::json::{Node, Slip};
use super::{Found, ReadError};
use crate::text::SourceText;
use crate::transcript::Transcript;
pub(super) use log::Log;
use recording::Recording;

/// A service: what its answers look like, and how they are read.
struct Vendor {
    format: Format,
    /// Whether these keys are its own.
    fits: fn(&Node<'_>) -> bool,
    /// The recordings in one answer, `source` being the file.
    read: fn(&Node<'_>, &str) -> Result<Vec<Read>, Slip>,
}

/// One recording of an answer, or why it cannot be read.
type Read = Result<Recording, Slip>;

/// In the order in which their keys are looked for.
const VENDORS: &[Vendor] = &[
    Vendor { format: Format::Aliyun, fits: aliyun::fits, read: |n, s| Ok(vec![aliyun::recording(n, s)]) },
    Vendor { format: Format::Wecom, fits: wecom::fits, read: |n, _| Ok(vec![wecom::recording(n)]) },
    Vendor { format: Format::Tencent, fits: tencent::fits, read: |n, s| Ok(vec![tencent::recording(n, s)]) },
    Vendor { format: Format::Iflytek, fits: iflytek::fits, read: |n, s| Ok(vec![iflytek::recording(n, s)]) },
    Vendor { format: Format::Baidu, fits: baidu::fits, read: baidu::recordings },
    Vendor { format: Format::Amazon, fits: amazon::fits, read: |n, s| Ok(vec![amazon::recording(n, s)]) },
    Vendor { format: Format::Azure, fits: azure::fits, read: azure::recordings },
    Vendor {
        format: Format::Volcengine,
        fits: volcengine::fits,
        read: |n, s| Ok(vec![volcengine::recording(n, s)]),
    },
    Vendor { format: Format::Huawei, fits: huawei::fits, read: |n, s| Ok(vec![huawei::recording(n, s)]) },
    Vendor { format: Format::Google, fits: google::fits, read: |n, s| Ok(vec![google::recording(n, s)]) },
    Vendor { format: Format::TeleAi, fits: teleai::fits, read: |n, s| Ok(vec![teleai::recording(n, s)]) },
];

/// Pairs of keys that stand together in a service's answer: enough to take a file met in a folder for a transcript.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("Sentences", "BeginTime"),
    ("Text", "BeginTime"),
    ("transcripts", "sentences"),
    ("transcripts", "paragraphs"),
    ("paragraphs", "speaker_info"),
    ("Paragraphs", "Words"),
    ("dialogue", "sentences"),
    ("TaskId", "ResultDetail"),
    ("TaskId", "StatusStr"),
    ("TaskId", "StatusText"),
    ("FinalSentence", "StartMs"),
    ("flash_result", "sentence_list"),
    ("onebest", "bg"),
    ("orderResult", "orderResult"),
    ("lattice", "json_1best"),
    ("tasks_info", "task_status"),
    ("detailed_result", "res"),
    ("jobName", "results"),
    ("Transcript", "BeginOffsetMillis"),
    ("SpeechSegments", "SegmentSpeaker"),
    ("recognizedPhrases", "nBest"),
    ("phrases", "offsetMilliseconds"),
    ("RecognitionStatus", "Offset"),
    ("conversationItems", "participantId"),
    ("utterances", "start_time"),
    ("word_info", "result"),
    ("start_timestamp_usec", "entries"),
    ("sentences", "begin_time"),
];

/// Keys that stand in a JSON string, their quotes escaped.
pub(super) const NESTED: &[&str] = &["\\\"onebest\\\"", "\\\"json_1best\\\"", "\\\"cw\\\""];

/// Whether `format` is a service's.
pub(super) fn knows(format: Format) -> bool {
    VENDORS.iter().any(|vendor| vendor.format == format)
}

/// The service whose answer, or list of answers, `node` is.
pub(super) fn told(node: &Node<'_>) -> Option<Format> {
    let of = |node: &Node<'_>| VENDORS.iter().find(|vendor| (vendor.fits)(node)).map(|vendor| vendor.format);
    of(node).or_else(|| of(node.items()?.first()?))
}

/// Reads an answer of a service, or a list of them: of several recordings, one that cannot be read is a failure.
pub(super) fn read(node: &Node<'_>, source: &SourceText, format: Format) -> Result<Found, ReadError> {
    let mut places = Places::new(source);
    let all = recordings(node, source, format).map_err(|slip| slip.error(&mut places))?;
    let several = all.len() > 1;
    let mut found = Found { format, conversations: Vec::new(), failures: Vec::new() };
    for (one, number) in all.into_iter().zip(1u32..) {
        let read = one.map_err(|slip| slip.error(&mut places));
        if !several {
            return Found::one(format, read?);
        }
        found.take(read, &number.to_string(), || places.at(node.span.start));
    }
    found.or_first_failure()
}

/// The recordings in `node`, each by itself.
pub(super) fn recordings(
    node: &Node<'_>,
    source: &SourceText,
    format: Format,
) -> Result<Vec<Result<Option<Transcript>, Slip>>, Slip> {
    let Some(vendor) = VENDORS.iter().find(|vendor| vendor.format == format) else {
        return Ok(Vec::new());
    };
    let source = source.text();
    let fits = |node: &Node<'_>| (vendor.fits)(node);
    let mut all = Vec::new();
    match node.items() {
        Some(items) if !fits(node) && items.first().is_some_and(fits) => {
            for (i, item) in items.iter().enumerate() {
                let under = |slip: Slip| slip.under(format_args!("[{i}]"));
                match (vendor.read)(item, source) {
                    Ok(list) => all.extend(list.into_iter().map(|read| read.map_err(under))),
                    Err(slip) => all.push(Err(under(slip))),
                }
            }
        }
        _ => all = (vendor.read)(node, source)?,
    }
    Ok(all.into_iter().map(|read| read.map(|recording| recording.conversation(source))).collect())
}
