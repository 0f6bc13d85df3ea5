//! Sessions side by side, as data: for every rule and stage so many of so many chances, and what that allows to say.

use super::{Conversation, Difference, Share};
use crate::score::{Opportunity, Score, StageItem, Status};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The name of the shape.
pub const COMPARE_SCHEMA: &str = "wuxin.compare/1";

/// Some sessions side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Compare {
    /// [`COMPARE_SCHEMA`].
    pub schema: &'static str,
    /// `session`, `date`, `staff` or `case`.
    pub by: &'static str,
    /// Whether they follow each other in time: only then has anything changed.
    pub ordered: bool,
    /// Fewer chances than this on either side allow no verdict and no ranking.
    pub least_chances: usize,
    /// In order.
    pub sessions: Vec<Session>,
    /// All phrases, stages, phrases, articles, all banned phrases, banned phrases.
    pub rows: Vec<CompareRow>,
}

/// Conversations that are looked at together.
#[derive(Clone, Debug, Serialize)]
pub struct Session {
    /// As it is called.
    pub name: String,
    /// The day, where it is known.
    pub date: Option<String>,
    /// Whose, where they all say the same.
    pub staff: Option<String>,
    /// How many conversations.
    pub conversations: usize,
    /// Staff turns in them.
    pub staff_turns: usize,
    /// Conversations with a total.
    pub scored: usize,
    /// The mean of their totals, as wuxin has them by itself.
    pub total: Option<f64>,
    /// The same after review, where anything was reviewed.
    pub reviewed: Option<f64>,
}

/// What one row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// All approved phrases together.
    Phrases,
    /// Those of a stage.
    Stage,
    /// One phrase, or a choice of phrases.
    Phrase,
    /// What an article asks.
    Article,
    /// Staff turns with any banned phrase.
    Banned,
    /// Staff turns with one banned phrase.
    Act,
}

/// One figure over the sessions.
#[derive(Clone, Debug, Serialize)]
pub struct CompareRow {
    /// What it is about.
    pub kind: RowKind,
    /// A rule's id (`A16/A18` for a choice), a stage's id; empty for all.
    pub id: String,
    /// A stage's name; empty for rules.
    pub name: String,
    /// Whether less is better: banned phrases.
    pub less_is_better: bool,
    /// So many of so many chances, a session each. No chance, no figure.
    pub figures: Vec<Share>,
    /// From the first session with a chance to the last one.
    pub change: Option<Shift>,
}

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shift {
    /// What may be said of it.
    pub is: Trend,
    /// By how much.
    pub difference: Difference,
}

/// What may be said of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trend {
    /// Better: the whole interval of the difference says so.
    Better,
    /// Worse.
    Worse,
    /// The interval holds no change too.
    Unclear,
    /// Too few chances to say anything.
    TooFew,
}

impl Trend {
    /// As it is written in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Trend::Better => "better",
            Trend::Worse => "worse",
            Trend::Unclear => "unclear",
            Trend::TooFew => "too-few",
        }
    }
}

/// A session before it is counted.
#[derive(Clone, Debug)]
pub struct Group {
    /// As it is called.
    pub name: String,
    /// The day, where it is known.
    pub date: Option<String>,
    /// What was said in it.
    pub conversations: Vec<Conversation>,
}

/// Counts the groups, which stand in their order. Where a person reviewed a card, the reviewed one is counted.
pub fn compare(by: &'static str, ordered: bool, groups: &[Group], least_chances: usize) -> Compare {
    let counts: Vec<Counts> = groups.iter().map(|group| Counts::of(&group.conversations)).collect();
    let keys: BTreeSet<&Key> = counts.iter().flat_map(|one| one.shares.keys()).collect();
    let rows = keys.into_iter().map(|key| row(key, &counts, ordered.then_some(least_chances))).collect();
    Compare {
        schema: COMPARE_SCHEMA,
        by,
        ordered,
        least_chances,
        sessions: groups.iter().map(session).collect(),
        rows,
    }
}

/// Kind, place in the order of its kind, id, name.
type Key = (RowKind, usize, String, String);

/// `least` chances are needed for a verdict; none is wanted where the sessions do not follow each other.
fn row(key: &Key, counts: &[Counts], least: Option<usize>) -> CompareRow {
    let (kind, _, id, name) = key.clone();
    let less_is_better = matches!(kind, RowKind::Banned | RowKind::Act);
    let turns = |one: &Counts| if less_is_better { one.staff_turns } else { 0 };
    let figure = |one: &Counts| one.shares.get(key).copied().unwrap_or(Share { part: 0, whole: turns(one) });
    let figures: Vec<Share> = counts.iter().map(figure).collect();
    let change = least.and_then(|least| change(&figures, less_is_better, least));
    CompareRow { kind, id, name, less_is_better, figures, change }
}

fn change(figures: &[Share], less_is_better: bool, least: usize) -> Option<Shift> {
    let with_chances: Vec<Share> = figures.iter().copied().filter(|share| share.whole > 0).collect();
    let (first, last) = match with_chances.as_slice() {
        [first, .., last] => (*first, *last),
        _ => return None,
    };
    let difference = Difference::between(first, last);
    let (more, less) = (difference.low > 0.0, difference.high < 0.0);
    let is = match (more, less) {
        _ if first.whole.min(last.whole) < least => Trend::TooFew,
        (false, false) => Trend::Unclear,
        _ if more != less_is_better => Trend::Better,
        _ => Trend::Worse,
    };
    Some(Shift { is, difference })
}

fn session(group: &Group) -> Session {
    let all = &group.conversations;
    let mean = |of: &dyn Fn(&Conversation) -> Option<f64>| {
        let totals: Vec<f64> = all.iter().filter_map(of).collect();
        let mean = totals.iter().sum::<f64>() / totals.len().max(1) as f64;
        (!totals.is_empty()).then_some((mean * 10.0).round() / 10.0)
    };
    let staff: BTreeSet<&String> = all.iter().filter_map(|one| one.meta.staff.as_ref()).collect();
    let any_reviewed = all.iter().any(|one| one.reviewed.is_some());
    Session {
        name: group.name.clone(),
        date: group.date.clone(),
        staff: if staff.len() == 1 { staff.first().map(|name| (*name).clone()) } else { None },
        conversations: all.len(),
        staff_turns: all.iter().map(|one| one.staff_turns).sum(),
        scored: all.iter().filter(|one| one.score.total.is_some()).count(),
        total: mean(&|one| one.score.total),
        reviewed: mean(&|one| counted(one).total).filter(|_| any_reviewed),
    }
}

/// The card that counts: the reviewed one where there is one.
fn counted(one: &Conversation) -> &Score {
    one.reviewed.as_ref().unwrap_or(&one.score)
}

/// The figures of one session.
#[derive(Default)]
struct Counts {
    shares: BTreeMap<Key, Share>,
    staff_turns: usize,
}

impl Counts {
    fn of(conversations: &[Conversation]) -> Self {
        let mut out = Counts::default();
        for one in conversations.iter().filter(|one| one.score.total.is_some()) {
            out.stages(counted(one));
            out.articles(counted(one));
            out.banned(one);
        }
        out
    }

    fn count(&mut self, kind: RowKind, place: usize, id: &str, name: &str, yes: bool) {
        self.shares.entry((kind, place, id.to_owned(), name.to_owned())).or_default().count(yes);
    }

    /// Every expected phrase is one chance, and so is every opportunity.
    fn stages(&mut self, score: &Score) {
        let enough = score.ledger.met_from as f64 / 100.0;
        for (place, stage) in score.stages.iter().enumerate() {
            let expected =
                stage.expected.iter().map(|item: &StageItem| (&item.any_of, item.credit >= enough));
            let called = stage.opportunities.iter().filter_map(|i| score.opportunities.get(*i));
            let called = called.map(|one: &Opportunity| (&one.any_of, !one.missed));
            for (any_of, met) in expected.chain(called) {
                self.count(RowKind::Phrases, 0, "", "", met);
                self.count(RowKind::Stage, place, &stage.id, &stage.name, met);
                self.count(RowKind::Phrase, 0, &any_of.join("/"), "", met);
            }
        }
    }

    /// What the articles ask, where it has points of its own.
    fn articles(&mut self, score: &Score) {
        for item in score.conduct.iter().filter(|item| item.weight > 0.0) {
            let met = match item.status {
                Status::Met => true,
                Status::Partly | Status::Unmet => false,
                Status::Hint | Status::NotApplicable | Status::NotEvaluated => continue,
            };
            self.count(RowKind::Article, 0, &item.rule, "", met);
        }
    }

    /// Every staff turn is a chance to say something banned; several at once are one.
    fn banned(&mut self, one: &Conversation) {
        self.staff_turns += one.staff_turns;
        let banned = one.findings.iter().filter(|f| f.excused.is_none() && f.rule.starts_with('B'));
        let acts: BTreeSet<(&str, u32)> = banned.map(|f| (f.rule.as_str(), f.turn)).collect();
        let turns: BTreeSet<u32> = acts.iter().map(|(_, turn)| *turn).collect();
        let any = self.shares.entry((RowKind::Banned, 0, String::new(), String::new())).or_default();
        any.part += turns.len();
        for (rule, _) in acts {
            self.shares.entry((RowKind::Act, 0, rule.to_owned(), String::new())).or_default().part += 1;
        }
        let staff_turns = self.staff_turns;
        let of_banned =
            self.shares.iter_mut().filter(|(key, _)| matches!(key.0, RowKind::Banned | RowKind::Act));
        of_banned.for_each(|(_, share)| share.whole = staff_turns);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: usize, whole: usize) -> Share {
        Share { part, whole }
    }

    #[test]
    fn fewer_than_ten_chances_allow_no_verdict_however_plain_the_change_looks() {
        let trend = |a, b, less| change(&[a, b], less, 10).map(|change| change.is);
        assert_eq!(trend(share(0, 9), share(40, 40), false), Some(Trend::TooFew));
        assert_eq!(trend(share(0, 40), share(9, 9), false), Some(Trend::TooFew));
        assert_eq!(trend(share(0, 10), share(10, 10), false), Some(Trend::Better));
        assert_eq!(trend(share(10, 10), share(0, 10), false), Some(Trend::Worse));
        assert_eq!(trend(share(10, 10), share(0, 10), true), Some(Trend::Better));
        assert_eq!(trend(share(5, 10), share(6, 10), false), Some(Trend::Unclear));
        assert_eq!(trend(share(5, 10), share(0, 0), false), None);
    }

    #[test]
    fn a_session_without_a_chance_is_passed_over() {
        let figures = [share(0, 0), share(0, 12), share(0, 0), share(12, 12), share(0, 0)];
        let change = change(&figures, false, 10).unwrap();
        assert_eq!(
            (change.is, change.difference),
            (Trend::Better, Difference::between(figures[1], figures[3]))
        );
    }
}
