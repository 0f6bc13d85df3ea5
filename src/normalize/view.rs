//! Views of a turn: its normalised text with the map back and the breaks.

use super::marks::{Mark, mark};
use super::{case, fillers, repeats, script, variants, width};
use crate::text::{MapBuilder, Norm, OffsetMap, Said, Span};

/// How much of a pause a break is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// The edge of a cue or a short pause, without any mark in the text.
    Edge,
    /// A comma, a space.
    Weak,
    /// The end of a sentence, a long pause.
    Strong,
}

/// A place between two characters where speech paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// Byte offset in the normalised text: the break stands before this byte.
    pub at: u32,
    /// How much of a pause.
    pub strength: Strength,
}

/// A pause that the container knows of: the edge of a cue or a gap between timed words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// Byte offset in the turn's text.
    pub at: u32,
    /// How much of a pause.
    pub strength: Strength,
}

/// Which view of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// Folded, punctuation out.
    Plain,
    /// Sounds that fill pauses taken out.
    NoSounds,
    /// Stutters taken out too.
    NoRepeats,
    /// Filler words taken out too.
    NoFillers,
}

/// A view of a turn: letters, digits and Han characters only.
#[derive(Clone, Debug)]
pub struct Normalized {
    /// Which view.
    pub view: View,
    /// The text.
    pub text: String,
    /// Back to the turn's text.
    pub map: OffsetMap<Norm, Said>,
    /// Pauses, in order, at most one a place.
    pub breaks: Vec<Break>,
}

/// Particles that end a sentence wherever they stand.
const FINAL: [char; 6] = ['吗', '呢', '吧', '嘛', '啦', '呗'];
/// Particles that end a sentence before one of [`OPENERS`].
const MAYBE_FINAL: [char; 4] = ['了', '的', '啊', '呀'];
/// Characters that begin a sentence.
const OPENERS: [char; 8] = ['我', '你', '您', '这', '那', '他', '咱', '俺'];

impl Normalized {
    /// The same view with further pauses: at these places of the turn's text (in order), and behind sentence-final particles.
    /// `None` where that adds none.
    pub fn with_pauses(&self, places: &[u32]) -> Option<Normalized> {
        let mut breaks = Vec::new();
        let mut before = None;
        for (at, c) in self.text.char_indices() {
            let particle = before
                .is_some_and(|b| FINAL.contains(&b) || (MAYBE_FINAL.contains(&b) && OPENERS.contains(&c)));
            before = Some(c);
            let said = || self.map.hull(Span::new(small(at), small(at + c.len_utf8()))).start;
            let wanted = particle || (!places.is_empty() && places.binary_search(&said()).is_ok());
            let at = small(at);
            if at > 0 && wanted && self.breaks.binary_search_by_key(&at, |b| b.at).is_err() {
                breaks.push(Break { at, strength: Strength::Edge });
            }
        }
        if breaks.is_empty() {
            return None;
        }
        breaks.extend(&self.breaks);
        breaks.sort_by_key(|b| b.at);
        Some(Normalized { breaks, ..self.clone() })
    }
}

/// The form in which a character is compared.
pub fn fold(c: char) -> char {
    variants::fold(script::fold(case::fold(width::fold(c))))
}

/// A folding step that changed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Full-width forms.
    Width,
    /// Other case.
    Case,
    /// Traditional characters.
    Script,
    /// Variant characters.
    Variant,
    /// Spaces between characters.
    Space,
}

/// The folding steps that `said` needs, each once.
pub fn steps(said: &str) -> Vec<Step> {
    let mut out = Vec::new();
    let mut add = |changed: bool, step: Step| {
        if changed && !out.contains(&step) {
            out.push(step);
        }
    };
    for c in said.chars() {
        let wide = width::fold(c);
        let mark = mark(wide);
        add(mark == Mark::Space, Step::Space);
        if mark != Mark::Word {
            continue;
        }
        let (small, simple) = (case::fold(wide), script::fold(case::fold(wide)));
        add(wide != c, Step::Width);
        add(small != wide, Step::Case);
        add(simple != small, Step::Script);
        add(variants::fold(simple) != simple, Step::Variant);
    }
    out
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Builds a view from left to right.
struct Builder {
    text: String,
    map: MapBuilder,
    breaks: Vec<Break>,
}

impl Builder {
    fn with_capacity(bytes: usize) -> Self {
        Builder { text: String::with_capacity(bytes), map: MapBuilder::default(), breaks: Vec::new() }
    }

    fn push(&mut self, folded: char, from: u32, from_len: u32) {
        let len = small(folded.len_utf8());
        self.text.push(folded);
        if len == from_len {
            self.map.exact(len, from);
        } else {
            self.map.opaque(len, from, from_len);
        }
    }

    fn pause(&mut self, strength: Strength) {
        let at = small(self.text.len());
        if at == 0 {
            return;
        }
        match self.breaks.last_mut() {
            Some(last) if last.at == at => last.strength = last.strength.max(strength),
            _ => self.breaks.push(Break { at, strength }),
        }
    }

    fn finish(self, view: View) -> Normalized {
        Normalized { view, text: self.text, map: self.map.finish(), breaks: self.breaks }
    }
}

/// The plain view of what was said; `edges` are the pauses that the container knows of.
pub fn plain(said: &str, edges: &[Edge]) -> Normalized {
    let mut builder = Builder::with_capacity(said.len());
    let mut edges = edges.iter().peekable();
    // Characters since the last break or space, and the byte where a pending space stands.
    let (mut run, mut space_after) = (0u32, None);
    for (at, c) in said.char_indices() {
        while let Some(edge) = edges.next_if(|e| e.at <= small(at)) {
            builder.pause(edge.strength);
            (run, space_after) = (0, None);
        }
        match mark(width::fold(c)) {
            Mark::Nothing => {}
            Mark::Space => {
                if run > 0 {
                    space_after = Some(run);
                }
                run = 0;
            }
            Mark::Break(strength) => {
                builder.pause(strength);
                (run, space_after) = (0, None);
            }
            Mark::Word => {
                if let Some(before) = space_after.take()
                    && (before >= 2 || next_run(said, at) >= 2)
                {
                    builder.pause(Strength::Weak);
                }
                run += 1;
                builder.push(fold(c), small(at), small(c.len_utf8()));
            }
        }
    }
    builder.finish(View::Plain)
}

/// Characters of the run of word characters that starts at byte `at`, counted up to two.
fn next_run(said: &str, at: usize) -> usize {
    said.get(at..).unwrap_or("").chars().take(2).take_while(|c| mark(width::fold(*c)) == Mark::Word).count()
}

/// For each character of a view whether the next view leaves it out; empty where it leaves out none.
type Drops = fn(&Normalized) -> Vec<bool>;

/// The fluent views that differ from the plain one, each from the one before it.
pub fn views(plain: &Normalized) -> Vec<Normalized> {
    let mut out: Vec<Normalized> = Vec::new();
    let steps: [(View, Drops); 3] =
        [(View::NoSounds, sounds), (View::NoRepeats, stutters), (View::NoFillers, filler_words)];
    for (view, step) in steps {
        let base = out.last().unwrap_or(plain);
        let drop = step(base);
        if drop.iter().any(|d| *d) {
            let next = without(base, &drop, view);
            out.push(next);
        }
    }
    out
}

/// Sounds before the last word: at the very end they are particles, which patterns pass over anyway.
fn sounds(base: &Normalized) -> Vec<bool> {
    if !base.text.chars().any(fillers::is_sound) {
        return Vec::new();
    }
    let mut out: Vec<bool> = base.text.chars().map(fillers::is_sound).collect();
    out.iter_mut().rev().take_while(|sound| **sound).for_each(|sound| *sound = false);
    out
}

fn stutters(base: &Normalized) -> Vec<bool> {
    let chars: Vec<char> = base.text.chars().collect();
    repeats::abandoned(&chars)
}

fn filler_words(base: &Normalized) -> Vec<bool> {
    let mut words = fillers::words(&base.text).peekable();
    if words.peek().is_none() {
        return Vec::new();
    }
    let inside = |(at, _): (usize, char)| {
        while words.next_if(|word| word.end <= at).is_some() {}
        words.peek().is_some_and(|word| word.start <= at)
    };
    base.text.char_indices().map(inside).collect()
}

/// `base` without the characters marked in `drop`. A pause right before or after a dropped character goes with it:
/// 不，嗯，知道 is one stumble, not three clauses.
fn without(base: &Normalized, drop: &[bool], view: View) -> Normalized {
    let mut builder = Builder::with_capacity(base.text.len());
    let mut breaks = base.breaks.iter().peekable();
    let mut after_dropped = false;
    for ((at, c), dropped) in base.text.char_indices().zip(drop.iter().copied()) {
        let here = breaks.next_if(|b| b.at as usize == at);
        if let Some(pause) = here
            && !(dropped || after_dropped)
        {
            builder.pause(pause.strength);
        }
        if !dropped {
            let span = Span::new(small(at), small(at + c.len_utf8()));
            let said = base.map.hull(span);
            builder.push(c, said.start, said.len());
        }
        after_dropped = dropped;
    }
    if let Some(last) = breaks.next()
        && !after_dropped
    {
        builder.pause(last.strength);
    }
    builder.finish(view)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(said: &str) -> String {
        plain(said, &[]).text
    }

    #[test]
    fn the_plain_view_folds_and_remembers_breaks() {
        let view = plain("沒看到我正在忙著嗎？着什么急。", &[]);
        assert_eq!(view.text, "没看到我正在忙着吗着什么急");
        assert_eq!(view.breaks.len(), 2);
        assert_eq!(view.breaks[0].strength, Strength::Strong);
        assert_eq!(text("不 知 道"), "不知道");
        assert!(plain("不 知 道", &[]).breaks.is_empty());
        assert_eq!(plain("喊什么 等会儿", &[]).breaks.len(), 1);
    }

    #[test]
    fn fluent_views_drop_what_stumbles() {
        let deepest = |said: &str| views(&plain(said, &[])).pop().unwrap();
        assert_eq!(deepest("不，嗯，知道").text, "不知道");
        assert!(deepest("不，嗯，知道").breaks.is_empty());
        assert_eq!(deepest("简单那个点别这么罗嗦").text, "简单点别这么啰嗦");
        assert_eq!(deepest("有意见，意见找领导去").text, "有意见找领导去");
        assert!(views(&plain("你急什", &[])).is_empty());
    }

    #[test]
    fn edges_are_breaks() {
        let view = plain("你急什么", &[Edge { at: 6, strength: Strength::Edge }]);
        assert_eq!(view.breaks, vec![Break { at: 6, strength: Strength::Edge }]);
    }

    proptest! {
        #[test]
        fn every_view_maps_inside_the_text(said in "[你我急什么嗯，。？ａA 那个𠮷\u{200b}\n]{0,40}|.{0,40}") {
            let base = plain(&said, &[]);
            let mut all = views(&base);
            all.push(base);
            for view in all {
                prop_assert_eq!(view.map.from_len() as usize, view.text.len());
                let mut last = 0;
                for (at, c) in view.text.char_indices() {
                    let back = view.map.hull(Span::new(at as u32, (at + c.len_utf8()) as u32));
                    prop_assert!(back.start >= last && !back.is_empty());
                    prop_assert_eq!(back.slice(&said).chars().map(fold).collect::<String>(), c.to_string());
                    last = back.end;
                }
                prop_assert!(view.breaks.windows(2).all(|w| w[0].at < w[1].at));
                prop_assert!(view.breaks.iter().all(|b| view.text.is_char_boundary(b.at as usize)));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(c in any::<char>()) {
            prop_assert_eq!(fold(fold(c)), fold(c));
        }
    }
}
