//! Reading as a whole: formats told apart, notes and errors, and what no input may do.

use super::oracle::{check, checked, lines};
use super::*;
use proptest::prelude::*;

const SAMPLES: &[(&str, &str)] = &[
    ("a.txt", "工作人员：您好，请坐。\n来访人：我来问一下，\n九月份的补助。\n[00:03] 工作人员：查到了\n"),
    ("b.txt", "关键词\n医保\n\n说话人1 00:02\n怎么回事？\n\n说话人2 00:09\n没报。\n"),
    (
        "c.md",
        "# 练习\n\n**工作人员：**您*好*\n\n- 来访人：好 &amp; 谢\n\n## 忌语\n\n> 你急什么\n\n|角色|内容|\n|-|-|\n|客服|好|\n",
    ),
    (
        "d.srt",
        "1\r\n00:00:01,000 --> 00:00:02,000\r\n客服：<i>您好</i>\r\n\r\n2\r\n00:00:02,100 --> 00:00:03,000\r\n- 请坐\r\n- 好\r\n",
    ),
    (
        "e.vtt",
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v 客服>你<00:01.500><c>急</c>什么 &lt;</v>\n\nNOTE x\n\n00:04.000 --> 00:05.000\n好\n",
    ),
    (
        "f.json",
        r#"{"segments":[{"start":0,"end":1,"text":"几号?\u4e09","words":[{"word":"几","start":0,"end":0.5,"speaker":"A"},{"word":"三","speaker":"B"}]}]}"#,
    ),
    ("g.json", r#"{"transcription":[{"offsets":{"from":0,"to":900},"text":"您好","speaker":"0"}]}"#),
    (
        "h.json",
        r#"[{"key":"k","text":"您好。","sentence_info":[{"text":"<|zh|>您好。","start":0,"end":9,"timestamp":[[0,4],[4,9]],"spk":0}]}]"#,
    ),
    (
        "i.jsonl",
        "{\"mode\":\"offline\",\"stamp_sents\":[{\"punc\":\"，\",\"text_seg\":\"您 好\",\"start\":0,\"end\":9}],\"text\":\"您好，\"}\n{\"turns\":[{\"text\":\"\\ud83d好\"}]}\n",
    ),
    (
        "j.json",
        r#"{"id":"c","meta":{"channel":"phone"},"turns":[{"speaker":"客服","role":"staff","text":"您\n好","start_ms":0,"end_ms":9,"words":[{"text":"好","start_ms":1,"end_ms":2}]}]}"#,
    ),
    ("k.json", include_str!("../../fixtures/conversations/aliyun-dashscope.json")),
    ("l.json", include_str!("../../fixtures/conversations/iflytek-lattice.json")),
    ("m.json", include_str!("../../fixtures/conversations/iflytek-onebest.json")),
    ("n.json", include_str!("../../fixtures/conversations/tencent-result.json")),
    ("o.json", include_str!("../../fixtures/conversations/amazon-transcribe.json")),
    ("p.json", include_str!("../../fixtures/conversations/azure-batch.json")),
    ("q.json", include_str!("../../fixtures/conversations/wecom.json")),
    ("r.txt", include_str!("../../fixtures/conversations/dingtalk.txt")),
    ("k.csv", "会话,角色,内容,开始\r\n1,客服,\"您\"\"好\r\n请坐\",0.5\r\n2,客户,好,00:02\r\n1,,再见,x\r\n"),
    ("l.tsv", "start\tend\ttext\n0\t900\t客服：您好\n900\t1200\t\"坐\n"),
    (
        "m.ass",
        "[Script Info]\n[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,客服,{\\i1}您{\\i0}好\\N请\\h坐\n",
    ),
    ("n.lrc", "[by:x]\n[00:01.00](speaker 0)您<00:01.20>好\n[00:02.00]客户：好\n"),
    (
        "o.TextGrid",
        "File type = \"ooTextFile\"\n\"TextGrid\"\n0 9 <exists> 2\n\"IntervalTier\" \"甲\" 0 9 1 5 9 \"您\"\"好\"\n\"TextTier\" \"乙\" 0 9 1 2 \"好\"\n",
    ),
    (
        "p.eaf",
        "<?xml version=\"1.0\"?><ANNOTATION_DOCUMENT><TIME_SLOT TIME_SLOT_ID=\"a\" TIME_VALUE=\"5\"/><TIER TIER_ID=\"甲&amp;乙\"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1=\"a\"><ANNOTATION_VALUE>您&lt;<![CDATA[好]]></ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
    ),
];

/// Documents of programs, to be damaged.
#[cfg(feature = "office")]
const PACKAGES: &[(&str, &[u8])] = &[
    ("minutes.docx", include_bytes!("../../fixtures/conversations/minutes.docx")),
    ("calls.xlsx", include_bytes!("../../fixtures/conversations/calls.xlsx")),
    ("visit.ods", include_bytes!("../../fixtures/conversations/visit.ods")),
];

#[cfg(feature = "office")]
#[test]
fn a_document_cut_off_anywhere_is_an_error_and_no_panic() {
    for (name, bytes) in PACKAGES {
        check(&read(&Input { bytes, name, format: None }).unwrap());
        for end in (0..bytes.len() - 1).step_by(97) {
            let cut = &bytes[..end];
            assert!(read(&Input { bytes: cut, name, format: None }).is_err(), "{name} {end}");
            let _ = looks_like_transcript(name, cut);
        }
    }
}

#[test]
fn every_sample_is_read() {
    for (name, text) in SAMPLES {
        checked(text.as_bytes(), name).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn a_wrong_extension_is_noted_and_a_forced_format_wins() {
    let text = "1\n00:00:01,000 --> 00:00:02,000\n客服：您好\n";
    let document = checked(text.as_bytes(), "a.txt").unwrap();
    assert_eq!(
        (document.format, document.conversations[0].notes[0].code),
        (Format::Srt, "extension-differs")
    );
    assert!(checked(text.as_bytes(), "a.srt").unwrap().conversations[0].notes.is_empty());
    assert!(checked(text.as_bytes(), "-").unwrap().conversations[0].notes.is_empty());
    let forced = Input { bytes: text.as_bytes(), name: "a.srt", format: Some(Format::Txt) };
    assert_eq!(read(&forced).unwrap().format, Format::Txt);
    let forced = Input { bytes: "客服：您好".as_bytes(), name: "a.txt", format: Some(Format::Srt) };
    assert_eq!(read(&forced).unwrap_err(), ReadError::NoCues);
    let forced = Input { bytes: br#"{"segments":[]}"#, name: "a.json", format: Some(Format::Own) };
    assert!(matches!(read(&forced), Err(ReadError::MissingField { .. })));
}

#[test]
fn what_holds_nothing_is_an_error() {
    let error = |bytes: &[u8]| checked(bytes, "a.txt").unwrap_err();
    assert_eq!(error(b""), ReadError::Empty);
    assert_eq!(error(b" \r\n\t\n"), ReadError::Empty);
    assert_eq!(error("\u{feff}".as_bytes()), ReadError::Empty);
    assert_eq!(error("客服：\n".as_bytes()), ReadError::NoSpeech);
    assert_eq!(error(b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n"), ReadError::NoSpeech);
    assert_eq!(error(b"[]"), ReadError::NoSpeech);
    assert_eq!(error(b"\x89PNG\r\n\x1a\n"), ReadError::Foreign { kind: "PNG" });
}

#[test]
fn the_mark_at_the_beginning_is_no_part_of_the_source() {
    let document = checked("\u{feff}客服：您好\r\n客户：好\r\n".as_bytes(), "a.txt").unwrap();
    assert!(document.source.text().starts_with("客服"));
    assert_eq!(lines("\u{feff}客服：您好\r\n客户：好\r\n", "a.txt"), ["客服: 您好", "客户: 好"]);
}

#[test]
fn a_very_long_line_is_no_trouble() {
    let long = "你急什么，".repeat(200_000);
    for text in [
        format!("客服：{long}\n客户：好\n"),
        format!("客服{}", " ".repeat(3_000_000)) + "好",
        format!("{{\"turns\":[{{\"text\":\"{long}\"}}]}}"),
        format!("{{\"turns\":[{}{{}}]}}", "{\"text\":\"\"},".repeat(100_000)),
        format!("[{}{{\"turns\":[{{\"text\":\"好\"}}]}}]", "{\"turns\":[]},".repeat(100_000)),
        format!("[{{\"key\":\"a\",\"text\":\"{}\"}}]", "<|zh|>\\u4f60".repeat(100_000)),
        format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n", "<00:01.100>你&amp;".repeat(100_000)),
        format!("# 标题\n\n客服：{}\n", "*你**".repeat(100_000)),
        format!("# 标题\n# 再\n{}好", "> ".repeat(50_000)),
        format!("# 标题\n# 再\n{}好", "- ".repeat(2_000)),
        format!("# 标题\n# 再\n{}", "[`*_".repeat(50_000)),
        format!(
            "{{\"Sentences\":[{}{{\"Text\":\"好\"}}]}}",
            "{\"Text\":\"好\",\"ChannelId\":1},".repeat(100_000)
        ),
        format!(
            "{{\"data\":\"[{}{{\\\"onebest\\\":\\\"好\\\"}}]\"}}",
            "{\\\"onebest\\\":\\\"\\u4f60\\\"},".repeat(50_000)
        ),
        (0..50_000).map(|i| format!("d{i} 1 s{i} 0 1 好\n")).collect(),
        format!(
            "@Begin\n@Participants:\t{}\n{}@End\n",
            "A1 甲 X, ".repeat(50_000),
            "*A1:\t好 <[ ( .\n".repeat(50_000)
        ),
        format!("{}好\n", "00:01 周敏\n".repeat(100_000)),
        format!("# 标题\n# 再\n|a|b|\n|-|-|\n{}", "|好".repeat(100_000)),
    ] {
        let _ = checked(text.as_bytes(), "-");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), name in "[a-z]{0,2}\\.(txt|md|srt|vtt|json|jsonl|csv|ass|lrc|eaf|docx)") {
        if let Ok(document) = read(&Input { bytes: &bytes, name: &name, format: None }) {
            check(&document);
        }
        let _ = looks_like_transcript(&name, &bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[A客服张：: \t\n\r\"0-2.,<>/&;vi*#|`{}\\[\\]（）【】\\\\>-]{0,60}", format in prop::sample::select(Format::ALL)) {
        if let Ok(document) = read(&Input { bytes: text.as_bytes(), name: "-", format: Some(format) }) {
            check(&document);
        }
        if let Ok(document) = read(&Input { bytes: text.as_bytes(), name: "a.md", format: None }) {
            check(&document);
        }
    }

    #[test]
    #[cfg(feature = "office")]
    fn no_damage_to_a_document_makes_it_panic(which in 0..PACKAGES.len(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (name, bytes) = PACKAGES[which];
        let mut bytes = bytes.to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(document) = read(&Input { bytes: &bytes, name, format: None }) {
            check(&document);
        }
    }

    #[test]
    fn no_damage_makes_it_panic(which in 0..SAMPLES.len(), at in any::<prop::sample::Index>(), len in 0usize..6, patch in "[\"{}\\[\\]:,\n \\\\u0<>&*|：客]{0,4}") {
        let (name, text) = SAMPLES[which];
        let mut bytes = text.as_bytes().to_vec();
        let at = at.index(bytes.len());
        let end = (at + len).min(bytes.len());
        bytes.splice(at..end, patch.bytes());
        if let Ok(document) = read(&Input { bytes: &bytes, name, format: None }) {
            check(&document);
        }
        let _ = looks_like_transcript(name, &bytes);
    }
}
