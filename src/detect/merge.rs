//! Hits of several patterns, views and ears at one place become one.

use super::hear::Hit;

/// One hit for each act and place: the surest, then the longest, then the first pattern.
pub(super) fn merge(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by(|a, b| {
        let surest = b.confidence.cmp(&a.confidence);
        let longest = b.span.len().cmp(&a.span.len());
        a.act.cmp(&b.act).then(surest).then(longest).then(a.span.cmp(&b.span)).then(a.pattern.cmp(&b.pattern))
    });
    let mut out: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        let taken = out.iter().rev().take_while(|h| h.act == hit.act).any(|h| {
            // A conditional pattern and an unconditional one stand side by side until the verdict.
            h.span.overlaps(hit.span) && h.before == hit.before
        });
        if !taken {
            out.push(hit);
        }
    }
    out.sort_by(|a, b| a.span.cmp(&b.span).then(a.act.cmp(&b.act)));
    out
}
