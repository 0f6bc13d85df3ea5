//! Sounds and words that fill a pause.

/// Sounds that mean nothing inside a phrase; at the end of a clause they are particles and stay.
const SOUNDS: &str = "嗯呃额啊哦噢唉哎诶唔呐喔呀呢嘛吧";

/// Words that fill a pause; longest first. They may also mean something, so only the deepest view drops them.
const WORDS: [&str; 9] =
    ["怎么说呢", "我跟你讲", "就是说", "然后呢", "这个嘛", "那个", "这个", "内个", "就是"];

/// Whether `c` may be a sound that fills a pause.
pub(super) fn is_sound(c: char) -> bool {
    SOUNDS.contains(c)
}

/// The length in bytes of the filler word at the start of `rest`; 0 for none.
pub(super) fn word(rest: &str) -> usize {
    WORDS.iter().find(|w| rest.starts_with(**w)).map_or(0, |w| w.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_sounds_and_words() {
        assert!(is_sound('嗯') && !is_sound('急'));
        assert_eq!(word("就是说你"), 9);
        assert_eq!(word("你就是说"), 0);
    }
}
