//! A picture of source text with labels under the very characters, drawn by miette.

use super::excerpt::Excerpt;
use super::look::{Look, Paint};
use super::visible::{fold, one_line, visible};
use crate::diagnostic::Severity;
use crate::text::{Raw, SourceText, Span};
use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};
use std::fmt;

/// One labelled place.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub span: Span<Raw>,
    /// What stands beside the carets; empty for none.
    pub text: String,
    /// Whether the picture is about this place (others explain it).
    pub primary: bool,
}

/// Everything that one diagnostic shows.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The path shown above the source.
    pub name: String,
    /// The source.
    pub source: SourceText,
    /// Code such as `B20`.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// The headline.
    pub message: String,
    /// The lines after the picture; empty for none. One that is set in by spaces continues the one above it.
    pub help: String,
    /// The places; none where the picture is about the file as a whole.
    pub labels: Vec<Label>,
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Picture {}

impl Picture {
    /// The headline, the source with its labels, and a `=` line for every line of help; ends with a line break.
    pub fn draw(&self, look: &Look) -> String {
        let mut out = self.headline(look);
        if self.labels.is_empty() {
            out.push_str(&format!(" {} {}\n", look.paint(Paint::Dim, "-->"), one_line(&self.name)));
        } else {
            out.push_str(&self.source_lines(look));
        }
        for note in self.help.lines() {
            out.push_str(&help_line(&visible(note), look));
        }
        out
    }

    /// The same, where the name says the place and lines and columns of the source are nobody's.
    pub fn draw_placed(&self, look: &Look) -> String {
        let name = visible(&self.name);
        let placed = |line: &str| {
            let numbers = |text: &str| {
                text.len()
                    - text.trim_start_matches([':', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).len()
            };
            let (before, after) = line.split_once(name.as_ref())?;
            Some(format!("{before}{name}{}\n", after.get(numbers(after)..)?))
        };
        self.draw(look)
            .split_inclusive('\n')
            .map(|line| placed(line.trim_end_matches('\n')).unwrap_or_else(|| line.to_owned()))
            .collect()
    }

    /// `error[B20]: …`, folded.
    fn headline(&self, look: &Look) -> String {
        let tag = format!("{}[{}]", self.severity.word(), self.code);
        let message = visible(&self.message);
        let lines = fold(&format!("{tag}: {message}"), look.width);
        let painted = lines.iter().enumerate().map(|(i, line)| match line.strip_prefix(&tag) {
            Some(rest) if i == 0 => {
                format!(
                    "{}{}\n",
                    look.paint(Paint::Level(self.severity), &tag),
                    look.paint(Paint::Strong, rest)
                )
            }
            _ => format!("  {}\n", look.paint(Paint::Strong, line)),
        });
        painted.collect()
    }

    fn source_lines(&self, look: &Look) -> String {
        let excerpt = Excerpt::of(self, look.width);
        let handler = GraphicalReportHandler::new_themed(self.theme(look, &excerpt))
            .with_context_lines(0)
            .with_width(look.width)
            .with_links(false)
            .without_syntax_highlighting();
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, &excerpt).is_err() {
            return format!(" --> {}\n", one_line(&self.name));
        }
        // The first line is miette's headline: empty here, ours stands already.
        let lines = drawn.lines().skip(1).map(|line| format!("{}\n", tell_apart(line, look).trim_end()));
        lines.collect()
    }

    fn theme(&self, look: &Look, excerpt: &Excerpt<'_>) -> GraphicalTheme {
        let characters = if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let level = Paint::Level(self.severity).style();
        let second = Paint::Second.style();
        let styles = ThemeStyles {
            link: Paint::Strong.style(),
            linum: Paint::Dim.style(),
            highlights: excerpt.primaries().map(|primary| if primary { level } else { second }).collect(),
            ..ThemeStyles::ansi()
        };
        GraphicalTheme { characters, styles }
    }
}

/// Secondary labels get broken lines, so that they can be told from primary ones without colours, which are then taken
/// away where the look has none. (The excerpt itself holds no escape.)
fn tell_apart(line: &str, look: &Look) -> String {
    let second = Look { color: true, ..*look }.paint(Paint::Second, "|");
    let second = second.split('|').next().unwrap_or("");
    let mut out = String::new();
    for (i, stretch) in line.split('\x1b').enumerate() {
        let code = if i == 0 { 0 } else { stretch.find('m').map_or(0, |m| m + 1) };
        let (code, text) = stretch.split_at(code);
        if i > 0 && look.color {
            out.push('\x1b');
            out.push_str(code);
        }
        match second.strip_prefix('\x1b').is_some_and(|prefix| prefix == code) {
            true if look.unicode => out.push_str(&text.replace('─', "┄")),
            true => out.push_str(&text.replace('^', "-")),
            false => out.push_str(text),
        }
    }
    out
}

/// `  = …`, folded under its own beginning.
fn help_line(note: &str, look: &Look) -> String {
    let bare = note.trim_start();
    let set_in = note.len() - bare.len();
    let lines = fold(bare, look.width.saturating_sub(4 + set_in));
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        let first = i == 0 && set_in == 0;
        let lead = if first { look.paint(Paint::Second, "  =") } else { "   ".to_owned() };
        out.push_str(format!("{lead} {}{line}", " ".repeat(set_in)).trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(text: &str, labels: &[(&str, &str, bool)]) -> Picture {
        let label = |(words, says, primary): &(&str, &str, bool)| {
            let at = text.find(words).unwrap();
            Label { span: Span::of(at..at + words.len()), text: (*says).to_owned(), primary: *primary }
        };
        Picture {
            name: "甲/乙.txt".into(),
            source: SourceText::new(text.to_owned()),
            code: "B20".into(),
            severity: Severity::Error,
            message: "嫌群众着急".into(),
            help: "依据：附件2第20项“你急什么?”\n改说：“请您别着急，坐下慢慢说。”".into(),
            labels: labels.iter().map(label).collect(),
        }
    }

    /// The characters over the carets of primary (or secondary) labels, a string for each row of carets.
    fn under(picture: &Picture, primary: bool) -> Vec<String> {
        let paint = if primary { Paint::Level(picture.severity) } else { Paint::Second };
        let code =
            Look { color: true, ..Look::default() }.paint(paint, "|").split('|').next().unwrap().to_owned();
        let drawn = picture.draw(&Look { color: true, ..Look::default() });
        let lines: Vec<Vec<(char, String)>> = drawn.lines().map(spread).collect();
        let row = |line: &[(char, String)]| {
            let bare: String = line.iter().map(|(c, _)| *c).collect();
            bare.trim_start().starts_with('·') && !bare.contains('╰')
        };
        let over = |pair: &[Vec<(char, String)>]| {
            let carets =
                pair[1].iter().enumerate().filter(|(_, (c, style))| "─┄┬▲".contains(*c) && *style == code);
            let seen: String = carets.filter_map(|(col, _)| pair[0].get(col)).map(|(c, _)| *c).collect();
            seen.replace('\0', "")
        };
        lines.windows(2).filter(|pair| row(&pair[1])).map(over).filter(|text| !text.is_empty()).collect()
    }

    /// A character and its style for each display column; the second column of a wide character holds NUL.
    fn spread(line: &str) -> Vec<(char, String)> {
        let (mut out, mut style) = (Vec::new(), String::new());
        for (i, stretch) in line.split('\x1b').enumerate() {
            let (code, text) = stretch.split_at(if i == 0 { 0 } else { stretch.find('m').unwrap() + 1 });
            if i > 0 {
                style = format!("\x1b{code}");
            }
            for c in text.chars() {
                for n in 0..crate::diagnostic::columns(&c.to_string()) {
                    out.push((if n == 0 { c } else { '\0' }, style.clone()));
                }
            }
        }
        out
    }

    #[test]
    fn carets_stand_under_the_very_characters() {
        let text = "来访：我急。\n坐席：𠮷您\x1b[1m好，你急什么，前面还有人\n完\n";
        let picture = picture(text, &[("你急什么", "嫌群众着急", true)]);
        insta::assert_snapshot!(picture.draw(&Look::default()));
        assert_eq!(under(&picture, true), ["你急什么"]);
    }

    #[test]
    fn a_long_line_is_shown_around_its_labels_only() {
        let long = format!(
            "坐席：{}你急什么，{}找领导去{}",
            "甲".repeat(9000),
            "乙".repeat(9000),
            "丙".repeat(9000)
        );
        let picture = picture(&long, &[("你急什么", "一", true), ("找领导去", "二", true)]);
        let drawn = picture.draw(&Look::default());
        insta::assert_snapshot!(drawn);
        assert_eq!(under(&picture, true), ["你急什么找领导去"]);
        assert!(drawn.lines().all(|line| crate::diagnostic::columns(line) <= 100));
    }

    #[test]
    fn a_label_that_is_itself_too_long_shows_its_ends() {
        let long = format!("坐席：好，你{}急，完", "嗯".repeat(500));
        let words = format!("你{}急", "嗯".repeat(500));
        let shown = under(&picture(&long, &[(&words, "一", true)]), true);
        assert!(
            shown[0].starts_with("你嗯") && shown[0].ends_with("嗯急") && shown[0].contains('…'),
            "{shown:?}"
        );
    }

    #[test]
    fn an_excuse_around_the_words_leaves_their_carets_alone() {
        let text = "坐席：您还有什么不清楚的吗？";
        let around = picture(text, &[("您还有什么不清楚的吗", "文明用语", false), ("不清楚", "忌语", true)]);
        insta::assert_snapshot!(around.draw(&Look::default()));
        assert_eq!(under(&around, true), ["不清楚"]);
        assert_eq!(under(&around, false), ["您还有什么的吗"]);
        let inside = picture(text, &[("不清楚", "问句", false), ("不清楚的", "忌语", true)]);
        assert_eq!(under(&inside, true), ["不清楚的"]);
        assert!(inside.draw(&Look::default()).contains("忌语 · 问句"));
    }

    #[test]
    fn a_cue_break_is_bridged_and_a_far_place_gets_a_picture_of_its_own() {
        let text = "1\n00:00:01 --> 00:00:02\n有意见\n\n2\n00:00:02 --> 00:00:03\n找领导去\n\n3\n\n4\n\n5\n别说我说的\n";
        let picture = picture(
            text,
            &[("有意见", "推给领导", true), ("找领导去", "", true), ("别说我说的", "另处", false)],
        );
        insta::assert_snapshot!(picture.draw(&Look::default()));
        assert_eq!(under(&picture, true), ["有意见", "找领导去"]);
        assert_eq!(under(&picture, false), ["别说我说的"]);
    }

    #[test]
    fn no_label_no_source_and_odd_places_do_not_fail() {
        insta::assert_snapshot!(picture("", &[]).draw(&Look::default()));
        for (start, end) in [(0, 0), (0, 9), (3, 3), (5, 6), (90, 99)] {
            let mut odd = picture("你\n\n好\r\n", &[]);
            odd.labels.push(Label { span: Span::new(start, end), text: "此".into(), primary: true });
            assert!(odd.draw(&Look::default()).contains("╭─[甲/乙.txt:"), "{start}..{end}");
        }
    }

    #[test]
    fn colour_is_asked_for_and_ascii_too() {
        let picture = picture("你急什么", &[("你急", "x", true), ("什么", "y", false)]);
        let color = Look { color: true, ..Look::default() };
        assert!(picture.draw(&color).starts_with("\x1b[31;1m"), "{:?}", picture.draw(&color));
        assert!(!picture.draw(&Look::default()).contains('\x1b'));
        insta::assert_snapshot!(picture.draw(&Look { unicode: false, ..Look::default() }));
    }
}
