//! Slips of a recogniser, drawn from a seed: the same every run.

use crate::normalize::alike;

/// A small generator (SplitMix64): no clock, no state outside.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice that fall by `seed` and by what they are thrown for.
    pub(super) fn of(seed: u64, what: &str) -> Self {
        // FNV-1a: fixed for ever, unlike the standard library's hash.
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Dice(what.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, mix))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// True with probability `rate`.
    fn falls(&mut self, rate: f64) -> bool {
        ((self.next() >> 11) as f64) < rate * (1u64 << 53) as f64
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get((self.next() % list.len().max(1) as u64) as usize)
    }
}

/// What may happen to a character.
#[derive(Clone, Copy)]
enum Slip {
    /// Another of the same sound, or of one that is confused with it.
    Sound,
    /// Not heard.
    Drop,
    /// A filler before it.
    Filler,
    /// A space behind it.
    Space,
    /// Said twice.
    Stutter,
    /// A mark behind it; a mark itself is left out.
    Mark,
}

/// Homophones are what recognisers do most.
const SLIPS: [Slip; 7] =
    [Slip::Sound, Slip::Sound, Slip::Drop, Slip::Filler, Slip::Space, Slip::Stutter, Slip::Mark];
const FILLERS: [&str; 5] = ["嗯", "呃", "啊", "那个", "这个"];

/// `said` with slips at about `rate` of its characters.
pub(super) fn perturb(said: &str, rate: f64, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(said.len() * 2);
    for c in said.chars() {
        if !dice.falls(rate) {
            out.push(c);
            continue;
        }
        match dice.pick(&SLIPS) {
            _ if !c.is_alphanumeric() => {}
            Some(Slip::Sound) => out.push(dice.pick(&alike(c)).copied().unwrap_or(c)),
            Some(Slip::Drop) | None => {}
            Some(Slip::Filler) => {
                out.push_str(dice.pick(&FILLERS).copied().unwrap_or_default());
                out.push(c);
            }
            Some(Slip::Space) => out.extend([c, ' ']),
            Some(Slip::Stutter) => out.extend([c, c]),
            Some(Slip::Mark) => out.extend([c, '，']),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way() {
        let of = |seed, rate| perturb("有意见，找领导去", rate, &mut Dice::of(seed, "B08"));
        assert_eq!(of(1, 0.0), "有意见，找领导去");
        assert_eq!(of(1, 0.5), of(1, 0.5));
        assert_ne!(of(1, 0.5), of(2, 0.5));
    }

    #[test]
    fn slips_come_at_their_rate() {
        let said = "好".repeat(10_000);
        let heard = perturb(&said, 0.2, &mut Dice::of(7, "rate"));
        // Of seven slips, two change a character, one drops it.
        let kept = heard.chars().filter(|c| *c == '好').count() as f64;
        let wanted = 10_000.0 * (0.8 + 0.2 * 5.0 / 7.0);
        assert!((kept - wanted).abs() < 250.0, "{kept}, wanted about {wanted}");
    }
}
