//! Verdicts to the report: places resolved, severities settled, sums made.

use super::across::Across;
use super::place::Shown;
use super::{Checker, Inspect, Origin, review, roles_known};
use crate::detect::{fold_char, fold_text};
use crate::diagnostic::{Lang, Message, Severity};
use crate::read::Document;
use crate::report::{
    Approved, Basis, Capabilities, Conversation, Excused, Finding, NotEvaluated, Warning, fingerprint,
};
use crate::roles::Roles;
use crate::score::{Evidence, score};
use crate::standard::{Banned, Check};
use crate::text::{Raw, Span};
use crate::transcript::{Channel, Role, Transcript, Turn};
use crate::verdict::{Credit, Judged, Spoken, finding_message};
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
}

impl Assembly<'_> {
    pub(super) fn conversation(
        &self,
        judged: &[Judged],
        across: &[Across],
        credits: &[Credit],
        ask: Inspect,
    ) -> Conversation {
        let shown = self.shown(judged, across);
        let staff = self.known.turns.iter().any(|role| *role != Role::Visitor);
        let mut findings = self.findings(&shown);
        let reviewed = self.reviewed(&mut findings);
        let scored = |stands: &dyn Fn(&Shown<'_>) -> bool| {
            let counting = shown.iter().filter(|s| s.judged.excused.is_none() && stands(s));
            score(&Evidence {
                standard: &self.checker.standard,
                banned: counting.map(|s| (s.judged, s.severity)).collect(),
                credits,
                channel: self.transcript.meta.channel.unwrap_or(Channel::Visit),
                staff,
                lang: self.lang(),
            })
        };
        let without = |s: &Shown<'_>| !reviewed.excused.contains(&self.key(s));
        let single = self.document.conversations.len() == 1;
        Conversation {
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
            warnings: self.warnings().into_iter().chain(reviewed.warnings.iter().cloned()).collect(),
            not_evaluated: self.not_evaluated(),
            findings,
            approved: credits.iter().filter_map(|c| self.approved(c)).collect(),
            score: scored(&|_| true),
            reviewed: (!reviewed.excused.is_empty()).then(|| scored(&without)),
            inspected: self.inspected(ask),
            source: self.document.source.clone(),
        }
    }

    fn lang(&self) -> Lang {
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

    fn findings(&self, shown: &[Shown<'_>]) -> Vec<Finding> {
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut out: Vec<Finding> = shown.iter().filter_map(|s| self.finding(s, &mut seen)).collect();
        out.sort_by_key(|f| (f.span, f.turn, f.rule.clone()));
        out
    }

    /// Lays human verdicts on findings.
    fn reviewed(&self, findings: &mut [Finding]) -> review::Outcome {
        let hearing = self.checker.verdicts.as_ref().map(|verdicts| review::Hearing {
            verdicts,
            path: &self.origin.path,
            conversation: self.transcript.id.as_deref(),
            lang: self.lang(),
        });
        hearing.map(|hearing| hearing.lay_on(findings)).unwrap_or_default()
    }

    /// Rule and place of what is shown, as they stand in its finding.
    fn key(&self, shown: &Shown<'_>) -> (String, Option<Span<Raw>>) {
        let rule = self.checker.standard.banned.get(shown.judged.rule);
        let rule = rule.map(|rule| rule.id.clone()).unwrap_or_default();
        (rule, shown.hull(self.transcript, shown.judged.hit.span))
    }

    fn finding(&self, shown: &Shown<'_>, seen: &mut BTreeMap<(String, String), usize>) -> Option<Finding> {
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
            time_ms: shown.time(transcript),
            text: judged.hit.span.slice(shown.said).to_owned(),
            fingerprint: self.fingerprint(rule, judged, shown.said, seen),
            message: finding_message(rule, self.lang()),
            say_instead: rule.say_instead.clone(),
            basis: Basis::Item { appendix: 2, item: rule.item, text: rule.text.clone() },
            review: None,
        })
    }

    pub(super) fn label(&self, turn: &Turn) -> Option<String> {
        turn.speaker.and_then(|i| self.transcript.speakers.get(i as usize)).cloned()
    }

    /// The rule, the words and a few characters around them, all folded and without punctuation, so that an edit
    /// elsewhere or another recogniser's punctuation changes nothing.
    fn fingerprint(
        &self,
        rule: &Banned,
        judged: &Judged,
        said: &str,
        seen: &mut BTreeMap<(String, String), usize>,
    ) -> String {
        let bare = |text: &str| fold_text(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let words = bare(judged.hit.span.slice(said));
        let before = said.get(..judged.hit.span.start as usize).unwrap_or("");
        let after = said.get(judged.hit.span.end as usize..).unwrap_or("");
        let near = |chars: &mut dyn Iterator<Item = char>| -> Vec<char> {
            chars.map(fold_char).filter(|c| c.is_alphanumeric()).take(CONTEXT).collect()
        };
        let (mut left, right) = (near(&mut before.chars().rev()), near(&mut after.chars()));
        left.reverse();
        let context: String = left.into_iter().chain(['\u{1}']).chain(right).collect();
        let nth = seen.entry((rule.id.clone(), format!("{words}\u{1}{context}"))).or_insert(0);
        *nth += 1;
        fingerprint(&rule.id, &words, &context, *nth)
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

    fn warning(&self, code: &str, message: Message) -> Warning {
        Warning { code: code.to_owned(), message: message.words(self.lang()) }
    }

    fn not_evaluated(&self) -> Vec<NotEvaluated> {
        let rules = self.checker.standard.article_rules.iter();
        rules
            .filter(|rule| rule.check == Check::Conduct)
            .map(|rule| NotEvaluated { rule: rule.id.clone(), why: rule.reason.pick(self.lang()).to_owned() })
            .collect()
    }
}
