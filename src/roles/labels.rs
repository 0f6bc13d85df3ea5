//! What labels say: well-known ones, and what the user says about others.

use crate::detect::fold_text;
use crate::transcript::Role;
use std::sync::LazyLock;

/// Labels of people who speak for an office, in simplified characters. A label that holds one of them is staff.
const STAFF: &[&str] = &[
    "工作人员",
    "接待员",
    "接待人员",
    "接待人",
    "接访人",
    "接访员",
    "接访干部",
    "接访领导",
    "信访干部",
    "信访专员",
    "信访员",
    "信访局",
    "信访办",
    "信访科",
    "引导员",
    "窗口",
    "柜员",
    "柜台",
    "客服",
    "坐席",
    "座席",
    "话务员",
    "接线员",
    "热线",
    "客户经理",
    "经办人",
    "经办员",
    "办事员",
    "调解员",
    "社工",
    "网格员",
    "民警",
    "警官",
    "法官",
    "书记员",
    "医生",
    "大夫",
    "护士",
    "医师",
    "药师",
    "导诊",
    "导医",
    "老师",
    "柜面",
    "营业员",
    "业务员",
    "服务员",
    "专员",
    "干部",
    "主任",
    "科长",
    "局长",
    "处长",
    "所长",
    "站长",
    "经理",
    "值班员",
    "值班人员",
    "保安",
    "安保",
    "前台",
    "中介",
    "经纪人",
    "导游",
    "店员",
    "staff",
    "agent",
    "clerk",
    "operator",
    "officer",
    "receptionist",
    "representative",
    "advisor",
    "csr",
];

/// Labels of people who come to an office.
const VISITOR: &[&str] = &[
    "来访人",
    "来访者",
    "来访群众",
    "来访",
    "信访人",
    "信访群众",
    "上访人",
    "上访群众",
    "群众",
    "市民",
    "居民",
    "村民",
    "业主",
    "来电人",
    "来电者",
    "来电",
    "客户",
    "顾客",
    "用户",
    "家属",
    "患者",
    "病人",
    "家长",
    "学生",
    "办事人",
    "办事群众",
    "当事人",
    "投诉人",
    "举报人",
    "申请人",
    "诉求人",
    "反映人",
    "咨询人",
    "求助人",
    "老百姓",
    "百姓",
    "大爷",
    "大妈",
    "大娘",
    "阿姨",
    "老人",
    "工人",
    "农民工",
    "代表",
    "乘客",
    "旅客",
    "游客",
    "买家",
    "租客",
    "房东",
    "visitor",
    "customer",
    "citizen",
    "caller",
    "client",
    "user",
    "patient",
    "petitioner",
    "resident",
];

/// What the user says about labels.
#[derive(Clone, Debug, Default)]
pub struct LabelTable {
    staff: Vec<String>,
    visitor: Vec<String>,
}

impl LabelTable {
    /// Labels that are staff, labels that are visitors, as the user wrote them.
    pub fn new(staff: &[String], visitor: &[String]) -> Self {
        let folded = |list: &[String]| list.iter().map(|label| plain_label(label)).collect();
        LabelTable { staff: folded(staff), visitor: folded(visitor) }
    }

    pub(super) fn role(&self, label: &str) -> Option<Role> {
        let label = plain_label(label);
        let named = |list: &[String]| list.iter().any(|known| same_label(known, &label));
        match (named(&self.staff), named(&self.visitor)) {
            (true, _) => Some(Role::Staff),
            (_, true) => Some(Role::Visitor),
            _ => None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.staff.is_empty() && self.visitor.is_empty()
    }
}

/// A label folded in width, case and script, white space out.
fn plain_label(label: &str) -> String {
    fold_text(label).chars().filter(|c| !c.is_whitespace()).collect()
}

/// `1` names `spk1`, `说话人1` and `SPEAKER_01` as well.
fn same_label(known: &str, label: &str) -> bool {
    known == label || number_of(known).is_some_and(|n| number_of(label) == Some(n))
}

/// The number of a numbered speaker, if the label is nothing else.
fn number_of(label: &str) -> Option<u32> {
    const PREFIXES: [&str; 7] = ["speaker", "spk", "说话人", "发言人", "讲话人", "channel", "声道"];
    let rest = PREFIXES.iter().find_map(|p| label.strip_prefix(p)).unwrap_or(label);
    rest.trim_start_matches(['_', '-', '#']).parse().ok()
}

/// A list of words as labels are compared with it, each with its characters.
type Folded = LazyLock<Vec<(String, usize)>>;

static STAFF_FOLDED: Folded = LazyLock::new(|| folded(STAFF));
static VISITOR_FOLDED: Folded = LazyLock::new(|| folded(VISITOR));

fn folded(words: &[&str]) -> Vec<(String, usize)> {
    words.iter().map(|word| (fold_text(word), word.chars().count())).collect()
}

/// What a label says by itself: the longest known word in it decides (客户经理 is staff).
pub(super) fn by_name(label: &str) -> Option<Role> {
    let label = plain_label(label);
    let longest = |list: &[(String, usize)]| {
        list.iter().filter(|(word, _)| label.contains(word.as_str())).map(|(_, chars)| *chars).max()
    };
    match (longest(&STAFF_FOLDED), longest(&VISITOR_FOLDED)) {
        (None, None) => None,
        (staff, visitor) if staff >= visitor => Some(Role::Staff),
        _ => Some(Role::Visitor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_labels() {
        for label in [
            "工作人员",
            "客服（李某）",
            "來訪接待員",
            "信访干部小王",
            "客户经理",
            "Agent 3",
            "１２３４５坐席",
        ] {
            assert_eq!(by_name(label), Some(Role::Staff), "{label}");
        }
        for label in ["来访人", "來訪人", "群众代表", "市民", "信访人", "Customer", "家属"] {
            assert_eq!(by_name(label), Some(Role::Visitor), "{label}");
        }
        for label in ["A", "说话人1", "张三"] {
            assert_eq!(by_name(label), None, "{label}");
        }
    }

    #[test]
    fn a_number_names_every_form_of_it() {
        let table = LabelTable::new(&["1".into()], &["说话人 2".into()]);
        for label in ["1", "spk1", "SPEAKER_01", "说话人1", "发言人 1"] {
            assert_eq!(table.role(label), Some(Role::Staff), "{label}");
        }
        assert_eq!(table.role("SPEAKER_02"), Some(Role::Visitor));
        assert_eq!(table.role("SPEAKER_11"), None);
    }
}
