//! Azure: batch (`recognizedPhrases`) and fast transcription (`phrases`), events of the real-time service
//! (`RecognitionStatus`), and the conversations that its language service is given (`analysisInput`).

use super::super::json::{Node, Slip};
use super::super::segments::{label, list};
use super::Read;
use super::fields::{Keys, Times, WordKeys, down, each, first, role, status};
use super::log::Message;
use super::recording::{Recording, Utterance};

/// 100 nanoseconds.
const TICK: f64 = 0.0001;

const fn ticks(start: &'static str, end: &'static str) -> Times {
    Times { start, end, length: true, unit: TICK }
}

const MILLISECONDS: Times =
    Times { start: "offsetMilliseconds", end: "durationMilliseconds", length: true, unit: 1.0 };

/// The best reading of a phrase, of which the words are those spoken, without figures and marks.
const BATCH: Keys = Keys {
    text: "display",
    times: ticks("", ""),
    speaker: "",
    channel: "",
    words: Some(WordKeys {
        list: "words",
        text: "word",
        times: ticks("offsetInTicks", "durationInTicks"),
        relative: false,
    }),
};

/// The same as it is displayed.
const DISPLAYED: WordKeys = WordKeys {
    list: "displayWords",
    text: "displayText",
    times: ticks("offsetInTicks", "durationInTicks"),
    relative: false,
};

const LIVE: Keys = Keys {
    text: "Display",
    times: ticks("", ""),
    speaker: "",
    channel: "",
    words: Some(WordKeys {
        list: "Words",
        text: "Word",
        times: ticks("Offset", "Duration"),
        relative: false,
    }),
};

const FAST: Keys = Keys {
    text: "text",
    times: MILLISECONDS,
    speaker: "speaker",
    channel: "channel",
    words: Some(WordKeys { list: "words", text: "text", times: MILLISECONDS, relative: false }),
};

const ITEM: Keys =
    Keys { text: "text", times: ticks("", ""), speaker: "participantId", channel: "", words: None };

/// Whether the keys are Azure's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    let live = |one: &Node<'_>| one.has("RecognitionStatus");
    live(node)
        || first(node, &[]).is_some_and(live)
        || node.has("recognizedPhrases")
        || node.has("combinedRecognizedPhrases")
        || node.has("phrases") && (node.has("combinedPhrases") || node.has("durationMilliseconds"))
        || down(node, &["analysisInput", "conversations"]).is_some()
        || node.has("conversationItems")
}

/// The recordings of one answer.
pub(super) fn recordings(node: &Node<'_>, source: &str) -> Result<Vec<Read>, Slip> {
    if let Some(input) = node.get("analysisInput") {
        let all =
            list(input, "conversations").map_err(|slip| slip.under("analysisInput"))?.iter().enumerate();
        let path = |i| format!("analysisInput.conversations[{i}]");
        return Ok(all.map(|(i, one)| written(one, source).map_err(|slip| slip.under(path(i)))).collect());
    }
    if node.has("conversationItems") {
        return Ok(vec![written(node, source)]);
    }
    let read = match node.items() {
        Some(items) => each(items, "", |one| live(one, source)).map(some),
        None if node.has("RecognitionStatus") => live(node, source).map(|one| some(vec![one])),
        None if node.has("phrases") => FAST.all(list(node, "phrases")?, "phrases", source),
        None => {
            each(list(node, "recognizedPhrases")?, "recognizedPhrases", |one| phrase(one, source)).map(some)
        }
    };
    Ok(vec![read.map(Recording::of)])
}

/// Without the stretches in which nothing was understood.
fn some(all: Vec<Option<Utterance>>) -> Vec<Utterance> {
    all.into_iter().flatten().collect()
}

/// A phrase of a batch; nothing where it was not understood.
fn phrase(node: &Node<'_>, source: &str) -> Result<Option<Utterance>, Slip> {
    let understood = status(node, "recognitionStatus").is_none_or(|text| text == "Success");
    let Some(best) = first(node, &["nBest"]) else {
        return if understood { Err(Slip::missing(node, "nBest")) } else { Ok(None) };
    };
    let mut keys = BATCH;
    if best.has(DISPLAYED.list) {
        keys.words = Some(DISPLAYED);
    }
    if !best.has(keys.text) {
        keys.text = "lexical";
    }
    let mut one = keys.utterance(best, source).map_err(|slip| slip.under("nBest[0]"))?;
    one.clock = ticks("offsetInTicks", "durationInTicks").of(node).or_else(|| MILLISECONDS.of(node));
    one.speaker = label(node, "speaker")?;
    one.channel = label(node, "channel")?;
    one.at = node.span.start;
    Ok(Some(one))
}

/// An event; nothing where nothing was understood.
fn live(node: &Node<'_>, source: &str) -> Result<Option<Utterance>, Slip> {
    if status(node, "RecognitionStatus").is_some_and(|text| text != "Success") {
        return Ok(None);
    }
    let mut one = match first(node, &["NBest"]) {
        Some(best) => LIVE.utterance(best, source).map_err(|slip| slip.under("NBest[0]"))?,
        None => Keys { text: "DisplayText", words: None, ..LIVE }.utterance(node, source)?,
    };
    one.clock = ticks("Offset", "Duration").of(node);
    one.speaker = label(node, "SpeakerId")?;
    one.channel = label(node, "Channel")?;
    one.at = node.span.start;
    Ok(Some(one))
}

/// An event as a message.
pub(super) fn message(node: &Node<'_>, source: &str) -> Option<Message> {
    node.has("RecognitionStatus")
        .then(|| Ok(live(node, source)?.map(|one| (one, true)).into_iter().collect()))
}

/// A conversation as the language service is given it; participants may be named by their role.
fn written(node: &Node<'_>, source: &str) -> Read {
    let utterances = each(list(node, "conversationItems")?, "conversationItems", |item| {
        let mut one = ITEM.utterance(item, source)?;
        let stated = status(item, "role").and_then(|word| role(&word));
        one.role = stated.or_else(|| role(one.speaker.as_deref()?));
        Ok(one)
    })?;
    Ok(Recording { id: label(node, "id")?, utterances })
}
