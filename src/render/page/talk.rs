//! One conversation: what is known of it, its score, and its turns as a chat with the findings marked in them.

use super::super::card::Card;
use super::super::markup::escape_lines;
use super::super::uri;
use super::findings::{card_id, clock, seconds, turn_id};
use super::{Message, Setting, charts, escape, role_name, wording};
use crate::report::{Approved, Conversation, Finding, Line, Mark, SaidAt, ScoreLine, Stage};

pub(super) fn talk(number: usize, one: &Conversation, set: Setting<'_>) -> String {
    let counting = one.findings.iter().filter(|finding| finding.excused.is_none()).count();
    let about =
        Message::new("render.page.turns-and-findings").arg("turns", one.turns).arg("findings", counting);
    let open = if one.findings.is_empty() { "" } else { " open" };
    format!(
        "<article class=\"talk\" id=\"c{number}\" aria-labelledby=\"c{number}h\">\n{}<details class=\"turns\"{open}>\
         <summary>{}</summary>\n{}</details>\n</article>\n",
        head(number, one, set),
        set.say(&about),
        turns(number, one, set),
    )
}

/// The name, what is known, the recording, the score.
fn head(number: usize, one: &Conversation, set: Setting<'_>) -> String {
    let card = Card::of(one, set.rules, set.style);
    let facts: Vec<String> = card.meta().into_iter().chain(card.facts()).map(|fact| escape(&fact)).collect();
    let audio = one.audio.as_ref().map(|path| {
        let label = set.word("render.page.recording");
        format!(
            "<audio id=\"c{number}a\" controls preload=\"none\" src=\"{}\" aria-label=\"{label}\"></audio>\n",
            uri::encode(&format!("{}{path}", set.links))
        )
    });
    let warning = |text: &str| format!("<p class=\"warning\">{}</p>\n", escape(text));
    let warnings: String = one.warnings.iter().map(|one| warning(&one.message)).collect();
    format!(
        "<header>\n<h2 id=\"c{number}h\">{}</h2>\n{}<p class=\"soft\">{}</p>\n{}{warnings}{}</header>\n",
        escape(&wording::path(one, set.style)),
        score(&card, one),
        facts.join(" · "),
        card.failed().map(|text| format!("<p class=\"red\">{}</p>\n", escape(&text))).unwrap_or_default(),
        audio.unwrap_or_default(),
    ) + &reckoning(number, one, set)
}

fn score(card: &Card<'_>, one: &Conversation) -> String {
    let of = one.score.total.map(|_| format!("<small>/{}</small>", one.score.out_of)).unwrap_or_default();
    let class = if one.score.failed_by.is_empty() { "score" } else { "score red" };
    format!(
        "<p class=\"{class}\"><b>{}{of}</b> <span>{}</span></p>\n",
        escape(&card.total()),
        escape(&card.band())
    )
}

/// Where the points are: the stages, then line by line.
fn reckoning(number: usize, one: &Conversation, set: Setting<'_>) -> String {
    if one.score.total.is_none() {
        return String::new();
    }
    let stages: String = one.score.stages.iter().map(|stage| stage_row(stage, set)).collect();
    let lines: String = one.score.lines.iter().map(|line| line_row(number, one, line, set)).collect();
    let why: Vec<String> =
        one.not_evaluated.iter().map(|n| escape(&format!("{} {}", n.rule, n.why))).collect();
    let unseen = match why.is_empty() {
        true => String::new(),
        false => {
            format!("<p class=\"soft\">{} {}</p>\n", set.word("render.page.not-evaluated"), why.join(" · "))
        }
    };
    format!(
        "<details class=\"points\"><summary>{}</summary>\n<ol class=\"rows\">\n{stages}</ol>\n\
         <table><caption class=\"away\">{}</caption><tbody>\n{lines}</tbody></table>\n{unseen}</details>\n",
        set.word("render.page.points"),
        set.word("render.card.waterfall"),
    )
}

fn stage_row(stage: &Stage, set: Setting<'_>) -> String {
    let name = escape(&stage.name);
    let (parts, figure) = match stage.weight > 0.0 {
        true => (
            vec![("fill", (stage.points / stage.weight).clamp(0.0, 1.0))],
            format!("{:.1}/{:.1}", stage.points, stage.weight),
        ),
        false => (Vec::new(), set.word("render.score.not-applicable")),
    };
    format!(
        "<li><span class=\"row\"><span class=\"name\">{name}</span>{}<span class=\"figure\">{figure}</span></span></li>\n",
        charts::bar(&parts)
    )
}

fn line_row(number: usize, one: &Conversation, line: &ScoreLine, set: Setting<'_>) -> String {
    let turn = line.turn.map(|turn| {
        let name = set.say(&Message::new("render.turn").arg("number", turn));
        match one.said.is_empty() {
            true => name,
            false => format!("<a href=\"#{}\">{name}</a>", turn_id(number, turn)),
        }
    });
    let class = if line.points < 0.0 { "less" } else { "" };
    format!(
        "<tr><td class=\"figure {class}\">{}</td><td>{} <span class=\"soft\">{}</span></td><td>{}</td></tr>\n",
        escape(&Card::signed(line.points)),
        escape(&line.label),
        escape(&line.source),
        turn.unwrap_or_default(),
    )
}

/// The chat.
fn turns(number: usize, one: &Conversation, set: Setting<'_>) -> String {
    let mut out = String::from("<ol class=\"chat\">\n");
    for (line, turn) in one.said.iter().zip(1u32..) {
        for stretch in one.score.timeline.iter().filter(|stretch| stretch.first_turn == turn) {
            out.push_str(&format!("<li class=\"stage\"><span>{}</span></li>\n", escape(&stretch.name)));
        }
        out.push_str(&self::turn(number, one, turn, line, set));
    }
    out + "</ol>\n"
}

fn turn(number: usize, one: &Conversation, turn: u32, line: &Line, set: Setting<'_>) -> String {
    let id = turn_id(number, turn);
    let times = match line.time_ms {
        Some(time) if one.audio.is_some() => {
            format!(" data-from=\"{}\" data-to=\"{}\"", seconds(time.start), seconds(time.end))
        }
        _ => String::new(),
    };
    let time =
        line.time_ms.map(|time| format!(" {}", clock(number, one, time.start, set))).unwrap_or_default();
    let credits: String =
        one.approved.iter().filter(|approved| approved.turn == turn).map(|a| credit(a, set)).collect();
    format!(
        "<li class=\"turn {}\" id=\"{id}\"{times}><p class=\"who\">{}{time} <span class=\"number\">{turn}</span></p>\n\
         <p class=\"bubble\">{}</p>{credits}</li>\n",
        role_name(line.role),
        escape(&wording::speaker(line.speaker.as_deref(), line.role, set.style)),
        marked((number, turn), &one.findings, line),
    )
}

/// An approved phrase that was said.
fn credit(approved: &Approved, set: Setting<'_>) -> String {
    let missing = match approved.missing.is_empty() {
        true => String::new(),
        false => {
            let list: Vec<&str> = approved.missing.iter().map(String::as_str).collect();
            set.say(
                &Message::new("render.page.missing").arg("list", list.join(&set.style.word("render.list"))),
            )
        }
    };
    format!("<p class=\"credit\">✓ {} {}{missing}</p>", escape(&approved.rule), set.title(&approved.rule))
}

/// The words of a line, cut wherever a mark begins or ends.
pub(super) fn marked((number, turn): (usize, u32), findings: &[Finding], line: &Line) -> String {
    let text = line.text.as_str();
    let ends = line.marks.iter().flat_map(|mark| [mark.span.start as usize, mark.span.end as usize]);
    let mut cuts: Vec<usize> = ends.map(|at| at.min(text.len())).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let begins = |mark: &Mark| {
        let first = findings.get(mark.finding).and_then(|finding| finding.said.first());
        !mark.excuses && first == Some(&SaidAt { turn, span: mark.span })
    };
    let mut coming = line.marks.iter().peekable();
    let mut here: Vec<&Mark> = Vec::new();
    let mut out = String::new();
    for cut in cuts.windows(2) {
        let [start, end] = *cut else { continue };
        let mut begun = Vec::new();
        while let Some(mark) = coming.next_if(|mark| mark.span.start as usize <= start) {
            begun.extend(begins(mark).then_some(mark.finding));
            here.push(mark);
        }
        here.retain(|mark| mark.span.end as usize > start);
        let words = escape_lines(text.get(start..end).unwrap_or(""));
        out.push_str(&anchors(number, &begun));
        out.push_str(&piece(number, findings, &here, &begun, &words));
    }
    let rest: Vec<usize> = coming.filter(|mark| begins(mark)).map(|mark| mark.finding).collect();
    out + &anchors(number, &rest)
}

/// Places to jump to: where findings begin.
fn anchors(number: usize, begun: &[usize]) -> String {
    let anchor = |finding: &usize| format!("<i class=\"at\" id=\"{}m\"></i>", card_id(number, finding + 1));
    begun.iter().map(anchor).collect()
}

/// Words that lie under the same marks.
fn piece(number: usize, findings: &[Finding], here: &[&Mark], begun: &[usize], words: &str) -> String {
    let id = |finding: usize| card_id(number, finding + 1);
    let found: Vec<usize> = here.iter().filter(|mark| !mark.excuses).map(|mark| mark.finding).collect();
    if found.is_empty() {
        let reasons: Vec<String> = here.iter().map(|mark| id(mark.finding)).collect();
        return match reasons.is_empty() {
            true => words.to_owned(),
            false => format!("<span class=\"because\" data-of=\"{}\">{words}</span>", reasons.join(" ")),
        };
    }
    let counts = |i: &&usize| findings.get(**i).is_some_and(|finding| finding.excused.is_none());
    let worst = found.iter().filter(counts).chain(&found).next().and_then(|i| findings.get(*i));
    let level = found.iter().filter(counts).filter_map(|i| findings.get(*i)).map(|f| f.severity).max();
    let level = level.or(worst.map(|finding| finding.severity)).map_or("note", |severity| severity.word());
    let excused = if found.iter().any(|i| counts(&i)) { "" } else { " excused" };
    let reach = if begun.is_empty() { "" } else { " tabindex=\"0\" role=\"button\"" };
    let ids: Vec<String> = found.iter().map(|finding| id(*finding)).collect();
    let numbers: Vec<String> = begun.iter().map(|finding| (finding + 1).to_string()).collect();
    format!(
        "<mark class=\"{level}{excused}\" data-of=\"{}\" data-number=\"{}\"{reach}>{words}</mark>",
        ids.join(" "),
        numbers.join(","),
    )
}
