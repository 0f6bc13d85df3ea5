//! Markdown: training scripts and exported minutes.
//!
//! [`blocks`] takes the file apart (headings, paragraphs, list items, quotes, tables; code fences, HTML and marks of
//! emphasis fall away), [`script`] decides who says what:
//!
//! - With labels anywhere, labelled lines are turns; a line below in the same block goes on with it. Headings and
//!   narration are no speech.
//! - Without, paragraphs, list items, quotes and cells are turns of nobody named, headings are not.
//! - A list, quote or table under a heading such as 忌语, and a line `忌语：…`, is an example to be avoided
//!   (`Turn.mention`). In a script with labels so is a list item or a quote that names 忌语 or quotes somebody (“…”):
//!   it is about speech, and kept so that what it mentions can be shown as mentioned.

mod blocks;
mod script;

#[cfg(feature = "office")]
pub(super) use blocks::{Block, Kind};
#[cfg(feature = "office")]
pub(super) use script::{is_table, read as turns};

use super::labels::Census;
use crate::transcript::Transcript;

/// Reads Markdown; nothing where nobody says a word.
pub(super) fn read(text: &str) -> Option<Transcript> {
    let conversation = script::read(text, &blocks::blocks(text))?;
    Some(Transcript { remarks: blocks::remarks(text), ..conversation })
}

/// Whether there is labelled speech of people in it: what a walk over a folder asks of a Markdown file.
pub(super) fn has_speech(text: &str) -> bool {
    speaks(text, &blocks::blocks(text))
}

/// Whether there is labelled speech of people in the blocks of a text.
pub(super) fn speaks(text: &str, blocks: &[blocks::Block]) -> bool {
    let texts = script::texts(text, blocks);
    let mut census = Census::default();
    script::count(&texts, &mut census);
    census.decide();
    census.people() >= 2 || blocks.iter().any(|block| script::is_dialogue(text, block))
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};
    use super::*;

    fn mentions(text: &str) -> Vec<(String, bool)> {
        let document = checked(text.as_bytes(), "a.md").unwrap();
        let turns = &document.conversations[0].turns;
        turns.iter().map(|turn| (turn.said(&document.source).to_owned(), turn.mention)).collect()
    }

    #[test]
    fn labels_bold_and_plain_in_paragraphs_lists_and_quotes() {
        let text = "# 第一幕：来访\n\n（来访人进门。）\n\n**工作人员：**您好，请**坐**。\n\n**来访人**：我来问\n补助。\n\n- 工作人员：哪个*月*的？\n\
                    - **来访人：**九月\n\n1. 工作人员：好\n\n> 来访人：谢谢 &amp; 再见\n\n```\n工作人员：代码\n```\n<!-- 工作人员：注释 -->\n\n演完互换。\n";
        assert_eq!(
            lines(text, "a.md"),
            [
                "工作人员: 您好，请坐。",
                "来访人: 我来问补助。",
                "工作人员: 哪个月的？",
                "来访人: 九月",
                "工作人员: 好",
                "来访人: 谢谢 & 再见"
            ]
        );
    }

    #[test]
    fn a_label_alone_takes_the_next_paragraph() {
        let text = "**工作人员：**\n\n您好。\n\n旁白在此。\n\n**来访人：** 你好\n";
        assert_eq!(lines(text, "a.md"), ["工作人员: 您好。", "来访人: 你好"]);
        let text = "# 纪要\n\n**说话人1** 00:02\n您好。\n\n请坐。\n\n**说话人2** 00:09\n\n好\n";
        assert_eq!(lines(text, "a.md"), ["说话人1: 您好。请坐。", "说话人2: 好"]);
    }

    #[test]
    fn without_labels_all_but_headings_is_speech() {
        let text = "# 文明用语\n\n您好，请坐。\n\n- 您慢走\n- 再见\\#\n\n## 忌语\n\n- 你急什么\n- 不知道\n\n> 没看我忙着吗\n\n## 收尾\n\n- 谢谢您\n";
        let found = mentions(text);
        let avoided: Vec<_> =
            found.iter().filter(|(_, mention)| *mention).map(|(said, _)| said.as_str()).collect();
        assert_eq!(avoided, ["你急什么", "不知道", "没看我忙着吗"]);
        assert_eq!(found.len(), 7);
        assert_eq!(found[2], ("再见#".to_owned(), false));
    }

    #[test]
    fn tables_with_a_role_column_and_tables_of_what_not_to_say() {
        let text = "| 角色 | 内容 |\n|---|---|\n| 工作人员 | 您好，请坐。 |\n| 来访人 | 我来问 \\| 补助 |\n";
        assert_eq!(lines(text, "a.md"), ["工作人员: 您好，请坐。", "来访人: 我来问 | 补助"]);
        let text = "**工作人员：**您好\n\n**来访人：**好\n\n| 不要这样说 | 可以这样说 |\n|--|--|\n| 吵什么吵！ | 请坐 |\n";
        assert_eq!(
            mentions(text),
            [("您好".into(), false), ("好".into(), false), ("吵什么吵！".into(), true)]
        );
    }

    #[test]
    fn tables_with_a_column_for_each_speaker() {
        let text = "| 客服 | 客户 |\n|---|---|\n| 您好，请坐。 | 我来问补助 |\n| 稍等 | |\n| | 好 |\n";
        assert_eq!(lines(text, "a.md"), ["客服: 您好，请坐。", "客户: 我来问补助", "客服: 稍等", "客户: 好"]);
    }

    #[test]
    fn a_script_keeps_what_it_mentions() {
        let text = "> 忌语有“不知道”。\n\n**工作人员：**您好\n\n**来访人：**好\n\n1. 有学员说了“你急什么”。\n2. 停顿有用。\n";
        let found = mentions(text);
        assert_eq!(found.iter().map(|(_, mention)| *mention).collect::<Vec<_>>(), [true, false, false, true]);
    }

    #[test]
    fn comments_to_wuxin_are_kept_apart() {
        let text = "<!-- wuxin: ignore-start B20\n-- 反例 -->\n\n**客服：**急什么 <!-- wuxin: x -->\n\n<!-- 别的 -->\n\n\
                    - **客户：**好<!-- wuxin: y -->呀\n\n<!-- wuxin: z -->**客服：**您好\n\n```\n<!-- wuxin: 代码 -->\n```\n";
        assert_eq!(lines(text, "a.md"), ["客服: 急什么", "客户: 好呀", "客服: 您好"]);
        let document = checked(text.as_bytes(), "a.md").unwrap();
        let remarks = document.conversations[0].remarks.iter().map(|span| document.source.slice(*span));
        let wanted = [
            "<!-- wuxin: ignore-start B20\n-- 反例 -->",
            "<!-- wuxin: x -->",
            "<!-- wuxin: y -->",
            "<!-- wuxin: z -->",
        ];
        assert_eq!(remarks.collect::<Vec<_>>(), wanted);
        // One that is never closed hides nothing.
        let text = "<!-- wuxin: ignore B20 -- x\n**客服：**急什么\n\n**客户：**好\n";
        assert_eq!(lines(text, "a.md"), ["客服: 急什么", "客户: 好"]);
    }

    #[test]
    fn a_readme_is_no_speech_but_a_script_is() {
        assert!(!has_speech("# Tool\n\nNote: see below.\n\n| file | what |\n|--|--|\n| a: b | c |\n"));
        assert!(!has_speech("# 说明\n\n- 用法：见下\n- 注意：先备份\n"));
        assert!(has_speech("**工作人员：**您好\n\n**来访人：**好\n"));
    }
}
