use super::*;
use crate::diagnostic::Look;

fn slips(text: &str) -> String {
    let (file, slips) = File::parse(Path::new("甲/wuxin.toml"), text);
    let pictures = file.pictures(&slips, Lang::Zh);
    pictures.iter().map(|picture| picture.draw(&Look::default())).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_good_file_says_what_it_says() {
    let text = r#"
lang = "en"
standard = "rules/x"
min-confidence = 0.7
fail-on = "never"
staff = ["坐席", "spk0"]
unlabelled = "unknown"
exclude = ["old/"]
disable = ["S05-mandarin", "B07"]
[severity]
B07 = "note"
B08 = "warning"
"#;
    let (file, slips) = File::parse(Path::new("a/wuxin.toml"), text);
    assert!(slips.is_empty());
    let config = Config::new(Some(&file), &Layer::default());
    assert_eq!(config.settings.lang, Lang::En);
    assert_eq!(config.standard, Some(PathBuf::from("a/rules/x")));
    assert_eq!(config.settings.fail_on, None);
    assert_eq!(config.settings.severity["S05-mandarin"], None);
    assert_eq!(config.settings.severity["B07"], None);
    assert_eq!(config.settings.severity["B08"], Some(Severity::Warning));
    assert_eq!(config.root, PathBuf::from("a"));
}

#[test]
fn all_slips_are_shown_at_once() {
    insta::assert_snapshot!(slips(
        r#"lang = "fr"
min_confidence = 0.5
staf = ["坐席"]
zzzzzz = 1
visitor = "来访"
exclude = ["a", 3]
min-confidence = 7
[severity]
B07 = "loud"
"#
    ));
}

#[test]
fn broken_toml_is_shown_where_it_breaks() {
    insta::assert_snapshot!(slips("lang = \"zh\"\nstaff = [\"坐席\", \n"));
    assert!(slips("lang = \"zh\"\nlang = \"en\"\n").contains("[toml]"));
}

#[test]
fn unknown_rules_are_shown_with_the_one_meant() {
    let (file, none) = File::parse(
        Path::new("wuxin.toml"),
        "disable = [\"S05\", \"B70\"]\n[severity]\nB0x = \"off\"\nqq = \"off\"\n",
    );
    assert!(none.is_empty());
    let slips = file.unknown_rules(&["B07", "B08", "S05-mandarin"]);
    let pictures = file.pictures(&slips, Lang::En);
    let drawn: Vec<String> = pictures.iter().map(|picture| picture.draw(&Look::default())).collect();
    insta::assert_snapshot!(drawn.join("\n"));
}

#[test]
fn the_command_line_wins_over_the_file_over_the_defaults() {
    let (file, _) = File::parse(
        Path::new("wuxin.toml"),
        "staff = [\"甲\"]\nfail-on = \"error\"\n[severity]\nB07 = \"off\"\n",
    );
    let command = Layer { staff: Some(vec!["乙\"".into()]), ..Layer::default() };
    let config = Config::new(Some(&file), &command);
    assert_eq!(config.settings.staff, ["乙\""]);
    assert_eq!(config.settings.fail_on, Some(Severity::Error));
    insta::assert_snapshot!(config.show());
    let (again, slips) = File::parse(Path::new("wuxin.toml"), &config.show());
    assert!(slips.is_empty());
    assert_eq!(Config::new(Some(&again), &Layer::default()).settings, config.settings);
}

#[test]
fn settings_in_the_report_leave_out_what_changes_no_result() {
    let settings = Settings { severity: [("B07".to_owned(), None)].into(), ..Settings::default() };
    let json = settings.in_report();
    assert_eq!(json["severity"]["B07"], "off");
    assert_eq!(json["unlabelled"], "staff");
    assert!(json.get("fail_on").is_none());
}

#[test]
fn the_template_changes_nothing_and_every_example_is_valid() {
    for lang in [Lang::Zh, Lang::En] {
        let text = template(lang);
        let (file, slips) = File::parse(Path::new("wuxin.toml"), &text);
        assert!(slips.is_empty());
        assert_eq!(file.layer, Layer::default());
        let lines = text.lines().filter(|line| !line.starts_with("##"));
        let live: String = lines.map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
        let (file, slips) = File::parse(Path::new("wuxin.toml"), &live);
        assert!(slips.is_empty(), "{:?}", file.pictures(&slips, lang));
        assert!(file.layer.staff.is_some() && file.layer.severity.len() == 2);
    }
    insta::assert_snapshot!(template(Lang::Zh));
}

#[test]
fn the_nearest_file_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b");
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(folder.path().join(FILE_NAME), "").unwrap();
    assert_eq!(find(&deep), Some(folder.path().join(FILE_NAME)));
    std::fs::write(deep.join(FILE_NAME), "").unwrap();
    assert_eq!(find(&deep), Some(deep.join(FILE_NAME)));
}
