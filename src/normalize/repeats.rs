//! Stutters: a character or a short word said twice in a row.

/// Characters in the longest repeated word that counts as a stutter.
const LONGEST: usize = 4;

/// For each character whether it belongs to a first, abandoned saying of what follows at once (你你急, 有意见有意见找).
pub(super) fn abandoned(chars: &[char]) -> Vec<bool> {
    // Nothing is said twice where no character comes again within reach.
    let again = |(i, c): (usize, &char)| chars.iter().skip(i + 1).take(LONGEST).any(|other| other == c);
    if !chars.iter().enumerate().any(again) {
        return Vec::new();
    }
    let mut drop = vec![false; chars.len()];
    let mut at = 0;
    while at < chars.len() {
        match (1..=LONGEST).rev().find(|len| said_again(chars, at, *len)) {
            Some(len) => {
                drop.iter_mut().skip(at).take(len).for_each(|d| *d = true);
                at += len;
            }
            None => at += 1,
        }
    }
    drop
}

fn said_again(chars: &[char], at: usize, len: usize) -> bool {
    match (chars.get(at..at + len), chars.get(at + len..at + 2 * len)) {
        (Some(first), Some(second)) => first == second,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let drop = abandoned(&chars).into_iter().chain(std::iter::repeat(false));
        chars.iter().zip(drop).filter(|(_, d)| !d).map(|(c, _)| *c).collect()
    }

    #[test]
    fn keeps_the_last_saying() {
        assert_eq!(kept("你你急什么"), "你急什么");
        assert_eq!(kept("有意见意见找领导"), "有意见找领导");
        assert_eq!(kept("吵什么吵"), "吵什么吵");
        assert_eq!(kept("我我我不知道"), "我不知道");
    }
}
