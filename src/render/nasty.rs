//! The fixture that every format must survive: findings side by side, markup, controls, 𠮷, CRLF, no times, no text.

use super::Rules;
use crate::diagnostic::{Confidence, Severity};
use crate::report::{
    Approved, Basis, Capabilities, Change, ChannelFound, ChannelKnown, ConductItem, Conversation, Example,
    Excused, Failure, Finding, Grade, Ledger, LeftOut, Line, LineKind, Mark, Measure, NotEvaluated,
    Opportunity, Report, RolesKnown, RuleInfo, SCHEMA, SaidAt, Score, ScoreLine, Stage, StageItem,
    StandardInfo, Status, Stretch, Stuffed, Summary, Tool, Warning, WhatIf,
};
use crate::text::{Raw, SourceText, Span};
use crate::transcript::{Channel, Clock, Meta, Role, Times};

const SPEECH: &str = "来访：您好 <b>&\"'</b> ]]> \u{202e}急\r\n\
    坐席：𠮷您\x1b[31m急什么，有意见，\t找领导去\u{0}\r\n\
    坐席：您还有什么不清楚的吗？\r\n";

/// The place of the `nth` (from 0) occurrence of `words` in `text`.
fn span(text: &str, words: &str) -> Span<Raw> {
    let at = text.find(words).expect("the fixture holds its own words");
    Span::of(at..at + words.len())
}

/// Turns are lines; a label ends with ：.
fn said_at(source: &SourceText, spans: &[Span<Raw>]) -> Vec<SaidAt> {
    let at = |span: &Span<Raw>| {
        let turn = source.lines().line(span.start);
        let (start, said) = words(source, turn);
        let from = span.start as usize - start;
        SaidAt { turn, span: Span::of(from..(from + span.len() as usize).min(said.len())) }
    };
    spans.iter().map(at).collect()
}

/// Where the words of a line begin, and what they are.
fn words(source: &SourceText, line: u32) -> (usize, &str) {
    let whole = source.line_span(line);
    let text = whole.slice(source.text()).trim_end_matches(['\r', '\n']);
    let label = text.find('：').map_or(0, |at| at + '：'.len_utf8());
    (whole.start as usize + label, &text[label..])
}

/// The lines of `source` with the marks of `findings`.
fn lines(source: &SourceText, findings: &[Finding]) -> Vec<Line> {
    let mut out: Vec<Line> = [Role::Visitor, Role::Staff, Role::Unknown]
        .into_iter()
        .zip(1..)
        .map(|(role, number)| Line {
            speaker: (number < 3).then(|| if number == 1 { "来访<i>".into() } else { "坐席".into() }),
            role,
            time_ms: (number == 2).then_some(Clock { start: 15_280, end: 16_400 }),
            text: words(source, number).1.to_owned(),
            marks: Vec::new(),
        })
        .collect();
    for (finding, one) in findings.iter().enumerate() {
        let excusing = one.excused.iter().flat_map(|excused| &excused.said).map(|at| (at, true));
        for (at, excuses) in one.said.iter().map(|at| (at, false)).chain(excusing) {
            out[at.turn as usize - 1].marks.push(Mark { finding, span: at.span, excuses });
        }
    }
    out.iter_mut().for_each(|line| line.marks.sort_by_key(|mark| (mark.span, mark.finding)));
    out
}

fn finding(source: &SourceText, rule: &str, pieces: &[&str]) -> Finding {
    let spans: Vec<Span<Raw>> = pieces.iter().map(|words| span(source.text(), words)).collect();
    let said = said_at(source, &spans);
    let hull = spans[0].hull(spans[spans.len() - 1]);
    let item = rule[1..3].parse().unwrap_or(1);
    Finding {
        rule: rule.into(),
        severity: Severity::Error,
        confidence: Confidence::new(0.93),
        how: vec!["exact"],
        excused: None,
        speaker: Some("坐席".into()),
        role: Role::Staff,
        turn: 2,
        turns: vec![2],
        span: Some(hull),
        start: Some(source.position(hull.start)),
        end: Some(source.position(hull.end)),
        pieces: Some(spans),
        place: None,
        drawn: None,
        time_ms: Some(Clock { start: 15_280, end: 16_400 }),
        text: pieces.concat(),
        said,
        fingerprint: format!("fp-{rule}"),
        message: format!("“{}”是忌语", pieces.concat()),
        say_instead: vec!["A04".into(), "A99".into()],
        basis: Basis::Item { appendix: 2, item, text: "你急什么?".into() },
        review: None,
    }
}

fn conversation(path: &str, source: &SourceText) -> Conversation {
    Conversation {
        path: path.into(),
        conversation: None,
        format: "txt".into(),
        encoding: "UTF-8".into(),
        sha256: Some("00".into()),
        meta: Meta::default(),
        turns: 3,
        staff_turns: 2,
        capabilities: Capabilities { roles: RolesKnown::Labelled, times: Times::None, overlap: false },
        warnings: Vec::new(),
        not_evaluated: Vec::new(),
        findings: Vec::new(),
        approved: Vec::new(),
        score: Score { out_of: 100.0, ..Score::default() },
        reviewed: None,
        inspected: Vec::new(),
        source: source.clone(),
        said: Vec::new(),
        audio: None,
    }
}

fn speech() -> Conversation {
    let source = SourceText::new(SPEECH.into());
    let mut one = conversation("甲/<乙>&\u{1b}[2J.txt", &source);
    let excused = Finding {
        excused: Some(Excused {
            why: "covered",
            span: Some(span(SPEECH, "您还有什么不清楚的吗")),
            reason: None,
            said: said_at(&source, &[span(SPEECH, "您还有什么不清楚的吗")]),
        }),
        time_ms: None,
        turn: 3,
        turns: vec![2, 3],
        role: Role::Unknown,
        severity: Severity::Warning,
        ..finding(&source, "B01", &["不清楚"])
    };
    one.findings =
        vec![finding(&source, "B20", &["急什么"]), finding(&source, "B08", &["有意见", "找领导去"]), excused];
    one.said = lines(&source, &one.findings);
    one.audio = Some("录音/a \"b.mp3".into());
    one.warnings = vec![Warning {
        code: "roles-unknown".into(),
        message: "认不出谁是工作人员：请加 --staff".into(),
    }];
    one.not_evaluated = vec![NotEvaluated { rule: "S04-interruption".into(), why: "没有时间".into() }];
    one.approved = vec![
        Approved { rule: "A02".into(), credit: 1.0, turn: 1, span: None, missing: vec![] },
        Approved { rule: "A04".into(), credit: 0.5, turn: 2, span: None, missing: vec!["慢慢说".into()] },
    ];
    one.score = score();
    one
}

fn score() -> Score {
    let grade = |id: &str, name: &str, from| Grade { id: id.into(), name: name.into(), from };
    Score {
        total: Some(62.5),
        out_of: 100.0,
        applicable: 71.5,
        band: Some(grade("pass", "合|格<i>", 60.0)),
        failed_by: Vec::new(),
        channel: ChannelFound { is: Channel::Phone, how: ChannelKnown::Heard },
        stages: vec![
            Stage {
                id: "greeting".into(),
                name: "迎接".into(),
                weight: 10.0,
                points: 7.5,
                expected: vec![item(&["A01"], 1.0, Some(1)), item(&["A16", "A18"], 0.5, None)],
                opportunities: vec![0],
            },
            Stage {
                id: "waiting".into(),
                name: "等".into(),
                weight: 0.0,
                points: 0.0,
                expected: vec![],
                opportunities: vec![],
            },
        ],
        conduct: conduct(),
        measures: measures(),
        opportunities: vec![Opportunity {
            stage: "greeting".into(),
            situation: "upset".into(),
            title: "来访人<情绪>".into(),
            any_of: vec!["A04".into()],
            turn: 1,
            text: "<b>&\"'</b> ]]> \u{202e}急".into(),
            time_ms: Some(Clock { start: 1_000, end: 2_000 }),
            missed: true,
            weight: 20.0,
            ..Opportunity::default()
        }],
        timeline: vec![
            Stretch {
                stage: "greeting".into(),
                name: "迎接".into(),
                first_turn: 1,
                last_turn: 1,
                time_ms: None,
            },
            Stretch {
                stage: "waiting".into(),
                name: "等|候<u>".into(),
                first_turn: 2,
                last_turn: 3,
                time_ms: Some(Clock { start: 15_280, end: 16_400 }),
            },
        ],
        lines: vec![
            line(LineKind::Start, 100.0, None, "满分"),
            line(LineKind::Expected, -2.5, None, "迎接"),
            line(LineKind::Opportunity, -20.0, Some(("A04", 1)), "*来访人*_<情绪>_激动\u{1b}[2J"),
            line(LineKind::Banned, -15.0, Some(("B20", 2)), "嫌群众着急"),
        ],
        evidence: Vec::new(),
        stuffed: vec![Stuffed { turn: 2, rules: vec!["A03".into(), "A06".into()] }],
        not_applicable: vec![LeftOut {
            rules: vec!["A16".into(), "A18".into()],
            title: "来信".into(),
            weight: 3.5,
            why: "谈话中没有用到".into(),
        }],
        not_evaluated: vec![LeftOut {
            rules: vec!["S04-interruption".into()],
            title: "打断".into(),
            weight: 1.5,
            why: "没有时间<br>".into(),
        }],
        what_if: Some(WhatIf {
            band: grade("good", "良好", 80.0),
            changes: vec![Change {
                rules: vec!["A04".into()],
                turn: Some(1),
                label: "说到：<A04>".into(),
                say: vec!["A04".into()],
                gain: 20.0,
                total: 82.5,
            }],
            reached: true,
        }),
        ledger: Ledger::default(),
    }
}

fn item(any_of: &[&str], credit: f64, turn: Option<u32>) -> StageItem {
    let any_of = any_of.iter().map(|rule| (*rule).to_owned()).collect();
    StageItem { any_of, credit, turn, weight: 5.0, points: 5.0 * credit }
}

fn conduct() -> Vec<ConductItem> {
    let item = |rule: &str, status, credit| ConductItem {
        rule: rule.into(),
        title: "要<求>|".into(),
        status,
        credit,
        weight: 2.0,
        points: credit.unwrap_or(0.0) * 2.0,
        turns: vec![2, 3],
        through: None,
        why: None,
    };
    vec![
        item("S07-summary", Status::Partly, Some(0.5)),
        ConductItem { through: Some("A02".into()), weight: 0.0, ..item("S05-identity", Status::Met, None) },
        ConductItem {
            why: Some("没有时间".into()),
            turns: Vec::new(),
            weight: 0.0,
            ..item("S04-interruption", Status::NotEvaluated, None)
        },
    ]
}

fn measures() -> Vec<Measure> {
    let measure = |id, name: &str, unit, value| Measure {
        id,
        name: name.into(),
        rule: None,
        value,
        least: Some(160.0),
        most: Some(280.0),
        unit,
        turns: Vec::new(),
        why: Some("no-times"),
    };
    vec![
        measure("pace", "语速", "characters/minute", Some(271.3)),
        Measure {
            least: None, most: Some(0.65), ..measure("talk-share", "说话占比", "share", Some(0.4))
        },
        measure("interruptions", "打断", "count", None),
    ]
}

fn line(kind: LineKind, points: f64, about: Option<(&str, u32)>, label: &str) -> ScoreLine {
    ScoreLine {
        kind,
        points,
        rule: about.map(|(rule, _)| rule.into()),
        any_of: Vec::new(),
        turn: about.map(|(_, turn)| turn),
        label: label.into(),
        source: "本工具<的>方法".into(),
    }
}

/// A document without text bytes: only a paragraph can be named.
fn document() -> Conversation {
    let source = SourceText::default();
    let mut one = conversation("丙.docx", &source);
    let anywhere = SourceText::new("急什么\u{7}".into());
    one.conversation = Some("17\u{85}号".into());
    one.findings = vec![Finding {
        span: None,
        pieces: None,
        start: None,
        end: None,
        place: Some(serde_json::json!({ "paragraph": 12, "chars": { "start": 3, "end": 6 } })),
        speaker: None,
        said: vec![SaidAt { turn: 1, span: Span::new(0, 10) }],
        ..finding(&anywhere, "B20", &["急什么\u{7}"])
    }];
    one.said = lines(&anywhere, &one.findings);
    one
}

/// The whole of it.
pub(super) fn report() -> Report {
    Report {
        schema: SCHEMA,
        tool: Tool {
            name: "wuxin",
            version: "0.0.0",
            settings: serde_json::json!({}),
            standard: StandardInfo {
                id: "t".into(),
                title: "试".into(),
                number: "1".into(),
                sha256: "0".into(),
            },
        },
        files: vec![speech(), document(), conversation("空.txt", &SourceText::default())],
        warnings: Vec::new(),
        errors: vec![Failure {
            path: "坏.json".into(),
            place: "12:5".into(),
            code: "empty".into(),
            message: "文件是空的".into(),
            cure: "请确认转写已经完成".into(),
        }],
        summary: Summary {
            files: 3,
            failed: 1,
            skipped: [("ignored".into(), 2), ("别的".into(), 1)].into(),
            conversations: 3,
            turns: 9,
            staff_turns: 6,
            findings: 3,
            excused: 1,
            by_rule: [("B08".into(), 1), ("B20".into(), 2)].into(),
        },
        rules: rules(),
        links: "../".into(),
    }
}

/// Three rules, one of each kind.
pub(super) fn rules() -> Rules {
    let banned = RuleInfo {
        id: "B20".into(),
        kind: "banned",
        text: "你急什么?".into(),
        title: "嫌群众着急".into(),
        why: "群众着急往往因为事情紧要。嫌人着急，等于说他的事不要紧，是在火上浇油，也答非所问。".into(),
        severity: Severity::Error,
        basis: Basis::Item { appendix: 2, item: 20, text: "你急什么?".into() },
        stage: None,
        say_instead: vec!["A04".into()],
        excuses: vec!["quoted".into(), "comfort".into()],
        patterns: [("item", "你急什么"), ("variant", "{you}急(啥|个啥)"), ("paraphrase", "催(什么|啥)…催")]
            .map(|(tier, pattern)| (tier.into(), pattern.into()))
            .into(),
        hits: vec![Example {
            text: "哎，你急啥啊，前头还有人呢。".into(), excerpts: vec!["急啥".into()]
        }],
        passes: vec![Example { text: "您别着急，我马上给您查。".into(), excerpts: Vec::new() }],
        not_observable: None,
    };
    let approved = RuleInfo {
        id: "A04".into(),
        kind: "approved",
        text: "请您别着急，坐下慢慢说。".into(),
        title: "安抚情绪".into(),
        severity: Severity::Note,
        basis: Basis::Item { appendix: 1, item: 4, text: "请您别着急，坐下慢慢说。".into() },
        stage: Some("listening".into()),
        say_instead: vec![],
        ..banned.clone()
    };
    let article = RuleInfo {
        id: "S12-dress".into(),
        kind: "article",
        text: "着装整洁，".repeat(20),
        title: "着装整洁".into(),
        basis: Basis::Article { article: 12, text: "着装整洁，".repeat(20) },
        severity: Severity::Note,
        patterns: vec![],
        hits: vec![],
        passes: vec![],
        excuses: vec![],
        say_instead: vec![],
        stage: None,
        not_observable: Some("话语中看不见衣着。".into()),
        ..banned.clone()
    };
    [banned, approved, article].into_iter().map(|rule| (rule.id.clone(), rule)).collect()
}
