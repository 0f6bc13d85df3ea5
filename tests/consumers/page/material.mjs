// What the fixtures lack: a recording with its transcript, a hostile transcript, and more conversations than one page holds.
import { writeFileSync } from "node:fs";

const rate = 8000, seconds = 12, samples = rate * seconds;
const wav = Buffer.alloc(44 + samples * 2);
wav.write("RIFF", 0);
wav.writeUInt32LE(36 + samples * 2, 4);
wav.write("WAVEfmt ", 8);
wav.writeUInt32LE(16, 16);
wav.writeUInt16LE(1, 20);
wav.writeUInt16LE(1, 22);
wav.writeUInt32LE(rate, 24);
wav.writeUInt32LE(rate * 2, 28);
wav.writeUInt16LE(2, 32);
wav.writeUInt16LE(16, 34);
wav.write("data", 36);
wav.writeUInt32LE(samples * 2, 40);
writeFileSync("rec/窗口 3.wav", wav);
writeFileSync("in/窗口 3.srt", `1
00:00:01,000 --> 00:00:03,000
来访人：我的信怎么还没回？

2
00:00:04,500 --> 00:00:06,000
工作人员：你急什么？没看到我正在忙着吗！

3
00:00:07,000 --> 00:00:09,000
来访人：那我再等等。
`);
writeFileSync("in/hostile.txt", `来访人：您好<img src=x onerror=alert(1)></script><script>alert(2)</script>&lt;b&gt; <!-- --> ${"\u202e"}'"
工作人员：你急什么<svg onload=alert(3)>，${"长".repeat(200)}https://example.com/${"a".repeat(300)}
工作人员：你急什么，有意见找领导去"><script>alert(4)</script>
`);
writeFileSync("in/hostile.json", JSON.stringify({
  id: "<i>\"'</i>", meta: { staff: "<b onclick=alert(5)>", recording: "javascript:alert(6)", date: "</script>" },
  turns: [{ speaker: "\"><img src=x onerror=alert(7)>", role: "visitor", text: "\u0000\u001b[31m&amp;<!--\u2028" },
    { speaker: "甲", role: "staff", text: "你急什么<br>？" }],
}));
const line = (n) => JSON.stringify({
  id: `c${n}`, meta: { staff: `工${n % 7}`, date: `2026-01-${String(n % 28 + 1).padStart(2, "0")}` },
  turns: [{ speaker: "来访人", text: `第${n}件事怎么办？` }, { speaker: "工作人员", text: n % 3 ? "您好，请坐。" : "你急什么？" }],
});
writeFileSync("many.jsonl", Array.from({ length: 201 }, (_, i) => `${line(i + 1)}\n`).join(""));
