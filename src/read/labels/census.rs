//! Which of a file's would-be labels are labels.

use super::lead::{Kind, Lead};
use super::words::{is_name, is_note, is_role, is_speech};
use std::collections::HashMap;

/// All that the lines of a file begin with.
#[derive(Default)]
pub(in crate::read) struct Census<'a> {
    seen: HashMap<&'a str, u32>,
    entries: Vec<Entry<'a>>,
    last: u32,
    lines: usize,
    times: usize,
    alone: usize,
    /// Lines of `Kind::Ahead`, and lines that begin with neither time nor label.
    ahead: usize,
    bare: usize,
    known: Vec<bool>,
}

struct Entry<'a> {
    label: &'a str,
    count: usize,
    /// Of these, with a time or in brackets.
    marked: usize,
    /// Of these, `Kind::Alone`.
    alone: usize,
    /// Of these, `Kind::Ahead`.
    ahead: usize,
}

impl<'a> Census<'a> {
    /// Counts one line that is not blank, and gives the number of its would-be label.
    pub(in crate::read) fn count(&mut self, lead: Option<&Lead<'a>>) -> Option<u32> {
        self.lines += 1;
        self.bare += usize::from(lead.is_none());
        let lead = lead?;
        if lead.kind == Kind::Unlabelled {
            self.times += 1;
            return None;
        }
        self.alone += usize::from(lead.kind == Kind::Alone);
        self.ahead += usize::from(lead.kind == Kind::Ahead);
        let id = self.id(lead.label);
        if let Some(entry) = self.entries.get_mut(id as usize) {
            entry.count += 1;
            entry.marked += usize::from(lead.time.is_some() || lead.kind == Kind::Bracket);
            entry.alone += usize::from(lead.kind == Kind::Alone);
            entry.ahead += usize::from(lead.kind == Kind::Ahead);
        }
        Some(id)
    }

    fn id(&mut self, label: &'a str) -> u32 {
        let hit = |id: u32| self.entries.get(id as usize).is_some_and(|entry| entry.label == label);
        // Two people take turns: try the labels of the last two lines before the table.
        for id in [self.last.wrapping_sub(1), self.last, self.last + 1] {
            if hit(id) {
                self.last = id;
                return id;
            }
        }
        let next = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let id = *self.seen.entry(label).or_insert(next);
        if id == next {
            self.entries.push(Entry { label, count: 0, marked: 0, alone: 0, ahead: 0 });
        }
        self.last = id;
        id
    }

    /// Decides, once every line has been counted.
    pub(in crate::read) fn decide(&mut self) {
        // Without words on lines of their own, what stands behind a time is what was said.
        if self.bare < self.ahead {
            self.times += self.ahead;
            for entry in &mut self.entries {
                entry.count -= entry.ahead;
                entry.marked -= entry.ahead;
            }
        }
        let sure: Vec<bool> = self.entries.iter().map(|entry| self.is_sure(entry)).collect();
        let any = sure.contains(&true);
        let once = self.entries.iter().filter(|entry| plausible(entry.label)).count();
        let lone = !any && once * 2 >= self.lines;
        self.known = self
            .entries
            .iter()
            .zip(sure)
            .map(|(entry, sure)| sure || lone && entry.count > 0 && plausible(entry.label))
            .collect();
    }

    fn is_sure(&self, entry: &Entry<'_>) -> bool {
        if entry.count == 0 || is_note(entry.label) {
            return false;
        }
        if is_role(entry.label) {
            return true;
        }
        if is_speech(entry.label) {
            return entry.alone > 1 && entry.alone * 4 >= self.lines;
        }
        let often =
            entry.count >= 3 && entry.count * 200 >= self.lines || entry.count == 2 && self.lines <= 20;
        let minutes = entry.alone > 0 && (self.alone > 1 || self.lines <= 3);
        minutes || entry.marked > 1 || often || is_name(entry.label)
    }

    /// Whether would-be label `id` is one.
    pub(in crate::read) fn is_label(&self, id: u32) -> bool {
        self.known.get(id as usize).copied().unwrap_or(false)
    }

    /// Whether there is any label.
    pub(in crate::read) fn any(&self) -> bool {
        self.known.contains(&true)
    }

    /// Whether a time without a label begins a line here as a rule: half of the lines, or labelled ones have times too.
    pub(in crate::read) fn times_stand_alone(&self) -> bool {
        let marked = self.entries.iter().map(|entry| entry.marked).sum::<usize>();
        self.times * 2 >= self.lines || self.times > 0 && marked * 2 >= self.lines.saturating_sub(self.times)
    }

    /// How many lines are labelled with a known role or a name: more than a document that only has colons.
    pub(in crate::read) fn people(&self) -> usize {
        let known = self.entries.iter().zip(&self.known).filter(|(_, known)| **known);
        known
            .filter(|(entry, _)| is_role(entry.label) || is_name(entry.label))
            .map(|(entry, _)| entry.count)
            .sum()
    }
}

/// Whether a line above the first sure label is speech of somebody whom its label names: it speaks to somebody.
pub(in crate::read) fn addresses(lead: &Lead<'_>, words: &str) -> bool {
    let set_off = matches!(lead.kind, Kind::Colon | Kind::Bracket | Kind::Tab);
    set_off && plausible(lead.label) && words.contains(['我', '你', '您', '咱', '吗', '呢', '吧', '啊', '嗎'])
}

fn plausible(label: &str) -> bool {
    !is_speech(label) && !is_note(label)
}

#[cfg(test)]
mod tests {
    use super::super::lead;
    use super::*;

    fn labels(text: &str) -> Vec<&str> {
        let mut census = Census::default();
        let found: Vec<_> = text.lines().map(lead).collect();
        let ids: Vec<_> = found.iter().map(|lead| census.count(lead.as_ref())).collect();
        census.decide();
        let mut out = Vec::new();
        for (lead, id) in found.iter().zip(ids) {
            if let (Some(lead), Some(id)) = (lead, id)
                && census.is_label(id)
                && !out.contains(&lead.label)
            {
                out.push(lead.label);
            }
        }
        out
    }

    #[test]
    fn a_sentence_before_a_colon_is_no_label() {
        let text = "工作人员：你讲\n来访人：好的\n我跟你说：不行\n原因：没有钱\n工作人员：嗯\n来访人：唉";
        assert_eq!(labels(text), ["工作人员", "来访人"]);
    }

    #[test]
    fn unknown_labels_count_where_they_recur_or_stand_for_all() {
        assert_eq!(labels("东窗：好\n西窗：好\n东窗：行\n西窗：行"), ["东窗", "西窗"]);
        assert_eq!(labels("东窗：好\n西窗：好"), ["东窗", "西窗"]);
        assert_eq!(labels("工作人员：好\n老潘：好\n东窗：好"), ["工作人员", "老潘"]);
        assert_eq!(labels("日期：今天\n地点：三楼"), [""; 0]);
    }
}
