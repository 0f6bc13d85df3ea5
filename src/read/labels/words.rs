//! Words that tell a label from the beginning of a sentence.

use crate::transcript::{Channel, Meta};

/// Labels by themselves, or with a number, a letter or a name before or behind (`工作人员2`, `客服小李`, `第一来访人`).
const ROLES: &[&str] = &[
    "工作人员",
    "接待人员",
    "接待员",
    "接待人",
    "接待",
    "接访人员",
    "接访员",
    "接访人",
    "客服人员",
    "客服专员",
    "客服",
    "坐席",
    "座席",
    "话务员",
    "接线员",
    "窗口",
    "经办人",
    "经办员",
    "办事员",
    "办信员",
    "调解员",
    "受理员",
    "受理人",
    "值班员",
    "值班人员",
    "值班领导",
    "引导员",
    "导办员",
    "志愿者",
    "保安",
    "民警",
    "警官",
    "干部",
    "科员",
    "科长",
    "主任",
    "局长",
    "处长",
    "律师",
    "来访人员",
    "来访人",
    "来访者",
    "来访群众",
    "信访人",
    "上访人",
    "上访者",
    "群众",
    "市民",
    "客户",
    "居民",
    "村民",
    "业主",
    "用户",
    "顾客",
    "访客",
    "家属",
    "家屬",
    "家长",
    "当事人",
    "申请人",
    "投诉人",
    "反映人",
    "举报人",
    "来电人",
    "来信人",
    "求助人",
    "咨询人",
    "诉求人",
    "旁听",
    "说话人",
    "发言人",
    "讲话人",
    "发言者",
    "主持人",
    "记录人",
    "询问人",
    "被询问人",
    "甲方",
    "乙方",
    "对方",
    "speaker",
    "spk",
    "agent",
    "customer",
    "client",
    "staff",
    "visitor",
    "operator",
    "caller",
    "user",
    "clerk",
    "channel",
];

/// Labels by themselves only.
const WHOLE: &[&str] = &[
    "甲",
    "乙",
    "丙",
    "丁",
    "问",
    "答",
    "問",
    "男",
    "女",
    "我",
    "老人",
    "老人家",
    "男子",
    "女子",
    "男士",
    "女士",
    "大爷",
    "大妈",
    "阿姨",
    "记者",
    "评论员",
    "q",
    "a",
    "b",
    "c",
    "d",
    "e",
];

/// Characters that sentences are made of and labels are not.
const SPEECH: &str = "我你您他她它这那哪的了吗呢吧啊呀嘛哦就不没说讲问叫找请跟是在把被让给都也还很太什怎么想看听知道有一下要这個說講問請嗎沒還給讓聽";

/// Frequent surnames that seldom begin another word.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方\
石姚谭廖邹熊陆郝孔崔邱秦江顾侯邵孟龙段雷钱汤尹易武贺赖龚樊殷施翟倪严牛俞季葛毕柯裴桑柳骆闵卞屠於盛储恽承巢是岳宦郗涂苗阮冷柏\
張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許沈呂蘇盧蔣賈葉陸顧錢湯龔嚴";

/// Words that begin like a name and are none.
const NO_NAMES: &[&str] = &[
    "方案",
    "方法",
    "方式",
    "方面",
    "石头",
    "雷声",
    "钱款",
    "任务",
    "马上",
    "江苏",
    "江苏省",
    "武进",
    "武进区",
    "钟楼",
    "钟楼区",
    "易拉宝",
    "于是",
    "段落",
    "严重",
    "何况",
    "何时",
    "何地",
    "盛况",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "周末",
    "周边",
    "余额",
    "余下",
    "许可",
    "许可证",
    "许多",
    "范围",
    "田地",
    "林地",
    "龙头",
    "夏天",
    "夏季",
    "秦岭",
    "金额",
    "牛奶",
    "黄牌",
    "叶子",
    "汤水",
    "方便",
    "任何",
    "承诺",
    "承诺书",
    "季度",
    "季节",
    "施工",
    "施工方",
    "毕竟",
    "顾虑",
    "储蓄",
    "冷静",
    "曾经",
    "姜汤",
    "严禁",
    "许可",
    "是否",
];

/// Words that introduce what is written about speech, not who speaks.
const NOTES: &[&str] = &[
    "正确",
    "错误",
    "正例",
    "反例",
    "示例",
    "例如",
    "例",
    "要求",
    "注意",
    "注意事项",
    "提示",
    "目的",
    "背景",
    "步骤",
    "结论",
    "总结",
    "小结",
    "点评",
    "要点",
    "场景",
    "情景",
    "原因",
    "结果",
    "问题",
    "措施",
    "建议",
    "忌语",
    "禁语",
    "文明用语",
    "用法",
    "一",
    "二",
    "三",
    "第一",
    "第二",
    "第三",
    "首先",
    "其次",
    "最后",
    "note",
    "example",
    "warning",
    "tip",
    "todo",
];

/// Whether it introduces something else than speech.
pub(super) fn is_note(label: &str) -> bool {
    let lower = label.trim().to_ascii_lowercase();
    NOTES.contains(&lower.as_str()) || header_field(label).is_some()
}

/// What follows a surname, or stands before a name, in how people are called.
const TITLES: &[&str] = &[
    "先生", "女士", "老师", "老師", "师傅", "師傅", "阿姨", "大爷", "大妈", "大姐", "大哥", "奶奶", "爷爷",
    "叔叔", "经理", "主任", "科长", "局长", "处长", "书记", "所长", "站长", "队长", "警官", "律师", "医生",
    "同学", "同志", "某", "某某", "某人", "总", "工", "姐", "哥", "嫂", "婶",
];

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

/// A label beyond doubt: a known role or `说话人1`, `A`, `3`.
pub(in crate::read) fn is_role(label: &str) -> bool {
    let bare = without_addition(label);
    let lower: String = bare.chars().map(folded).collect();
    if WHOLE.contains(&lower.as_str()) || is_letter(bare) {
        return true;
    }
    ROLES.iter().any(|role| {
        let rest = lower.strip_prefix(role).or_else(|| lower.strip_suffix(role));
        rest.is_some_and(|rest| {
            rest.chars().count() <= 4 && !rest.chars().any(|c| SPEECH.contains(c) && c != '一')
        })
    })
}

/// Lower case, simplified script: as far as [`ROLES`] needs it.
fn folded(c: char) -> char {
    match c {
        '來' => '来',
        '訪' => '访',
        '員' => '员',
        '務' => '务',
        '線' => '线',
        '經' => '经',
        '辦' => '办',
        '調' => '调',
        '處' => '处',
        '長' => '长',
        '幹' => '干',
        '訴' => '诉',
        '請' => '请',
        '當' => '当',
        '業' => '业',
        '戶' => '户',
        '顧' => '顾',
        '說' => '说',
        '話' => '话',
        '發' => '发',
        '講' => '讲',
        '問' => '问',
        '對' => '对',
        '眾' => '众',
        '記' => '记',
        '錄' => '录',
        '詢' => '询',
        '電' => '电',
        _ => c.to_ascii_lowercase(),
    }
}

/// A single letter, perhaps with a number: `A`, `Ｂ`, `A1`.
fn is_letter(label: &str) -> bool {
    let mut chars = label.chars();
    let letter = |c: char| c.is_ascii_uppercase() || ('Ａ'..='Ｚ').contains(&c);
    chars.next().is_some_and(letter) && chars.as_str().len() <= 2 && chars.all(|c| c.is_ascii_digit())
}

fn without_addition(label: &str) -> &str {
    label.split(['（', '(']).next().unwrap_or(label).trim()
}

/// Whether it reads like the beginning of a sentence.
pub(super) fn is_speech(label: &str) -> bool {
    without_addition(label).chars().any(|c| SPEECH.contains(c))
}

/// Whether it looks like somebody's name: surname and one or two characters, `老潘`, `周主任`.
pub(super) fn is_name(label: &str) -> bool {
    let bare = without_addition(label);
    if NO_NAMES.contains(&bare) {
        return false;
    }
    let mut chars = bare.chars();
    let (Some(first), rest) = (chars.next(), chars.as_str()) else {
        return false;
    };
    let nick = matches!(first, '老' | '小' | '阿') && rest.chars().count() == 1 && SURNAMES.contains(rest);
    let family =
        SURNAMES.contains(first) && (matches!(rest.chars().count(), 1 | 2) || TITLES.contains(&rest));
    nick || family && !(rest.is_empty() || is_speech(rest)) || double(bare)
}

fn double(bare: &str) -> bool {
    let surname = ["欧阳", "上官", "司马", "诸葛", "皇甫", "司徒", "歐陽"]
        .iter()
        .find_map(|name| bare.strip_prefix(name));
    surname.is_some_and(|rest| matches!(rest.chars().count(), 1 | 2) && !is_speech(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_names_and_sentences() {
        for label in [
            "工作人员",
            "工作人员2",
            "客服小李",
            "说话人 1",
            "SPEAKER_00",
            "A",
            "Ｂ",
            "群众甲",
            "来访人（男）",
            "问",
            "第一来访人",
        ] {
            assert!(is_role(label), "{label}");
        }
        for label in ["我跟你说", "请找客服", "我是客服", "比如", "原因", "A座"] {
            assert!(!is_role(label), "{label}");
        }
        for label in ["陆建华", "周敏", "老潘", "周主任", "欧阳娜", "王某某"] {
            assert!(is_name(label), "{label}");
        }
        for label in ["方案", "周一", "于是", "原因", "结果", "张我", "王", "Note"] {
            assert!(!is_name(label), "{label}");
        }
        assert!(is_speech("我跟你说") && is_speech("就是说") && !is_speech("来访人"));
    }

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
    }
}
