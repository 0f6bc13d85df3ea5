//! Which folded syllables a poor recording makes one of the other, beyond the confusions that are folded together:
//! the same vowel behind a neighbouring consonant (事 不 → 书 …), or the same consonant before a neighbouring vowel.

/// Consonants that differ by little: voicing of breath, or the place of the tongue.
const INITIALS: [&str; 6] = ["bp", "dt", "gkh", "zcsjqx", "fh", "lr"];
/// Vowels that differ by little, as unordered pairs.
const FINALS: [(&str, &str); 30] = [
    ("i", "u"),
    ("i", "iu"),
    ("u", "iu"),
    ("u", "ou"),
    ("u", "uo"),
    ("uo", "un"),
    ("uo", "o"),
    ("uo", "ou"),
    ("e", "un"),
    ("e", "en"),
    ("e", "ei"),
    ("e", "o"),
    ("e", "uo"),
    ("ei", "ui"),
    ("ei", "ai"),
    ("a", "ai"),
    ("a", "an"),
    ("a", "ia"),
    ("a", "ua"),
    ("ia", "iao"),
    ("ia", "ian"),
    ("ie", "ian"),
    ("ie", "i"),
    ("in", "en"),
    ("in", "i"),
    ("an", "ai"),
    ("an", "en"),
    ("ao", "ou"),
    ("on", "un"),
    ("on", "en"),
];

/// Whether two different syllables are near.
pub(crate) fn is_near(one: &str, other: &str) -> bool {
    let ((initial, rest), (initial_too, rest_too)) = (parts(one), parts(other));
    match (initial == initial_too, rest == rest_too) {
        (true, true) => false,
        (true, false) => !initial.is_empty() && near_finals(rest, rest_too),
        (false, true) => near_initials(initial, initial_too),
        // Hissing consonants take a vowel along: 瞎 is heard as 啥, 事 as 秀.
        (false, false) => hiss(initial) && hiss(initial_too) && near_finals(rest, rest_too),
    }
}

fn parts(syllable: &str) -> (&str, &str) {
    let vowel = |c: char| "aeiouv".contains(c);
    syllable.split_at(syllable.find(vowel).unwrap_or(syllable.len()))
}

fn near_initials(one: &str, other: &str) -> bool {
    let both = |group: &&str| group.contains(one) && group.contains(other);
    !one.is_empty() && !other.is_empty() && INITIALS.iter().any(both)
}

fn near_finals(one: &str, other: &str) -> bool {
    FINALS.contains(&(one, other)) || FINALS.contains(&(other, one))
}

/// s and x, z and j, c and q.
fn hiss(initial: &str) -> bool {
    !initial.is_empty() && "sxzjcq".contains(initial)
}
