//! Amazon: Transcribe (`results`), call analytics and Contact Lens (`Transcript`), and the post-call analytics of its
//! samples (`SpeechSegments`). The role is the one that the service states.

use super::super::json::{Node, Slip};
use super::super::segments::{label, list};
use super::fields::{Keys, SECONDS, Times, WordKeys, down, each, first, role, status};
use super::items;
use super::recording::{Recording, Utterance};
use std::collections::HashMap;

const CALL: Keys = Keys {
    text: "Content",
    times: Times::ms("BeginOffsetMillis", "EndOffsetMillis"),
    speaker: "ParticipantRole",
    channel: "",
    words: Some(WordKeys {
        list: "Items",
        text: "Content",
        times: Times::ms("BeginOffsetMillis", "EndOffsetMillis"),
        relative: false,
    }),
};

const SEGMENT: Keys = Keys {
    text: "OriginalText",
    times: Times { start: "SegmentStartTime", end: "SegmentEndTime", length: false, unit: SECONDS },
    speaker: "SegmentSpeaker",
    channel: "",
    words: Some(WordKeys {
        list: "WordConfidence",
        text: "Text",
        times: Times { start: "StartTime", end: "EndTime", length: false, unit: SECONDS },
        relative: false,
    }),
};

/// Whether the keys are Amazon's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    let results = node.get("results").is_some_and(|one| one.has("transcripts") || one.has("items"));
    let said =
        |one: &Node<'_>| one.has("Content") && (one.has("ParticipantRole") || one.has("ParticipantId"));
    results
        || first(node, &["Transcript"]).is_some_and(said)
        || node.has("Transcript") && node.has("Participants")
        || node.has("SpeechSegments")
        || node.has("jobName") && node.has("accountId")
        || node.has("JobStatus") && node.has("JobName")
}

/// Reads one answer.
pub(super) fn recording(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    let read = match () {
        () if node.has("SpeechSegments") => segments(node, source),
        () if node.has("Transcript") => call(node, source),
        () => match node.get("results") {
            Some(results) => items::utterances(results, source).map_err(|slip| slip.under("results")),
            None => Err(refused(node)),
        },
    };
    read.map(Recording::of)
}

fn refused(node: &Node<'_>) -> Slip {
    let said = ["FailureReason", "JobStatus", "status"].iter().find_map(|key| status(node, key));
    said.map_or_else(|| Slip::missing(node, "results"), |text| Slip::unfinished(node, &text))
}

/// Call analytics: who is an agent stands at the words or in the list of participants.
fn call(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    let stated = names(node.get("Participants"), "ParticipantId", "ParticipantRole");
    each(list(node, "Transcript")?, "Transcript", |item| {
        let mut one = CALL.utterance(item, source)?;
        if one.speaker.is_none() {
            let id = label(item, "ParticipantId")?;
            one.speaker = id.map(|id| stated.get(&id).cloned().unwrap_or(id));
        }
        one.role = one.speaker.as_deref().and_then(role);
        Ok(one)
    })
}

/// Post-call analytics: the names of the speakers stand in `ConversationAnalytics`.
fn segments(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    let shown = names(down(node, &["ConversationAnalytics", "SpeakerLabels"]), "Speaker", "DisplayText");
    let mut all = SEGMENT.all(list(node, "SpeechSegments")?, "SpeechSegments", source)?;
    for one in &mut all {
        one.speaker = one.speaker.take().map(|id| shown.get(&id).cloned().unwrap_or(id));
        one.role = one.speaker.as_deref().and_then(role);
    }
    Ok(all)
}

/// What a list calls each id.
fn names(list: Option<&Node<'_>>, id: &str, name: &str) -> HashMap<String, String> {
    let people = list.and_then(Node::items).unwrap_or(&[]).iter();
    people.filter_map(|one| Some((status(one, id)?, status(one, name)?))).collect()
}
