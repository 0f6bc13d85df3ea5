//! Lines above a conversation that tell about it: `日期：…`, `来访方式：…`.

use crate::transcript::{Channel, Meta};

/// What a header line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Field {
    Date,
    Channel,
    Case,
    Staff,
    Recording,
    /// Something else that is no speech.
    Other,
}

impl Field {
    /// Keeps `value`, the first of its kind, where it makes sense.
    pub(in crate::read) fn keep(self, meta: &mut Meta, value: &str) {
        let value = value.trim();
        if value.is_empty() || value.chars().count() > 80 {
            return;
        }
        let slot = match self {
            Field::Date if value.starts_with(|c: char| c.is_ascii_digit() || "二〇".contains(c)) => {
                &mut meta.date
            }
            Field::Case => &mut meta.case,
            Field::Staff => &mut meta.staff,
            Field::Recording => &mut meta.recording,
            Field::Channel => {
                meta.channel = meta.channel.or_else(|| channel(value));
                return;
            }
            Field::Date | Field::Other => return,
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
}

fn channel(value: &str) -> Option<Channel> {
    let has = |words: &[&str]| words.iter().any(|word| value.contains(word));
    if has(&["电话", "電話", "来电", "热线", "phone"]) {
        Some(Channel::Phone)
    } else if has(&["来信", "信件", "letter"]) {
        Some(Channel::Letter)
    } else if has(&["来访", "走访", "窗口", "現場", "现场", "visit"]) {
        Some(Channel::Visit)
    } else {
        None
    }
}

/// What the header field `key` tells; `None` for what is no header field.
pub(in crate::read) fn header_field(key: &str) -> Option<Field> {
    Some(match key.trim() {
        "日期" | "来访日期" | "接访日期" | "通话日期" | "录音日期" | "来电日期" | "date" | "Date" => {
            Field::Date
        }
        "时间" | "時間" | "来访时间" | "接访时间" | "通话时间" | "录音时间" | "来电时间" | "开始时间"
        | "会议时间" | "time" | "Time" => Field::Date,
        "渠道" | "来访方式" | "信访形式" | "信访方式" | "受理渠道" | "诉求渠道" => {
            Field::Channel
        }
        "案号" | "编号" | "編號" | "案件编号" | "信访编号" | "信访件编号" | "工单号" | "工单编号"
        | "受理编号" | "登记号" => Field::Case,
        "坐席姓名" | "客服姓名" | "坐席工号" | "工号" | "接待人姓名" | "接待人员姓名" | "工作人员姓名"
        | "接访人姓名" => Field::Staff,
        "录音" | "录音文件" | "录音编号" | "录音名称" | "录音号" | "文件名" | "文件" | "音频"
        | "音频文件" => Field::Recording,
        "结束时间" | "时长" | "時長" | "录音时长" | "通话时长" | "地点" | "地點" | "会议地点"
        | "接访地点" | "主题" | "会议主题" | "议题" | "标题" | "題目" | "题目" | "参会人" | "参会人员"
        | "参与人" | "与会人" | "与会人员" | "发言人数" | "关键词" | "关键字" | "文字记录" | "摘要"
        | "会议摘要" | "纪要" | "会议纪要" | "转写时间" | "导出时间" | "创建时间" | "语言" | "备注"
        | "注" | "说明" | "适用" | "带教" | "单位" | "部门" | "电话" | "号码" | "来电号码" | "主叫"
        | "被叫" | "地址" => Field::Other,
        _ => return None,
    })
}

/// Whether a line of its own heads what is told about a conversation (`全文摘要`), or the conversation (`文字记录`).
pub(in crate::read) fn section(line: &str) -> Option<bool> {
    let heading = line.trim().trim_end_matches(['：', ':']);
    match heading {
        "关键词" | "摘要" | "全文摘要" | "全文概要" | "会议摘要" | "智能摘要" | "章节速览" | "智能章节"
        | "章节" | "发言总结" | "要点回顾" | "问答回顾" | "待办" | "待办事项" | "会议待办" | "会议纪要"
        | "智能纪要" | "总结" => Some(true),
        "文字记录" | "原文" | "原文记录" | "会议原文" | "语音转写" | "语音转文字" | "转写原文"
        | "转写记录" | "转写内容" | "转写结果" | "逐字稿" | "发言记录" => Some(false),
        _ => None,
    }
}

/// Whether a line of its own behind words begins what is told about them: only headings that nobody says.
pub(in crate::read) fn closing(line: &str) -> bool {
    section(line) == Some(true) && line.trim().trim_end_matches(['：', ':']).chars().count() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_fields_are_kept_where_they_are_obvious() {
        let mut meta = Meta::default();
        for (key, value) in [
            ("日期", " 2025-08-26 "),
            ("时间", "明天"),
            ("来访方式", "电话"),
            ("案号", "CZ-1"),
            ("地点", "三楼"),
        ] {
            header_field(key).unwrap().keep(&mut meta, value);
        }
        assert_eq!(meta.date.as_deref(), Some("2025-08-26"));
        assert_eq!((meta.channel, meta.case.as_deref()), (Some(Channel::Phone), Some("CZ-1")));
        assert_eq!(header_field("客服"), None);
        assert_eq!(
            (section("全文摘要："), section(" 文字记录"), section("您好")),
            (Some(true), Some(false), None)
        );
    }
}
