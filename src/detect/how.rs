//! How a phrase was heard: each step away from the item's words leaves its mark.

/// One step. The words are the contract's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The item's own words.
    Exact,
    /// The same words in other form, order or character variant.
    Variant,
    /// The same act in other words.
    Paraphrase,
    /// Letters in other case.
    Case,
    /// Traditional characters.
    Script,
    /// Full-width forms.
    Width,
    /// Spaces between the characters.
    Spacing,
    /// A sound or word that fills a pause, inside.
    Filler,
    /// A stutter, inside.
    Repeat,
    /// A particle, inside.
    Particle,
    /// Characters of the same sound.
    Homophone,
    /// Other words in a gap of the pattern.
    Gap,
    /// Broken by the edge of a cue or by a pause.
    Split,
}

impl How {
    /// All steps, in the order in which they are shown.
    pub const ALL: [How; 13] = [
        How::Exact,
        How::Variant,
        How::Paraphrase,
        How::Case,
        How::Script,
        How::Width,
        How::Spacing,
        How::Filler,
        How::Repeat,
        How::Particle,
        How::Homophone,
        How::Gap,
        How::Split,
    ];

    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            How::Exact => "exact",
            How::Variant => "variant",
            How::Paraphrase => "paraphrase",
            How::Case => "case",
            How::Script => "script",
            How::Width => "width",
            How::Spacing => "spacing",
            How::Filler => "filler",
            How::Repeat => "repeat",
            How::Particle => "particle",
            How::Homophone => "homophone",
            How::Gap => "gap",
            How::Split => "split",
        }
    }
}

/// A set of steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct HowSet(u16);

impl HowSet {
    /// Adds a step.
    pub fn add(&mut self, how: How) {
        self.0 |= 1 << how as u16;
    }

    /// Adds a step if `yes`.
    pub fn add_if(&mut self, yes: bool, how: How) {
        if yes {
            self.add(how);
        }
    }

    /// Heard by its sound: no longer the item's own words.
    pub(super) fn add_homophone(&mut self) {
        self.0 &= !(1 << How::Exact as u16);
        self.add(How::Homophone);
    }

    /// Whether the step is in the set.
    pub fn has(self, how: How) -> bool {
        self.0 & (1 << how as u16) != 0
    }

    /// The steps in order.
    pub fn iter(self) -> impl Iterator<Item = How> {
        How::ALL.into_iter().filter(move |how| self.has(*how))
    }
}
