//! A visitor's sentence that the recogniser put into the clerk's segment (design: speech §3, visitor).

use super::{Spoken, around};
use crate::detect::{Act, Hit};
use crate::text::{Said, Span};
use crate::transcript::Role;

/// The claim stands at most this many bytes from the hit (some twenty-five characters).
const REACH: u32 = 75;

/// The words of the turn that only a visitor says, where the hit belongs to the same sentence: close by, no end of a
/// sentence and no clerk's words between. A hit that names no such neighbour stays the clerk's.
pub(super) fn visitors_words(turn: &Spoken<'_>, hit: &Hit) -> Option<Span<Said>> {
    let near = around(turn, hit.span);
    let is_claim = |h: &&Hit| h.act == Act::VisitorOnly && !clerk_between(near, turn.said, h.span, hit.span);
    near.iter().find(is_claim).map(|claim| claim.span)
}

/// Whether something parts the two: a sentence's end, words that a clerk says, or too many of any.
fn clerk_between(near: &[Hit], said: &str, claim: Span<Said>, hit: Span<Said>) -> bool {
    let gap = Span::<Said>::new(claim.end.min(hit.end), hit.start.max(claim.start));
    let between = said.get(gap.start as usize..gap.end.max(gap.start) as usize).unwrap_or("");
    let clerk = |h: &Hit| matches!(h.act, Act::Telling(Role::Staff, _)) && h.span.overlaps(gap);
    gap.end.saturating_sub(gap.start) > REACH
        || between.contains(['。', '！', '？', '!', '?', '；', '\n'])
        || near.iter().any(clerk)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Detector;
    use crate::diagnostic::Lang;
    use crate::standard::Standard;
    use crate::verdict::{Judged, judge};

    fn judged(said: &str) -> Vec<Judged> {
        let standard = Standard::embedded(Lang::En).unwrap();
        let heard = Detector::new(&standard).hear(said, &[]);
        judge(&standard, &[Spoken { role: Role::Staff, speaker: Some(0), said, heard, mention: false }])
    }

    fn whys(said: &str) -> Vec<Option<&'static str>> {
        judged(said).iter().map(|one| one.excused.as_ref().map(|e| e.why)).collect()
    }

    #[test]
    fn a_petitioners_claim_in_the_sentence_takes_the_hit_along() {
        let said = "您请坐。我跑了四趟了你们还是管不着管不着的，给我个说法";
        assert!(whys(said).contains(&Some("visitor")), "{:?}", judged(said));
    }

    #[test]
    fn a_clerks_own_sentence_stays_his() {
        for said in ["我跑了四趟了。你急什么", "你跑了四趟了你急什么", "你要个说法找法院去，我管不着"]
        {
            assert!(whys(said).iter().any(Option::is_none), "{said}: {:?}", judged(said));
        }
    }
}
