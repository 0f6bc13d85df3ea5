//! Hits of several patterns, views and ears at one place become one.

use super::hear::Hit;
use std::collections::BTreeMap;

/// One hit for each act and place: the surest, then the longest, then the first pattern.
pub(super) fn merge(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by(|a, b| {
        let surest = b.confidence.cmp(&a.confidence);
        let longest = b.span.len().cmp(&a.span.len());
        a.act.cmp(&b.act).then(surest).then(longest).then(a.span.cmp(&b.span)).then(a.pattern.cmp(&b.pattern))
    });
    // Taken places of the act at hand, conditional and unconditional patterns apart: those stand side by side until
    // the verdict.
    let mut taken: BTreeMap<(&[usize], u32), u32> = BTreeMap::new();
    let mut keep = vec![false; hits.len()];
    for (i, hit) in hits.iter().enumerate() {
        if i > 0 && hits.get(i - 1).is_some_and(|before| before.act != hit.act) {
            taken.clear();
        }
        let key = hit.before.as_slice();
        let before = taken.range((key, 0)..(key, hit.span.end)).next_back();
        if before.is_none_or(|(_, end)| *end <= hit.span.start) {
            taken.insert((key, hit.span.start), hit.span.end);
            keep.iter_mut().skip(i).take(1).for_each(|k| *k = true);
        }
    }
    let mut kept = keep.into_iter();
    hits.retain(|_| kept.next().unwrap_or(false));
    let mut out = hits;
    out.sort_by(|a, b| a.span.cmp(&b.span).then(a.act.cmp(&b.act)));
    out
}
