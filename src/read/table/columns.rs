//! Which column is which.

use super::super::error::{ReadError, shown};
use super::super::labels::{HeaderField, are_voices, header_field, is_role};
use super::{HEAD, Row, Table, named};
use std::str::FromStr;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Role,
    Text,
    Start,
    End,
    Id,
    Meta(HeaderField),
}

/// Which columns hold what, where the user says so (`--columns role=客服,text=内容`). A column is named by its header
/// or by its number from 1; the rest is found by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Field, String)>);

impl FromStr for Columns {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let parts = text.split([',', '，']).map(str::trim).filter(|part| !part.is_empty());
        let of = |part: &str| {
            let wrong = || ReadError::BadColumns { what: shown(part, 40) };
            let (key, name) = part.split_once('=').ok_or_else(wrong)?;
            let field = match key.trim() {
                "role" | "speaker" => Field::Role,
                "text" => Field::Text,
                "start" => Field::Start,
                "end" => Field::End,
                "id" => Field::Id,
                "staff" => Field::Meta(HeaderField::Staff),
                "date" => Field::Meta(HeaderField::Date),
                "recording" => Field::Meta(HeaderField::Recording),
                "channel" => Field::Meta(HeaderField::Channel),
                "case" => Field::Meta(HeaderField::Case),
                _ => return Err(wrong()),
            };
            let name = name.trim();
            if name.is_empty() { Err(wrong()) } else { Ok((field, name.to_owned())) }
        };
        let columns: Vec<_> = parts.map(of).collect::<Result<_, _>>()?;
        if columns.is_empty() {
            return Err(ReadError::BadColumns { what: shown(text, 40) });
        }
        Ok(Columns(columns))
    }
}

/// The columns of a table, and the first row of data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) text: u32,
    pub(super) role: Option<u32>,
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    pub(super) id: Option<u32>,
    pub(super) meta: Vec<(HeaderField, u32)>,
    /// Columns that are one speaker's each, by name: then `text` is the first of them.
    pub(super) voices: Vec<(u32, String)>,
    /// Index of the first row below the header.
    pub(super) from: usize,
}

impl Layout {
    /// Whether columns say who speaks.
    pub(super) fn labels(&self) -> bool {
        self.role.is_some() || !self.voices.is_empty()
    }

    /// Whether a column says who speaks, when, or in which conversation.
    pub(super) fn says_who_or_when(&self) -> bool {
        !self.voices.is_empty() || [self.role, self.start, self.end, self.id].iter().any(Option::is_some)
    }
}

/// Names of columns, folded as [`bare`] folds them; an earlier one is preferred.
const ROLE: &[&str] = &[
    "角色",
    "role",
    "说话人",
    "说话人角色",
    "发言人",
    "讲话人",
    "speaker",
    "身份",
    "说话者",
    "发言者",
    "人物",
    "spk",
    "speakerid",
    "说话人id",
    "发言人id",
    "speakername",
    "spkid",
    "who",
    "roletype",
    "角色类型",
    "说话方",
    "channelid",
    "声道",
];
const TEXT: &[&str] = &[
    "内容",
    "文本",
    "text",
    "对话内容",
    "发言内容",
    "说话内容",
    "通话内容",
    "话术",
    "话术内容",
    "转写内容",
    "转写文本",
    "转写结果",
    "识别结果",
    "识别文本",
    "文字",
    "文字内容",
    "文本内容",
    "content",
    "sentence",
    "utterance",
    "transcript",
    "transcription",
    "words",
    "句子",
    "语句",
    "原文",
    "对话",
    "发言",
    "台词",
    "话",
    "message",
    "onebest",
];
const START: &[&str] = &[
    "开始",
    "开始时间",
    "起始",
    "起始时间",
    "开始时刻",
    "start",
    "starttime",
    "begin",
    "begintime",
    "bg",
    "from",
    "时间",
    "时间点",
    "时间戳",
    "time",
    "timestamp",
    "start(s)",
    "开始秒",
];
const END: &[&str] = &[
    "结束",
    "结束时间",
    "终止",
    "终止时间",
    "截止",
    "结束时刻",
    "end",
    "endtime",
    "ed",
    "to",
    "finish",
    "stop",
];
const ID: &[&str] = &[
    "会话",
    "会话id",
    "会话编号",
    "会话号",
    "对话id",
    "对话编号",
    "通话id",
    "通话编号",
    "通话标识",
    "conversation",
    "conversationid",
    "dialogid",
    "dialogueid",
    "callid",
    "sessionid",
    "session",
    "call",
];

/// Names that make a row a header, though what they hold is not needed.
const OTHER: &[&str] = &[
    "序号",
    "编号",
    "行号",
    "轮次",
    "备注",
    "说明",
    "情绪",
    "情感",
    "语速",
    "置信度",
    "no",
    "no.",
    "#",
    "index",
    "turn",
    "remark",
    "notes",
    "confidence",
    "emotion",
    "duration",
    "时长",
];

/// A column's name without what does not tell it apart: blanks, case, underscores, a unit.
fn bare(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}');
    let name = name.split(['(', '（', '[', '【', '/']).next().unwrap_or(name);
    let kept = name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '：' | ':'));
    let lower: String = kept.flat_map(char::to_lowercase).collect();
    let units = ["ms", "毫秒"];
    units
        .iter()
        .find_map(|unit| lower.strip_suffix(unit))
        .filter(|rest| !rest.is_empty())
        .map_or(lower.clone(), str::to_owned)
}

/// Whether `names` are those of a header.
pub(super) fn is_header<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let names: Vec<&str> = names.collect();
    if are_voices(names.iter().copied().filter(|name| !is_beside(name))) {
        return true;
    }
    let known: Vec<Field> = names.iter().filter_map(|name| ranked(name).map(|(field, _)| field)).collect();
    let tells = |field: &Field| matches!(field, Field::Role | Field::Start | Field::End | Field::Id);
    known.contains(&Field::Text) && known.iter().any(tells)
}

/// Whether a column of that name may stand beside those of speakers.
fn is_beside(name: &str) -> bool {
    let known = || ranked(name).is_some_and(|(field, _)| !matches!(field, Field::Role | Field::Text));
    !is_role(name.trim()) && (OTHER.contains(&bare(name).as_str()) || known())
}

fn ranked(name: &str) -> Option<(Field, usize)> {
    let bare = bare(name);
    let lists =
        [(Field::Text, TEXT), (Field::Role, ROLE), (Field::Id, ID), (Field::Start, START), (Field::End, END)];
    let listed = lists
        .iter()
        .find_map(|(field, list)| list.iter().position(|known| *known == bare).map(|rank| (*field, rank)));
    let meta = || {
        let field = match bare.as_str() {
            "staff" | "agent" | "坐席" | "座席" | "客服" | "接待人" => HeaderField::Staff,
            "recording" | "file" | "filename" | "audio" => HeaderField::Recording,
            "channel" => HeaderField::Channel,
            "case" | "caseid" => HeaderField::Case,
            "date" => HeaderField::Date,
            // Rows are numbered so too.
            "编号" | "編號" => return None,
            _ => header_field(&bare).filter(|field| *field != HeaderField::Other)?,
        };
        Some((Field::Meta(field), 0))
    };
    listed.or_else(meta)
}

/// The columns of `table`.
///
/// # Errors
/// Where no row names a column of words, or one that is asked for is not there.
pub(super) fn layout(source: &str, table: &Table, columns: &Columns) -> Result<Layout, ReadError> {
    if let Some(layout) = by_number(columns) {
        return Ok(layout);
    }
    let rows = || table.rows.iter().enumerate().take(HEAD);
    let read =
        |(i, row): (usize, &Row)| header(source, row, columns).map(|found| Layout { from: i + 1, ..found });
    if let Some(found) = rows().find_map(read) {
        return Ok(found);
    }
    let found = named(source, table.rows.first());
    let lacks = |name: &&String| {
        !rows().any(|(_, row)| row.cells.iter().any(|cell| cell.cut.text(source).trim() == name.as_str()))
    };
    match columns.0.iter().map(|(_, name)| name).find(lacks) {
        Some(name) => Err(ReadError::NoColumn { name: shown(name, 40), found }),
        None => Err(ReadError::NoHeader { found }),
    }
}

/// Where every column is given by its number there is no header.
fn by_number(columns: &Columns) -> Option<Layout> {
    let mut slots = Slots::default();
    for (field, name) in &columns.0 {
        slots.put(*field, name.parse::<u32>().ok()?.checked_sub(1)?, 0);
    }
    slots.layout(true)
}

/// The columns that `row` names; nothing where it is no header.
fn header(source: &str, row: &Row, columns: &Columns) -> Option<Layout> {
    let mut slots = Slots::default();
    for (field, name) in &columns.0 {
        let cell = row.cells.iter().find(|cell| cell.cut.text(source).trim() == name.as_str());
        let number = || name.parse::<u32>().ok()?.checked_sub(1);
        slots.put(*field, cell.map(|cell| cell.column).or_else(number)?, 0);
    }
    let asked = slots.given;
    for cell in &row.cells {
        let taken = slots.columns().any(|column| column == cell.column);
        let name = cell.cut.text(source);
        match ranked(&name).filter(|_| !taken) {
            Some((field, rank)) => slots.put(field, cell.column, rank + 1),
            None if OTHER.contains(&bare(&name).as_str()) => slots.given += 1,
            None => {}
        }
    }
    slots.layout(asked > 0).or_else(|| by_speaker(source, row).filter(|_| asked == 0))
}

/// A header of columns that are one speaker's each: `客服 | 客户`.
fn by_speaker(source: &str, row: &Row) -> Option<Layout> {
    let names: Vec<_> = row.cells.iter().map(|cell| (cell.column, cell.cut.text(source))).collect();
    let (beside, voices): (Vec<_>, Vec<_>) = names.iter().partition(|(_, name)| is_beside(name));
    if !are_voices(voices.iter().map(|(_, name)| name.as_ref())) {
        return None;
    }
    let mut slots = Slots::default();
    for (column, name) in beside {
        if let Some((field, rank)) = ranked(name) {
            slots.put(field, *column, rank);
        }
    }
    slots.put(Field::Text, voices.first()?.0, 0);
    let voices = voices.iter().map(|(column, name)| (*column, name.trim().to_owned())).collect();
    Some(Layout { voices, ..slots.layout(true)? })
}

/// Columns found so far, each with how well its name fits (0: asked for).
#[derive(Default)]
struct Slots {
    slots: [Option<(u32, usize)>; 5],
    meta: Vec<(HeaderField, u32)>,
    given: usize,
}

impl Slots {
    fn put(&mut self, field: Field, column: u32, rank: usize) {
        self.given += 1;
        let at = match field {
            Field::Text => 0,
            Field::Role => 1,
            Field::Start => 2,
            Field::End => 3,
            Field::Id => 4,
            Field::Meta(field) => {
                if !self.meta.iter().any(|(known, _)| *known == field) {
                    self.meta.push((field, column));
                }
                return;
            }
        };
        if let Some(slot) = self.slots.get_mut(at)
            && slot.is_none_or(|(_, known)| rank < known)
        {
            *slot = Some((column, rank));
        }
    }

    fn columns(&self) -> impl Iterator<Item = u32> + '_ {
        self.slots
            .iter()
            .flatten()
            .map(|(column, _)| *column)
            .chain(self.meta.iter().map(|(_, column)| *column))
    }

    /// A header names the words and something else, unless the user says which column holds them.
    fn layout(self, asked: bool) -> Option<Layout> {
        let [text, role, start, end, id] = self.slots.map(|slot| slot.map(|(column, _)| column));
        if !asked && self.given < 2 {
            return None;
        }
        Some(Layout { text: text?, role, start, end, id, meta: self.meta, voices: Vec::new(), from: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_every_hand() {
        for (name, found) in [
            ("角色", Some(Field::Role)),
            (" Speaker ", Some(Field::Role)),
            ("对话内容", Some(Field::Text)),
            ("Start_Time (ms)", Some(Field::Start)),
            ("start_ms", Some(Field::Start)),
            ("结束时间（秒）", Some(Field::End)),
            ("会话ID", Some(Field::Id)),
            ("坐席工号", Some(Field::Meta(HeaderField::Staff))),
            ("工单编号", Some(Field::Meta(HeaderField::Case))),
            ("备注", None),
            ("您好，请坐", None),
        ] {
            assert_eq!(ranked(name).map(|(field, _)| field), found, "{name}");
        }
    }

    #[test]
    fn what_the_user_says_of_columns() {
        let columns: Columns = "role=客服, text=内容".parse().unwrap();
        assert_eq!(columns.0, [(Field::Role, "客服".into()), (Field::Text, "内容".into())]);
        for wrong in ["", "role", "boss=x", "text="] {
            assert!(matches!(wrong.parse::<Columns>(), Err(ReadError::BadColumns { .. })), "{wrong}");
        }
        let numbers: Columns = "text=3，role=1".parse().unwrap();
        assert_eq!(by_number(&numbers).map(|l| (l.text, l.role)), Some((2, Some(0))));
    }
}
