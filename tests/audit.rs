//! The audit finds what it is for, and an author's reason hides it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use wuxin::check::Checker;
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::report::{Audit, DoubtKind};
use wuxin::standard::{PackFiles, Standard};

const RULE: &str = "id = \"B20\"\nitem = 20\ntext = \"你急什么?\"\ntitle = \"t\"\nwhy = \"w\"\n[patterns]\n\
    item = [\"你急什么\"]\nvariant = [\"瞎急呀你\", \"(你|您)瞎急呀你\", \"急啥\", \"慌张得烦人\", \"请您别着急，坐下慢慢说\"]\n\
    paraphrase = [\"要嘴皮\", \"随便看看你\", { say = \"慌啥\", audit = \"wanted\" }]\nunless = [\"慌张得烦人\"]\n\
    [[hits]]\ntext = \"【你急什么】\"\n[[passes]]\ntext = \"好\"\n";

fn audit() -> Audit {
    let files = PackFiles::embedded().with("banned/B20.toml", RULE);
    let standard = Standard::from_files(&files, Lang::En).unwrap_or_else(|slips| panic!("{slips:?}"));
    Checker::new(standard, &Settings::default()).audit(&[])
}

#[test]
fn each_doubt_is_found_and_reasons_hide_it() {
    let audit = audit();
    let of = |kind: DoubtKind| -> Vec<&str> {
        let here = audit.doubts.iter().filter(|doubt| doubt.rule == "B20" && doubt.kind == kind);
        here.map(|doubt| doubt.pattern.as_str()).collect()
    };
    assert_eq!(of(DoubtKind::Short), ["急啥"]);
    assert_eq!(of(DoubtKind::Covered), ["(你|您)瞎急呀你"]);
    assert_eq!(of(DoubtKind::SilentUnless), ["慌张得烦人"]);
    assert_eq!(of(DoubtKind::Approved), ["请您别着急，坐下慢慢说"]);
    assert!(audit.justified >= 1, "{audit:?}");
}

#[test]
fn a_pattern_that_copies_a_measured_sentence_is_found() {
    let rule = RULE.replace("\"要嘴皮\"", "\"(你|您)在那儿[瞎]磨蹭个没完\", \"慢吞吞…磨蹭个没完没了\"");
    let files = PackFiles::embedded().with("banned/B20.toml", &rule);
    let standard = Standard::from_files(&files, Lang::En).unwrap_or_else(|slips| panic!("{slips:?}"));
    let material = ["id\twhat\n1\t您在那儿，磨蹭个没完！\n2\t慢吞吞的磨蹭个没完没了。".to_owned()];
    let audit = Checker::new(standard, &Settings::default()).audit(&material);
    let copied: Vec<&str> =
        audit.doubts.iter().filter(|d| d.kind == DoubtKind::Copied).map(|d| d.pattern.as_str()).collect();
    assert_eq!(copied, ["(你|您)在那儿[瞎]磨蹭个没完"], "what a gap holds is not copied");
}
