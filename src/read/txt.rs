//! Plain text: labelled lines as people write them, minutes as recognisers export them, or nothing but speech.
//!
//! - With labels: each labelled line begins a turn, lines without one go on with it. Lines before the first label are
//!   the header: fields (`日期：…`) are kept, a line that ends like a sentence is speech of nobody named, the rest
//!   (`关键词`, `文字记录`, a title) is no speech, nor is what stands under `全文摘要`, `章节速览` and the like.
//! - Without: each line is a turn of nobody named, after header fields at the top.
//! - Times give starts only, unless a line gives both: the end then equals the start.

use super::labels::{Census, Kind, Lead, addresses, closing, header_field, lead, section};
use super::lines::{lines, offset};
use super::remarks;
use super::turns::{Join, Turns, Who};
use crate::text::{Raw, Span};
use crate::transcript::Transcript;

/// A line that is not blank.
struct Line<'a> {
    start: usize,
    end: usize,
    lead: Option<Lead<'a>>,
    id: Option<u32>,
}

/// Reads plain text; nothing where nobody says a word.
pub(super) fn read(text: &str) -> Option<Transcript> {
    let mut census = Census::default();
    let (lines, remarks) = survey(text, &mut census);
    let mut reader = Reader {
        turns: Turns::new(text),
        speakers: Vec::new(),
        now: None,
        pending: None,
        begun: false,
        about: false,
    };
    reader.turns.about().remarks = remarks;
    for line in &lines {
        reader.line(text, line, &census);
    }
    reader.settle();
    reader.turns.finish()
}

/// What stands on the lines, and the comments beside it.
fn survey<'a>(text: &'a str, census: &mut Census<'a>) -> (Vec<Line<'a>>, Vec<Span<Raw>>) {
    let (mut out, mut remarks) = (Vec::with_capacity(text.len() / 64), Vec::new());
    for (start, end) in lines(text) {
        let found = remarks::in_line(text, start..end);
        let starts = std::iter::once(start).chain(found.iter().map(|remark| remark.range().end));
        let ends = found.iter().map(|remark| remark.range().start).chain([end]);
        for (start, end) in starts.zip(ends) {
            let line = text.get(start..end).unwrap_or("");
            if line.trim_start().is_empty() {
                continue;
            }
            let lead = lead(line);
            let id = census.count(lead.as_ref());
            out.push(Line { start, end, lead, id });
        }
        remarks.extend(found);
    }
    census.decide();
    (out, remarks)
}

struct Reader<'a> {
    turns: Turns<'a>,
    /// The speaker of each would-be label, once it has spoken.
    speakers: Vec<Option<u32>>,
    /// Who speaks; nothing before the first label.
    now: Option<Who>,
    /// A label that has had no words yet.
    pending: Option<u32>,
    /// Whether the first speech has been met.
    begun: bool,
    /// Whether what stands here is told about the conversation: a summary, a list of chapters.
    about: bool,
}

impl<'a> Reader<'a> {
    fn line(&mut self, text: &'a str, line: &Line<'a>, census: &Census<'_>) {
        if let Some(lead) = line.lead
            && line.id.is_some_and(|id| census.is_label(id))
        {
            return self.labelled(text, line, lead);
        }
        let above = self.now.is_none() && census.any();
        let whole = text.get(line.start..line.end).unwrap_or("");
        if above && let Some(about) = section(whole) {
            self.about = about;
            return;
        }
        if self.now.is_some() && closing(whole) {
            self.settle();
            self.about = true;
        }
        if let Some(lead) = line.lead {
            if above && !self.about && addresses(&lead, whole.get(lead.body..).unwrap_or("")) {
                return self.labelled(text, line, lead);
            }
            let timed = matches!(lead.kind, Kind::Unlabelled | Kind::Ahead) && !self.about;
            if timed && census.times_stand_alone() {
                return self.timed(text, line, lead);
            }
            if !self.begun && self.field(text, line, lead) {
                return;
            }
        }
        if self.about {
            return;
        }
        self.bare(text, line, census.any());
    }

    fn labelled(&mut self, text: &str, line: &Line<'_>, lead: Lead<'_>) {
        self.settle();
        (self.begun, self.about) = (true, false);
        let at = offset(line.start);
        let speaker = Some(self.speaker(line, lead.label));
        let clock = lead.time.map(|(start, end)| self.turns.clock(start, end, at));
        self.now = Some(Who { speaker, clock, ..Who::default() });
        self.pending = Some(at);
        let body = if lead.kind == Kind::Ahead { line.end } else { line.start + lead.body };
        self.words(text, body, line.end);
    }

    /// The index of the label, looked up by name only once.
    fn speaker(&mut self, line: &Line<'_>, label: &str) -> u32 {
        let id = line.id.unwrap_or(0) as usize;
        if let Some(Some(known)) = self.speakers.get(id) {
            return *known;
        }
        let index = self.turns.speaker(label);
        if self.speakers.len() <= id {
            self.speakers.resize(id + 1, None);
        }
        if let Some(slot) = self.speakers.get_mut(id) {
            *slot = Some(index);
        }
        index
    }

    /// A line with a time and no label: goes on with the speaker, at its own time.
    fn timed(&mut self, text: &str, line: &Line<'_>, lead: Lead<'_>) {
        self.begun = true;
        let at = offset(line.start);
        let clock = lead.time.map(|(start, end)| self.turns.clock(start, end, at));
        let who = self.now.map(|who| Who { clock, ..who }).unwrap_or(Who {
            clock,
            join: Join::Never,
            ..Who::default()
        });
        self.now = self.now.map(|_| who);
        let span = Span::of(line.start + lead.body..line.end);
        if !span.slice(text).trim().is_empty() {
            self.pending = None;
            self.turns.say_at(who, span);
            self.forget_clock();
        }
    }

    /// A field of the header: true where the line is one.
    fn field(&mut self, text: &str, line: &Line<'_>, lead: Lead<'_>) -> bool {
        let Some(field) = header_field(lead.label).filter(|_| lead.kind == Kind::Colon) else {
            return false;
        };
        let value = text.get(line.start + lead.body..line.end).unwrap_or("");
        field.keep(&mut self.turns.about().meta, value);
        true
    }

    fn bare(&mut self, text: &str, line: &Line<'_>, labels: bool) {
        if self.now.is_some() {
            return self.words(text, line.start, line.end);
        }
        let words = text.get(line.start..line.end).unwrap_or("").trim_end();
        if labels && !words.ends_with(['。', '！', '？', '!', '?', '…']) {
            return;
        }
        self.begun = true;
        self.turns.say_at(Who { join: Join::Never, ..Who::default() }, Span::of(line.start..line.end));
    }

    fn words(&mut self, text: &str, start: usize, end: usize) {
        let (Some(who), Some(words)) = (self.now, text.get(start..end)) else {
            return;
        };
        if words.trim_start().is_empty() {
            return;
        }
        self.pending = None;
        self.turns.say_at(who, Span::of(start..end));
        self.forget_clock();
    }

    /// A label's time is that of its first line only.
    fn forget_clock(&mut self) {
        if let Some(who) = &mut self.now {
            who.clock = None;
        }
    }

    fn settle(&mut self) {
        if let Some(at) = self.pending.take() {
            self.turns.silence(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines, said};
    use crate::transcript::{Channel, Times};

    #[test]
    fn labelled_lines_and_those_that_go_on() {
        let text = "工作人员：您好，请坐。\n来访人: 我来问一下，\n 九月份的补助。\n\n还没到账。\n工作人员：我查查\n工作人员：查到了\n";
        assert_eq!(
            lines(text, "a.txt"),
            [
                "工作人员: 您好，请坐。",
                "来访人: 我来问一下，九月份的补助。还没到账。",
                "工作人员: 我查查查到了"
            ]
        );
    }

    #[test]
    fn a_colon_in_speech_makes_no_label() {
        let text = "客服：您讲\n客户：我跟你说：这事不对\n原因：没人管\n客服：哦\n";
        assert_eq!(lines(text, "a.txt"), ["客服: 您讲", "客户: 我跟你说：这事不对原因：没人管", "客服: 哦"]);
    }

    #[test]
    fn minutes_with_times_on_the_label() {
        let text =
            "关键词\n医保 报销\n\n文字记录\n说话人1 00:02\n怎么回事？\n你讲。\n\n说话人2 00:09\n没报。\n";
        let document = checked(text.as_bytes(), "a.txt").unwrap();
        let conversation = &document.conversations[0];
        assert_eq!(lines(text, "a.txt"), ["说话人1: 怎么回事？你讲。", "说话人2: 没报。"]);
        let starts: Vec<_> = conversation.turns.iter().map(|turn| turn.clock().unwrap()).collect();
        assert_eq!((starts[0].start, starts[0].end, starts[1].start), (2_000, 2_000, 9_000));
        assert_eq!((conversation.times, conversation.overlap), (Times::Turn, false));
    }

    #[test]
    fn a_time_ahead_of_the_name_or_in_brackets_behind_it() {
        let text = "00:02 周敏\n您讲。\n\n00:05 说话人2\n我问一下。\n还没到账。\n";
        assert_eq!(lines(text, "a.txt"), ["周敏: 您讲。", "说话人2: 我问一下。还没到账。"]);
        let text = "周敏（00:02）\n您讲。\n说话人2（00:05）\n我问一下。\n";
        assert_eq!(lines(text, "a.txt"), ["周敏: 您讲。", "说话人2: 我问一下。"]);
        let text = "周敏(00:00:02): 您讲。\n老潘(00:00:05): 我问：钱呢？\n周敏(00:00:09): 查到了。\n";
        assert_eq!(lines(text, "a.txt"), ["周敏: 您讲。", "老潘: 我问：钱呢？", "周敏: 查到了。"]);
        // Each line its own words: what looks like a name was said.
        assert_eq!(lines("00:02 您讲\n00:05 谢谢\n00:09 不谢\n", "a.txt"), ["-: 您讲", "-: 谢谢", "-: 不谢"]);
    }

    #[test]
    fn lines_with_both_times_and_a_number() {
        let text = "[0:0.020,0:2.380,1]  您好。\n[0:2.500,0:4.000,0]  我问一下。\n";
        assert_eq!(lines(text, "a.txt"), ["1: 您好。", "0: 我问一下。"]);
        let document = checked(text.as_bytes(), "a.txt").unwrap();
        let clock = document.conversations[0].turns[1].clock().unwrap();
        assert_eq!((clock.start, clock.end), (2_500, 4_000));
        assert_eq!(
            lines("[0:0.020,0:2.380]  您好。\n[0:2.500,0:4.000]  在吗？\n", "a.txt"),
            ["-: 您好。", "-: 在吗？"]
        );
    }

    #[test]
    fn a_summary_above_the_conversation_is_no_speech() {
        let text = "来访录音\n\n全文摘要：\n来访人问低保，工作人员说你急什么。\n发言总结\n00:01 开始\n\n语音转写\n您稍等。\n工作人员 00:02\n您讲。\n";
        assert_eq!(lines(text, "a.txt"), ["-: 您稍等。", "工作人员: 您讲。"]);
    }

    #[test]
    fn a_summary_below_the_conversation_is_no_speech() {
        let text = "工作人员：您讲。\n来访人：总结\n待办\n工作人员：好。\n\n全文摘要\n来访人问低保。\n00:01 开始\n智能纪要：\n你急什么\n工作人员：再见。\n";
        assert_eq!(lines(text, "a.txt"), ["工作人员: 您讲。", "来访人: 总结待办", "工作人员: 好。再见。"]);
    }

    #[test]
    fn speech_above_the_first_sure_label_is_not_lost() {
        let text = "来访：几点上班\n工作人员：急什么\n工作人员：等着\n";
        assert_eq!(lines(text, "a.txt"), ["来访: 几点上班", "工作人员: 急什么等着"]);
        let text = "标题：演练\n主办：信访局\n大个子：我来问一下\n补助的事\n工作人员：急什么\n";
        assert_eq!(lines(text, "a.txt"), ["大个子: 我来问一下补助的事", "工作人员: 急什么"]);
    }

    #[test]
    fn a_header_is_kept_and_not_heard() {
        let text = "会议主题：来访录音\n日期：2025-08-26 \n来访方式：电话\n 00:05 发言人1: 你好\n00:15 发言人2: 我问一下\n";
        let document = checked(text.as_bytes(), "a.txt").unwrap();
        let meta = &document.conversations[0].meta;
        assert_eq!((meta.date.as_deref(), meta.channel), (Some("2025-08-26"), Some(Channel::Phone)));
        assert_eq!(lines(text, "a.txt"), ["发言人1: 你好", "发言人2: 我问一下"]);
    }

    #[test]
    fn without_labels_each_line_is_a_turn() {
        assert_eq!(lines("您好，请坐。\n\n你急什么\n", "a.txt"), ["-: 您好，请坐。", "-: 你急什么"]);
        assert_eq!(lines("[00:01] 您好\n[00:04] 请坐\n", "a.txt"), ["-: 您好", "-: 请坐"]);
        assert_eq!(lines("12:30 我就来了，等到现在。\n你们几点上班？\n没人答应。", "a.txt").len(), 3);
    }

    #[test]
    fn chat_tabs_brackets_and_additions() {
        assert_eq!(
            lines("客服 09:12:33\n您好\n客户 09:12:40\n在吗\n", "a.txt"),
            ["客服: 您好", "客户: 在吗"]
        );
        assert_eq!(lines("客服\t您好\n客户\t在吗\n", "a.txt"), ["客服: 您好", "客户: 在吗"]);
        assert_eq!(lines("【客服】您好\n【客户】在吗\n", "a.txt"), ["客服: 您好", "客户: 在吗"]);
        assert_eq!(
            lines("客服（李某）：您好\n客户（女）：在\n", "a.txt"),
            ["客服（李某）: 您好", "客户（女）: 在"]
        );
        assert_eq!(
            lines("来訪人：幾號？\r\n工作人員：四十二號。\r\n", "a.txt"),
            ["来訪人: 幾號？", "工作人員: 四十二號。"]
        );
    }

    #[test]
    fn comments_to_wuxin_are_kept_apart() {
        let text = "# wuxin: ignore B20 -- 示范\n客服：急什么# wuxin: x\n// wuxin: y\n你急什么 <!-- wuxin: z -->啊\n# 一\n";
        assert_eq!(lines(text, "a.txt"), ["客服: 急什么你急什么啊# 一"]);
        let document = checked(text.as_bytes(), "a.txt").unwrap();
        let remarks = document.conversations[0].remarks.iter().map(|span| document.source.slice(*span));
        let wanted = ["# wuxin: ignore B20 -- 示范", "# wuxin: x", "// wuxin: y", "<!-- wuxin: z -->"];
        assert_eq!(remarks.collect::<Vec<_>>(), wanted);
        assert_eq!(document.format, crate::read::Format::Txt);
    }

    #[test]
    fn labels_without_words_are_noted_and_dropped() {
        let text = "客服：\n客户：在吗\n客服：\n您好\n客户：\n";
        assert_eq!(said(text, "a.txt").len(), 2);
        let notes = checked(text.as_bytes(), "a.txt").unwrap().conversations[0].notes.clone();
        assert_eq!((notes[0].code, notes[0].detail.as_str()), ("empty-turns", "1 (2)"));
        assert_eq!(
            checked("客服：\n客户：\n".as_bytes(), "a.txt").unwrap_err(),
            crate::read::ReadError::NoSpeech
        );
    }
}
