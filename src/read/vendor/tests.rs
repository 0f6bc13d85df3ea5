//! Answers in shapes that no fixture of whole conversations has, and answers that cannot be read.

use super::super::oracle::{checked, lines};
use super::super::{Format, ReadError, Verdict, looks_like_transcript};
use crate::diagnostic::Explain;
use crate::transcript::{Role, Times};
use std::path::Path;

fn fixture(folder: &str, name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder).join(name)).unwrap()
}

fn roles(text: &str) -> Vec<Option<Role>> {
    let document = checked(text.as_bytes(), "a.json").unwrap();
    document.conversations[0].turns.iter().map(|turn| turn.role).collect()
}

/// Start and end of each turn of the only conversation.
fn clocks(text: &str) -> Vec<(u64, u64)> {
    let document = checked(text.as_bytes(), "a.json").unwrap();
    let clock =
        |turn: &crate::transcript::Turn| turn.clock().map_or((0, 0), |clock| (clock.start, clock.end));
    document.conversations[0].turns.iter().map(clock).collect()
}

const BOTH: [Option<Role>; 2] = [Some(Role::Staff), Some(Role::Visitor)];

#[test]
fn aliyun_sentences_by_themselves_and_dialogues() {
    let text = r#"[{"BeginTime":5,"EndTime":90,"Text":"您好。","ChannelId":0,"SpeakerId":"1"},
                   {"BeginTime":95,"EndTime":180,"Text":"在吗？","ChannelId":0,"SpeakerId":"2"}]"#;
    assert_eq!(lines(text, "a.json"), ["1: 您好。", "2: 在吗？"]);
    let text = r#"{"Sentences":[{"BeginTime":5,"EndTime":90,"Text":"您好。","ChannelId":0}]}"#;
    assert_eq!(lines(text, "a.json"), ["-: 您好。"]);
    let text =
        r#"{"dialogue":{"sentences":[{"role":"agent","text":"您好。"},{"role":"user","text":"在吗？"}]}}"#;
    assert_eq!(lines(text, "a.json"), ["agent: 您好。", "user: 在吗？"]);
    assert_eq!(roles(text), BOTH);
}

#[test]
fn several_answers_in_a_list_or_one_a_line() {
    let one = r#"{"Sentences":[{"BeginTime":5,"EndTime":90,"Text":"您好。","ChannelId":0}]}"#;
    for text in [format!("[{one},{one}]"), format!("{one}\n{one}\n")] {
        let document = checked(text.as_bytes(), "a.json").unwrap();
        let ids: Vec<_> = document.conversations.iter().map(|one| one.id.clone().unwrap()).collect();
        assert_eq!((document.format, ids), (Format::Aliyun, vec!["1".to_owned(), "2".to_owned()]));
    }
    let text = format!("[{one},{{\"Sentences\":[{{\"Text\":1}}]}}]");
    let document = checked(text.as_bytes(), "a.json").unwrap();
    assert_eq!((document.conversations.len(), document.failures.len()), (1, 1));
    assert_eq!(document.failures[0].place.path, "[1].Sentences[0].Text");
}

#[test]
fn tencent_flash_and_sentences_by_themselves() {
    let text = r#"{"request_id":"r","code":0,"flash_result":[
        {"channel_id":0,"text":"您好。","sentence_list":[{"text":"您好。","start_time":0,"end_time":900,"speaker_id":0}]},
        {"channel_id":1,"text":"在吗？","sentence_list":[{"text":"在吗？","start_time":950,"end_time":1900,"speaker_id":0}]}]}"#;
    assert_eq!(lines(text, "a.json"), ["0-0: 您好。", "1-0: 在吗？"]);
    let text = r#"[{"FinalSentence":"您好。","StartMs":0,"EndMs":900,"SpeakerId":0}]"#;
    assert_eq!(lines(text, "a.json"), ["-: 您好。"]);
}

#[test]
fn iflytek_messages_and_the_second_lattice() {
    let text = r#"{"action":"result","code":"0","sid":"s","data":"{\"cn\":{\"st\":{\"bg\":\"820\",\"ed\":\"0\",\"rt\":[{\"ws\":[{\"cw\":[{\"w\":\"您\\u597d\",\"wp\":\"n\"},{\"w\":\"你好\"}],\"wb\":1,\"we\":30},{\"cw\":[{\"w\":\"。\",\"wp\":\"p\"}],\"wb\":0,\"we\":0}]}],\"type\":\"0\"}},\"seg_id\":5}\n"}"#;
    assert_eq!(lines(text, "a.json"), ["-: 您好。"]);
    let document = checked(text.as_bytes(), "a.json").unwrap();
    let word = document.conversations[0].turns[0].words[0];
    assert_eq!((word.clock.start, word.clock.end), (830, 1_120));
    let text = r#"{"lattice2":[{"lid":"0","begin":"50","end":"400","spk":"段落-0","json_1best":{"st":{"bg":"50","ed":"400","rl":"1","rt":[{"ws":[{"cw":[{"w":"请坐"}],"wb":0,"we":30}]}]}}},
        {"json_1best":{"st":{"bg":"500","ed":"900","rl":"2","rt":[{"ws":[{"cw":[{"w":"好"}]}]}]}}}]}"#;
    assert_eq!(lines(text, "a.json"), ["1: 请坐", "2: 好"]);
    assert_eq!(clocks(text), [(50, 400), (500, 900)]);
    let text = r#"{"data":[{"bg":"0","ed":"9","onebest":"您好","speaker":"0"}],"ok":0}"#;
    assert_eq!(lines(text, "a.json"), ["-: 您好"]);
}

#[test]
fn a_log_of_messages_is_one_conversation() {
    let message = |kind: &str, start: u32, word: &str| {
        let data = format!(
            r#"{{"cn":{{"st":{{"bg":"{start}","ed":"0","rt":[{{"ws":[{{"cw":[{{"w":"{word}","rl":"0"}}],"wb":1,"we":9}}]}}],"type":"{kind}"}}}}}}"#
        );
        serde_json::json!({"action": "result", "code": "0", "data": data, "sid": "s"}).to_string()
    };
    let opened = r#"{"action":"started","code":"0","data":"","sid":"s"}"#;
    let text =
        [opened.to_owned(), message("1", 0, "您"), message("0", 0, "您好。"), message("0", 900, "请坐。")]
            .join("\n");
    assert_eq!(lines(&text, "a.txt"), ["-: 您好。", "-: 请坐。"]);
    assert_eq!(clocks(&text), [(0, 90), (900, 990)]);
    assert_eq!(checked(text.as_bytes(), "a.jsonl").unwrap().format, Format::Iflytek);
    let text = "{\"RecognitionStatus\":\"Success\",\"Offset\":0,\"Duration\":9000000,\"DisplayText\":\"您好。\"}\n\
                {\"RecognitionStatus\":\"Success\",\"Offset\":20000000,\"Duration\":9000000,\"DisplayText\":\"请坐。\"}\n";
    assert_eq!(
        (lines(text, "a.json"), clocks(text)),
        (vec!["-: 您好。".into(), "-: 请坐。".into()], vec![(0, 900), (2_000, 2_900)])
    );
    let text = "{\"resp_type\":\"START\",\"trace_id\":\"t\"}\n\
                {\"resp_type\":\"RESULT\",\"segments\":[{\"start_time\":0,\"end_time\":9,\"is_final\":false,\"result\":{\"text\":\"您\"}}]}\n\
                {\"resp_type\":\"RESULT\",\"segments\":[{\"start_time\":0,\"end_time\":9,\"is_final\":true,\"result\":{\"text\":\"您好。\"}}]}\n";
    assert_eq!(lines(text, "a.json"), ["-: 您好。"]);
}

#[test]
fn baidu_without_details() {
    let text = r#"{"tasks_info":[{"task_id":"t","task_status":"Success","task_result":{"result":["您好。","请坐。"]}}]}"#;
    assert_eq!(lines(text, "a.json"), ["-: 您好。请坐。"]);
}

#[test]
fn amazon_by_channel_and_by_segment() {
    let text = r#"{"jobName":"j","accountId":"0","results":{"transcripts":[{"transcript":"别的"}],"channel_labels":{"channels":[
        {"channel_label":"ch_0","items":[{"start_time":"0.1","end_time":"0.5","type":"pronunciation","alternatives":[{"content":"您好"}]},{"type":"punctuation","alternatives":[{"content":"。"}]},
            {"start_time":"2.0","end_time":"2.5","type":"pronunciation","alternatives":[{"content":"请坐"}]}]},
        {"channel_label":"ch_1","items":[{"start_time":"0.9","end_time":"1.2","type":"pronunciation","alternatives":[{"content":"在吗"}]}]}]},"items":[]}}"#;
    assert_eq!(lines(text, "a.json"), ["ch_0: 您好。", "ch_1: 在吗", "ch_0: 请坐"]);
    let text = r#"{"jobName":"j","accountId":"0","results":{"transcripts":[{"transcript":"ok 请坐"}],
        "items":[{"id":0,"start_time":"0.1","end_time":"0.5","type":"pronunciation","alternatives":[{"content":"ok"}]},{"id":1,"start_time":"0.6","end_time":"0.9","type":"pronunciation","alternatives":[{"content":"请坐"}]}],
        "audio_segments":[{"id":0,"transcript":"ok 请坐","start_time":"0.1","end_time":"0.95","speaker_label":"spk_1","items":[0,1]}]}}"#;
    assert_eq!((lines(text, "a.json"), clocks(text)), (vec!["spk_1: ok 请坐".to_owned()], vec![(100, 950)]));
    let document = checked(text.as_bytes(), "a.json").unwrap();
    assert_eq!(document.conversations[0].turns[0].words.len(), 2);
    // Without segments, the blank between Latin words comes from the transcript.
    let text = text
        .replace("audio_segments", "others")
        .replace("ok 请坐", "ok go 请坐")
        .replace("\"请坐\"", "\"go 请坐\"");
    assert_eq!(lines(&text, "a.json"), ["-: ok go 请坐"]);
}

#[test]
fn amazon_contact_lens_and_post_call_analytics() {
    let text = r#"{"Participants":[{"ParticipantId":"p1","ParticipantRole":"AGENT"},{"ParticipantId":"p2","ParticipantRole":"CUSTOMER"}],
        "Transcript":[{"ParticipantId":"p1","Content":"您好。","BeginOffsetMillis":0,"EndOffsetMillis":9},{"ParticipantId":"p2","Content":"在吗？","BeginOffsetMillis":10,"EndOffsetMillis":19}]}"#;
    assert_eq!(
        (lines(text, "a.json"), roles(text)),
        (vec!["AGENT: 您好。".into(), "CUSTOMER: 在吗？".into()], BOTH.into())
    );
    let text = r#"{"ConversationAnalytics":{"SpeakerLabels":[{"Speaker":"spk_0","DisplayText":"Agent"},{"Speaker":"spk_1","DisplayText":"Customer"}]},
        "SpeechSegments":[{"SegmentStartTime":0.04,"SegmentEndTime":0.25,"SegmentSpeaker":"spk_0","OriginalText":"您好。","WordConfidence":[{"Text":"您好","StartTime":0.04,"EndTime":0.2}]},
        {"SegmentStartTime":0.5,"SegmentEndTime":0.75,"SegmentSpeaker":"spk_1","OriginalText":"在吗？"}]}"#;
    assert_eq!(
        (lines(text, "a.json"), roles(text)),
        (vec!["Agent: 您好。".into(), "Customer: 在吗？".into()], BOTH.into())
    );
    assert_eq!(clocks(text), [(40, 250), (500, 750)]);
}

#[test]
fn azure_fast_live_and_written() {
    let text = r#"{"durationMilliseconds":1800,"combinedPhrases":[{"text":"您好。在吗？"}],"phrases":[
        {"channel":0,"offsetMilliseconds":40,"durationMilliseconds":760,"text":"您好。","words":[{"text":"您好","offsetMilliseconds":40,"durationMilliseconds":700}]},
        {"channel":1,"offsetMilliseconds":900,"durationMilliseconds":700,"text":"在吗？"}]}"#;
    assert_eq!(
        (lines(text, "a.json"), clocks(text)),
        (vec!["0: 您好。".into(), "1: 在吗？".into()], vec![(40, 800), (900, 1_600)])
    );
    assert_eq!(checked(text.as_bytes(), "a.json").unwrap().conversations[0].times, Times::Word);
    let text = r#"[{"RecognitionStatus":"Success","Offset":900000,"Duration":5600000,"SpeakerId":"Guest-1","NBest":[{"Display":"您好。","Words":null}]},
        {"RecognitionStatus":"InitialSilenceTimeout","Offset":1,"Duration":1},
        {"RecognitionStatus":"Success","Offset":6900000,"Duration":10100000,"SpeakerId":"Guest-2","DisplayText":"在吗？"}]"#;
    assert_eq!(
        (lines(text, "a.json"), clocks(text)),
        (vec!["Guest-1: 您好。".into(), "Guest-2: 在吗？".into()], vec![(90, 650), (690, 1_700)])
    );
    let item = |who: &str, said: &str| format!(r#"{{"participantId":"{who}","id":"1","text":"{said}"}}"#);
    let text = format!(
        r#"{{"analysisInput":{{"conversations":[{{"id":"c1","conversationItems":[{},{}]}},{{"id":"c2","conversationItems":[{}]}}]}}}}"#,
        item("Agent", "您好。"),
        item("Customer", "在吗？"),
        item("Agent", "请坐。")
    );
    let document = checked(text.as_bytes(), "a.json").unwrap();
    let ids: Vec<_> = document.conversations.iter().map(|one| one.id.as_deref().unwrap()).collect();
    assert_eq!((ids, roles(&text)), (vec!["c1", "c2"], BOTH.to_vec()));
}

#[test]
fn volcengine_channels_and_huawei_streams() {
    let text = r#"{"result":{"text":"x","utterances":[{"text":"您好。","start_time":0,"end_time":9,"additions":{"channel_id":"1"}},{"text":"在吗？","start_time":10,"end_time":19,"additions":{"channel_id":"2"}}]}}"#;
    assert_eq!(lines(text, "a.json"), ["1: 您好。", "2: 在吗？"]);
    let text = r#"{"resp_type":"RESULT","segments":[{"start_time":0,"end_time":5,"is_final":false,"result":{"text":"您"}},{"start_time":0,"end_time":9,"is_final":true,"result":{"text":"您好。"}}]}"#;
    assert_eq!(lines(text, "a.json"), ["-: 您好。"]);
}

#[test]
fn meetings_name_people_and_google_numbers_them() {
    let text = r#"{"minutes":{"paragraphs":[{"pid":"0","speaker_info":{"userid":"u1","username":"周敏"},"sentences":[{"sid":"0","start_time":1,"end_time":9,"words":[{"text":"请","start_time":1,"end_time":4},{"text":"坐"}]}]}]}}"#;
    assert_eq!(lines(text, "a.json"), ["周敏: 请坐"]);
    let text = r#"{"entries":[{"start_timestamp_usec":"1000000","text":"您好。","user_id":1},{"start_timestamp_usec":2500000,"text":"在吗？","user_id":2}]}"#;
    assert_eq!(
        (lines(text, "a.json"), clocks(text)),
        (vec!["1: 您好。".into(), "2: 在吗？".into()], vec![(1_000, 1_000), (2_500, 2_500)])
    );
}

#[test]
fn a_stated_format_says_what_is_missing() {
    let input =
        crate::read::Input { bytes: br#"{"text":"x"}"#, name: "a.json", format: Some(Format::Aliyun) };
    let error = crate::read::read(&input).unwrap_err();
    assert!(matches!(error, ReadError::MissingField { field: "Sentences", .. }), "{error}");
}

/// What is wrong with a file, where, and what is said of it.
const WRONG: &[(&str, &str, &str, &str)] = &[
    ("aliyun-wrong.json", "wrong-type", "3:48 Result.Sentences[1].Text", "expected string"),
    ("aliyun-running.json", "not-transcribed", "1:1", "RUNNING"),
    (
        "aliyun-dashscope-wrong.json",
        "wrong-type",
        "2:34 transcripts[0].sentences",
        "expected array, found object",
    ),
    ("aliyun-tingwu-wrong.json", "missing-field", "2:32 Transcription.Paragraphs[0].Words[0]", "Text"),
    ("tencent-wrong.json", "missing-field", "2:3 Response.Data.ResultDetail[0]", "FinalSentence"),
    ("tencent-failed.json", "not-transcribed", "1:42 Response.Data", "录音下载失败"),
    ("iflytek-onebest-wrong.json", "json-broken", "2:59 data", "found ,"),
    ("iflytek-onebest-inner-cut.json", "json-cut-off", "2:54 data", "expected \""),
    (
        "iflytek-lattice-wrong.json",
        "missing-field",
        "2:47 content.orderResult.lattice[0].json_1best.st",
        "rt",
    ),
    ("iflytek-waiting.json", "not-transcribed", "1:1", "orderInfo.status 3 success"),
    (
        "baidu-wrong.json",
        "wrong-type",
        "2:92 tasks_info[0].task_result.detailed_result[0].res",
        "expected string, found number",
    ),
    ("baidu-running.json", "not-transcribed", "2:3 tasks_info[0]", "Running"),
    ("amazon-call-wrong.json", "missing-field", "2:3 Transcript[0]", "Content"),
    ("amazon-transcribe-wrong.json", "missing-field", "2:3 results.items[0]", "alternatives"),
    ("amazon-failed.json", "not-transcribed", "1:1", "FAILED"),
    ("azure-batch-wrong.json", "missing-field", "2:3 recognizedPhrases[0]", "nBest"),
    ("volcengine-wrong.json", "wrong-type", "2:17 resp.utterances", "expected array"),
    ("huawei-wrong.json", "missing-field", "2:48 segments[0].result", "text"),
    ("google-ccai-wrong.json", "wrong-type", "2:56 entries[0].text", "expected string, found boolean"),
    ("wecom-wrong.json", "missing-field", "2:30 transcripts.paragraphs[0].sentences[0]", "words"),
    ("wecom-refused.json", "not-transcribed", "1:1", "no permission"),
    ("teleai-wrong.json", "missing-field", "2:3 result.sentences[0]", "texts"),
];

#[test]
fn wrong_shapes_are_named_with_their_place() {
    for (name, code, place, said) in WRONG {
        let error = checked(&fixture("nasty", name), name).unwrap_err();
        assert_eq!((error.code(), error.place().unwrap().to_string().as_str()), (*code, *place), "{name}");
        assert!(error.to_string().contains(said), "{name}: {error}");
    }
}

/// Every fixture of a service that has a sibling cut off, and the last line of that.
const CUT: &[(&str, u32)] = &[
    ("aliyun-filetrans", 159),
    ("aliyun-dashscope", 113),
    ("aliyun-tingwu", 1),
    ("tencent", 116),
    ("iflytek-onebest", 1),
    ("iflytek-lattice", 1),
    ("baidu", 31),
    ("amazon-call", 150),
    ("amazon-transcribe", 1),
    ("azure-batch", 144),
    ("volcengine", 1),
    ("huawei", 81),
    ("google-ccai", 18),
    ("wecom", 161),
    ("teleai", 1),
];

#[test]
fn what_is_cut_off_is_no_transcript() {
    for (name, line) in CUT {
        let file = format!("{name}-cut.json");
        let error = checked(&fixture("nasty", &file), &file).unwrap_err();
        assert_eq!((error.code(), error.place().unwrap().line), ("json-cut-off", *line), "{file}: {error}");
        let whole = fixture("conversations", &format!("{name}.json"));
        assert!(checked(&whole, "a.json").is_ok(), "{name}");
    }
}

#[test]
fn a_walk_takes_them_for_transcripts() {
    for name in CUT.iter().map(|(name, _)| name) {
        for (folder, file) in
            [("conversations", format!("{name}.json")), ("nasty", format!("{name}-cut.json"))]
        {
            assert_eq!(looks_like_transcript(&file, &fixture(folder, &file)), Verdict::Transcript, "{file}");
        }
    }
    for text in
        [r#"{"results":[{"items":[]}],"data":{"text":"x"}}"#, r#"{"entries":[{"role":"x"}],"paragraphs":[]}"#]
    {
        assert_ne!(looks_like_transcript("a.json", text.as_bytes()), Verdict::Transcript, "{text}");
    }
}
