//! Sounds and words that fill a pause.

use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;
use std::sync::OnceLock;

/// Words that fill a pause. They may also mean something, so only the deepest view drops them.
const WORDS: [&str; 9] =
    ["怎么说呢", "我跟你讲", "就是说", "然后呢", "这个嘛", "那个", "这个", "内个", "就是"];

/// Whether `c` may be a sound that fills a pause: it means nothing inside a phrase. At the end of a clause such sounds are
/// particles and stay.
pub(super) fn is_sound(c: char) -> bool {
    matches!(
        c,
        '嗯' | '呃'
            | '额'
            | '啊'
            | '哦'
            | '噢'
            | '唉'
            | '哎'
            | '诶'
            | '唔'
            | '呐'
            | '喔'
            | '呀'
            | '呢'
            | '嘛'
            | '吧'
    )
}

/// The bytes of every filler word in `text`, from left to right, the longest at each place.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    static SEARCH: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let search = SEARCH
        .get_or_init(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(WORDS).ok());
    search.iter().flat_map(move |search| search.find_iter(text)).map(|found| found.range())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_sounds_and_words() {
        assert!(is_sound('嗯') && !is_sound('急'));
        let found = |text: &'static str| words(text).map(|at| &text[at]).collect::<Vec<_>>();
        assert_eq!(found("就是说你那个就是"), ["就是说", "那个", "就是"]);
        assert_eq!(found("你急什么"), [""; 0]);
    }
}
