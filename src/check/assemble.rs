//! Verdicts to the report: places resolved, severities settled, sums made.

use super::across::Across;
use super::place::{Shown, point};
use super::{Checker, Inspect, Origin, review, roles_known};
use crate::conduct::{Conduct, Scene, measure};
use crate::detect::{fold_char, fold_text};
use crate::diagnostic::{Lang, Message, Severity};
use crate::read::Document;
use crate::report::{
    Approved, Basis, Capabilities, Conversation, Excused, Finding, NotEvaluated, Warning, fingerprint,
};
use crate::roles::Roles;
use crate::score::{ChannelFound, Charge, Material, Score, score};
use crate::text::{Said, Span, is_word};
use crate::transcript::{Role, Times, Transcript, Turn};
use crate::verdict::{Credit, Judged, Observed, Spoken, finding_message, observed};
use std::collections::BTreeMap;

/// Characters of context on either side that a fingerprint takes in.
const CONTEXT: usize = 8;

/// Everything that one conversation's report is made from.
pub(super) struct Assembly<'a> {
    pub(super) checker: &'a Checker,
    pub(super) document: &'a Document,
    pub(super) transcript: &'a Transcript,
    pub(super) origin: &'a Origin,
    pub(super) known: &'a Roles,
    /// The findings that there would be if the labels were swapped, where they look it.
    pub(super) swapped: Option<usize>,
    pub(super) turns: &'a [Spoken<'a>],
    pub(super) channel: ChannelFound,
}

impl Assembly<'_> {
    pub(super) fn conversation(
        &self,
        judged: &[Judged],
        across: &[Across],
        credits: &[Credit],
        ask: Inspect,
    ) -> Conversation {
        let mut seen = BTreeMap::new();
        let mut findings = self.findings(&self.shown(judged, across), &mut seen);
        let (conduct, observed) = (self.measured(), observed(self.turns));
        let score = self.score(&findings, credits, &observed, &conduct);
        findings.extend(self.notes(&score, &observed, &conduct, &mut seen));
        findings.sort_by_key(|f| (f.span, f.turn, f.rule.clone()));
        let reviewed = self.reviewed(&mut findings, &score);
        let single = self.document.conversations.len() == 1;
        let mut found = Conversation {
            path: self.origin.path.clone(),
            conversation: self.transcript.id.clone(),
            format: self.document.format.name().to_owned(),
            encoding: self.document.encoding.clone(),
            sha256: self.origin.sha256.clone().filter(|_| single),
            meta: self.transcript.meta.clone(),
            turns: self.transcript.turns.len(),
            staff_turns: self.known.turns.iter().filter(|role| **role == Role::Staff).count(),
            capabilities: Capabilities {
                roles: roles_known(self.known.known),
                times: self.transcript.times,
                overlap: self.transcript.overlap,
            },
            warnings: self.warnings().into_iter().chain(reviewed.warnings).collect(),
            not_evaluated: not_evaluated(&score),
            said: self.said(&findings),
            findings,
            approved: credits.iter().filter_map(|c| self.approved(c)).collect(),
            score,
            reviewed: reviewed.score,
            inspected: self.inspected(ask),
            source: self.document.source.clone(),
            audio: None,
        };
        if let Some(sites) = &self.document.sites {
            point(&mut found, sites);
        }
        found
    }

    pub(super) fn lang(&self) -> Lang {
        self.checker.settings.lang
    }

    /// The severity of a verdict; whose words they are is not known where the speaker is not.
    fn severity(&self, judged: &Judged) -> Option<Severity> {
        let severity = self.checker.severity(judged)?;
        let unknown = self.turns.get(judged.turn).is_some_and(|t| t.role == Role::Unknown);
        Some(if unknown { severity.min(Severity::Warning) } else { severity })
    }

    fn shown<'s>(&'s self, judged: &'s [Judged], across: &'s [Across]) -> Vec<Shown<'s>> {
        let own =
            judged.iter().filter_map(|j| Some(Shown::in_turn(j, self.severity(j)?, self.turns.get(j.turn)?)));
        let across = across.iter().filter_map(|a| Some(Shown::across(a, self.severity(&a.judged)?)));
        own.chain(across).collect()
    }

    /// What was measured from times and turns.
    fn measured(&self) -> Conduct {
        let said: Vec<&str> = self.turns.iter().map(|turn| turn.said).collect();
        measure(&Scene {
            turns: &self.transcript.turns,
            said: &said,
            roles: &self.known.turns,
            times: self.transcript.times,
            overlap: self.transcript.overlap,
            limits: &self.checker.standard.scoring.conduct.limits,
        })
    }

    fn score(
        &self,
        banned: &[Finding],
        credits: &[Credit],
        observed: &[Observed],
        conduct: &Conduct,
    ) -> Score {
        let charge = |finding: &Finding| Charge {
            rule: finding.rule.clone(),
            turn: (finding.turn as usize).saturating_sub(1),
            severity: finding.severity,
            fingerprint: finding.fingerprint.clone(),
        };
        let counting = banned.iter().filter(|f| f.excused.is_none());
        score(&Material {
            standard: &self.checker.standard,
            transcript: self.transcript,
            turns: self.turns,
            credits,
            observed,
            banned: &counting.map(charge).collect::<Vec<_>>(),
            conduct,
            scenario: self.checker.scenario.as_ref(),
            channel: self.channel,
            lang: self.lang(),
        })
    }

    /// Banned phrases, in order of place.
    fn findings(&self, shown: &[Shown<'_>], seen: &mut Seen) -> Vec<Finding> {
        let mut out: Vec<Finding> = shown.iter().filter_map(|s| self.finding(s, seen)).collect();
        out.sort_by_key(|f| (f.span, f.turn, f.rule.clone()));
        out
    }

    /// Lays what people say of findings on them: first what the transcript itself is marked with.
    fn reviewed(&self, findings: &mut [Finding], score: &Score) -> review::Outcome {
        let mut warnings = self.suppress(findings);
        let hearing = self.checker.verdicts.as_ref().map(|verdicts| review::Hearing {
            verdicts,
            path: &self.origin.path,
            conversation: self.transcript.id.as_deref(),
            lang: self.lang(),
        });
        warnings.extend(hearing.map(|hearing| hearing.lay_on(findings)).unwrap_or_default());
        review::Outcome { score: review::without(findings, score, self.lang()), warnings }
    }

    fn finding(&self, shown: &Shown<'_>, seen: &mut Seen) -> Option<Finding> {
        let (judged, transcript) = (shown.judged, self.transcript);
        let rule = self.checker.standard.banned.get(judged.rule)?;
        let (turn, spoken) = (transcript.turns.get(judged.turn)?, self.turns.get(judged.turn)?);
        let source = &self.document.source;
        let hull = shown.hull(transcript, judged.hit.span)?;
        Some(Finding {
            rule: rule.id.clone(),
            severity: shown.severity,
            confidence: judged.hit.confidence,
            how: judged.hit.how.iter().map(|how| how.word()).collect(),
            excused: judged.excused.as_ref().map(|excusal| Excused {
                why: excusal.why,
                span: excusal.span.and_then(|span| shown.hull(transcript, span)),
                reason: None,
                said: excusal.span.map(|span| shown.said_at(transcript, span)).unwrap_or_default(),
            }),
            speaker: self.label(turn),
            role: spoken.role,
            turn: judged.turn as u32 + 1,
            turns: shown.turns(transcript),
            span: Some(hull),
            start: Some(source.position(hull.start)),
            end: Some(source.position(hull.end)),
            pieces: Some(shown.pieces(transcript, judged.hit.span)),
            place: None,
            drawn: None,
            time_ms: shown.time(transcript),
            text: judged.hit.span.slice(shown.said).to_owned(),
            said: shown.said_at(transcript, judged.hit.span),
            fingerprint: fingerprint_of(&rule.id, judged.hit.span, shown.near(self, turn), seen),
            message: finding_message(rule, self.lang()),
            say_instead: rule.say_instead.clone(),
            basis: Basis::Item { appendix: 2, item: rule.item, text: rule.text.clone() },
            review: None,
        })
    }

    /// What tells a finding in a turn from another: where people write lines with labels of their own, the line that was
    /// written and no neighbour; where a recogniser cuts as it will, the turn.
    pub(super) fn near<'s>(&self, turn: &Turn, span: Span<Said>, said: &'s str) -> Near<'s> {
        let within = match self.transcript.times {
            Times::None => turn.utterance(span, &self.document.source),
            Times::Turn | Times::Word => Span::of(0..said.len()),
        };
        Near { said, within }
    }

    pub(super) fn label(&self, turn: &Turn) -> Option<String> {
        turn.speaker.and_then(|i| self.transcript.speakers.get(i as usize)).cloned()
    }

    fn approved(&self, credit: &Credit) -> Option<Approved> {
        let rule = self.checker.standard.approved.get(credit.rule)?;
        let (turn, variant) = (self.transcript.turns.get(credit.turn)?, rule.variants.get(credit.variant)?);
        let missing = credit.missing.iter().filter_map(|i| variant.parts.get(*i));
        Some(Approved {
            rule: rule.id.clone(),
            credit: credit.credit,
            turn: credit.turn as u32 + 1,
            span: Some(turn.map.hull(credit.span)),
            missing: missing.map(|part| part.name.pick(self.lang()).to_owned()).collect(),
        })
    }

    fn warnings(&self) -> Vec<Warning> {
        let mut out: Vec<Warning> = self
            .transcript
            .notes
            .iter()
            .map(|note| {
                self.warning(
                    note.code,
                    Message::new(format!("note.{}", note.code)).arg("detail", &note.detail),
                )
            })
            .collect();
        out.extend(self.about_roles());
        out
    }

    /// Whether it is known who speaks, and how.
    fn about_roles(&self) -> Vec<Warning> {
        let mut out = Vec::new();
        let labels = self.known.unknown_labels.join(" ");
        let with = |code: &str| {
            let named = if labels.is_empty() { "" } else { "-named" };
            Message::new(format!("warning.{code}{named}")).arg("labels", &labels)
        };
        let unknown = self.known.turns.contains(&Role::Unknown);
        if let Some(told) = &self.known.told {
            let message = Message::new("warning.roles-inferred").arg("staff", &told.staff);
            out.push(
                self.warning("roles-inferred", message.arg("confidence", format!("{:.2}", told.confidence))),
            );
        } else if unknown && !self.known.turns.contains(&Role::Staff) {
            out.push(self.warning("roles-unknown", with("roles-unknown")));
        } else if !self.known.unknown_labels.is_empty() {
            out.push(self.warning("unknown-label", with("unknown-label")));
        }
        if let Some(findings) = self.swapped {
            let message = Message::new("warning.labels-swapped").arg("findings", findings);
            out.push(self.warning("labels-swapped", message));
        }
        if !unknown && !self.known.turns.contains(&Role::Staff) {
            out.push(self.warning("no-staff-turn", with("no-staff-turn")));
        }
        out
    }

    pub(super) fn warning(&self, code: &str, message: Message) -> Warning {
        Warning { code: code.to_owned(), message: message.words(self.lang()) }
    }
}

/// How often the same words were met: equal findings of a file get names of their own.
pub(super) type Seen = BTreeMap<(String, String), usize>;

/// Words, and the part of them that may tell one finding from another.
#[derive(Clone, Copy)]
pub(super) struct Near<'a> {
    pub(super) said: &'a str,
    pub(super) within: Span<Said>,
}

/// The rule, the words and a few characters around them, all folded and without punctuation, so that an edit
/// elsewhere or another recogniser's punctuation changes nothing.
pub(super) fn fingerprint_of(rule: &str, span: Span<Said>, near: Near<'_>, seen: &mut Seen) -> String {
    let Near { said, within } = near;
    let bare = |text: &str| fold_text(text).chars().filter(|c| is_word(*c)).collect::<String>();
    let words = bare(span.slice(said));
    let before = Span::<Said>::new(within.start, span.start).slice(said);
    let after = Span::<Said>::new(span.end, within.end).slice(said);
    let near = |chars: &mut dyn Iterator<Item = char>| -> Vec<char> {
        chars.map(fold_char).filter(|c| is_word(*c)).take(CONTEXT).collect()
    };
    let (mut left, right) = (near(&mut before.chars().rev()), near(&mut after.chars()));
    left.reverse();
    let context: String = left.into_iter().chain(['\u{1}']).chain(right).collect();
    let nth = seen.entry((rule.to_owned(), format!("{words}\u{1}{context}"))).or_insert(0);
    *nth += 1;
    fingerprint(rule, &words, &context, *nth)
}

/// What the input did not allow to check, rule by rule.
fn not_evaluated(score: &Score) -> Vec<NotEvaluated> {
    let rules = score.not_evaluated.iter().flat_map(|one| one.rules.iter().map(move |rule| (rule, &one.why)));
    rules.map(|(rule, why)| NotEvaluated { rule: rule.clone(), why: why.clone() }).collect()
}
