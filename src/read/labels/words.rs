//! Words that tell a label from the beginning of a sentence.

use super::header::header_field;

/// Labels by themselves, or with a number, a letter or a name before or behind (`工作人员2`, `客服小李`, `第一来访人`).
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "工作人员", "接待人员", "接待员", "接待人", "接待", "接访人员", "接访员", "接访人", "客服人员",
    "客服专员", "客服", "坐席", "座席", "话务员", "接线员", "窗口", "经办人", "经办员", "办事员", "办信员",
    "调解员", "受理员", "受理人", "值班员", "值班人员", "值班领导", "引导员", "导办员", "志愿者", "保安",
    "民警", "警官", "干部", "科员", "科长", "主任", "局长", "处长", "律师", "来访人员", "来访人", "来访者",
    "来访群众", "信访人", "上访人", "上访者", "群众", "市民", "客户", "居民", "村民", "业主", "用户",
    "顾客", "访客", "家属", "家屬", "家长", "当事人", "申请人", "投诉人", "反映人", "举报人", "来电人",
    "来信人", "求助人", "咨询人", "诉求人", "旁听", "说话人", "发言人", "讲话人", "发言者", "主持人",
    "记录人", "询问人", "被询问人", "甲方", "乙方", "对方", "speaker", "spk", "agent", "customer", "client",
    "staff", "visitor", "operator", "caller", "user", "clerk", "channel",
];

/// Labels by themselves only.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "甲", "乙", "丙", "丁", "问", "答", "問", "男", "女", "我", "老人", "老人家", "男子", "女子", "男士",
    "女士", "大爷", "大妈", "大娘", "阿姨", "老乡", "老百姓", "百姓", "农民工", "工人", "学生", "患者", "病人",
    "来访", "来电者", "办事人", "接访", "信访员", "信访专员", "柜员", "社工", "网格员", "法官", "书记员", "医生",
    "大夫", "护士", "老师", "营业员", "业务员", "服务员", "专员", "所长", "站长", "经理", "安保", "前台",
    "记者", "评论员", "q", "a", "b", "c", "d", "e",
];

/// Characters that sentences are made of and labels are not.
const SPEECH: &str = "我你您他她它这那哪的了吗呢吧啊呀嘛哦就不没说讲问叫找请跟是在把被让给都也还很太什怎么想看听知道有下要这個說講問請嗎沒還給讓聽";

/// Frequent surnames that seldom begin another word.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方\
石姚谭廖邹熊陆郝孔崔邱秦江顾侯邵孟龙段雷钱汤尹易武贺赖龚樊殷施翟倪严牛俞季葛毕柯裴桑柳骆闵卞屠於盛储恽承巢是岳宦郗涂苗阮冷柏\
張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許沈呂蘇盧蔣賈葉陸顧錢湯龔嚴";

/// Words that begin like a name and are none.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "方案", "方法", "方式", "方面", "石头", "雷声", "钱款", "任务", "马上", "江苏", "江苏省", "武进",
    "武进区", "钟楼", "钟楼区", "易拉宝", "于是", "段落", "严重", "何况", "何时", "何地", "盛况", "周一",
    "周二", "周三", "周四", "周五", "周六", "周日", "周末", "周边", "余额", "余下", "许可", "许可证",
    "许多", "范围", "田地", "林地", "龙头", "夏天", "夏季", "秦岭", "金额", "牛奶", "黄牌", "叶子", "汤水",
    "方便", "任何", "承诺", "承诺书", "季度", "季节", "施工", "施工方", "毕竟", "顾虑", "储蓄", "冷静",
    "曾经", "姜汤", "严禁", "许可", "是否",
];

/// Words that introduce what is written about speech, not who speaks.
#[rustfmt::skip]
const NOTES: &[&str] = &[
    "正确", "错误", "正例", "反例", "示例", "例如", "例", "要求", "注意", "注意事项", "提示", "目的",
    "背景", "步骤", "结论", "总结", "小结", "点评", "要点", "场景", "情景", "原因", "结果", "问题", "措施",
    "建议", "忌语", "禁语", "文明用语", "用法", "一", "二", "三", "第一", "第二", "第三", "首先", "其次",
    "最后", "note", "example", "warning", "tip", "todo",
];

/// Whether it introduces something else than speech.
pub(super) fn is_note(label: &str) -> bool {
    let lower = label.trim().to_ascii_lowercase();
    NOTES.contains(&lower.as_str()) || header_field(label).is_some()
}

/// What follows a surname, or stands before a name, in how people are called.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "先生", "女士", "老师", "老師", "师傅", "師傅", "阿姨", "大爷", "大妈", "大姐", "大哥", "奶奶", "爷爷",
    "叔叔", "经理", "主任", "科长", "局长", "处长", "书记", "所长", "站长", "队长", "警官", "律师", "医生",
    "同学", "同志", "某", "某某", "某人", "总", "工", "姐", "哥", "嫂", "婶",
];

/// A label beyond doubt: a known role or `说话人1`, `A`, `3`.
pub(in crate::read) fn is_role(label: &str) -> bool {
    let bare = without_addition(label);
    let lower: String = bare.chars().map(folded).collect();
    if WHOLE.contains(&lower.as_str()) || is_letter(bare) {
        return true;
    }
    ROLES.iter().any(|role| {
        let before =
            lower.strip_suffix(role).is_some_and(|rest| rest.chars().count() <= 6 && !is_speech(rest));
        before || lower.strip_prefix(role).is_some_and(tells_apart)
    })
}

/// Whether what follows a role tells one from another: a number, a letter, a name; not `群众反映`, `客服电话`.
fn tells_apart(rest: &str) -> bool {
    let marks =
        |c: char| c.is_ascii_alphanumeric() || " _-#甲乙丙丁戊己一二三四五六七八九十男女号".contains(c);
    let called = ["代表", "本人", "家属", "某", "某某"].contains(&rest) || TITLES.contains(&rest);
    rest.chars().count() <= 6 && rest.chars().all(marks) || called || is_name(rest.trim())
}

/// Whether the names of a table's columns are the people who speak in them: each is a role, and there are two or more.
pub(in crate::read) fn are_voices<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let mut known: Vec<&str> = Vec::new();
    for name in names.map(str::trim).filter(|name| !name.is_empty()) {
        if name.chars().nth(1).is_none() || !is_role(name) || known.contains(&name) {
            return false;
        }
        known.push(name);
    }
    known.len() >= 2
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
            "来访",
            "來訪",
            "老乡",
            "信访员",
        ] {
            assert!(is_role(label), "{label}");
        }
        for label in
            ["我跟你说", "请找客服", "我是客服", "比如", "原因", "A座", "群众反映", "客服电话", "主任意见"]
        {
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
}
