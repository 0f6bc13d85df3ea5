// The report as an auditor meets it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const address = (name) => pathToFileURL(`out/${name}.html`).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(() => browser.close());

/** Opens a report; whatever the browser complains of, and whatever the page asks for besides itself, is a failure. */
async function open(name, options, use) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const bad = [];
  page.on("console", (message) => bad.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => bad.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { bad.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(file|blob):.*\.(html|wav)$/.test(request.url())) bad.push(`asked for ${request.url()}`); });
  await page.goto(address(name));
  await use(page);
  assert.deepEqual(bad, []);
  await context.close();
}

const shown = (page) => page.$$eval("#list .card:not([hidden])", (cards) => cards.map((card) => card.id));
const facts = (page) => page.$eval("#data", (data) => JSON.parse(data.textContent).findings);
const tip = (page) => page.$eval("#tip", (element) => element.hidden ? null : element.textContent);
const current = (page) => page.$eval("#list", (list) => list.querySelector("[aria-current=true]")?.id);
const inSight = (page, selector) => page.$eval(selector, (element) => {
  const { top, bottom, left, right } = element.getBoundingClientRect();
  return top >= 40 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
});

test("filters show what they say, alone and together", () => open("all", {}, async (page) => {
  const all = await facts(page);
  const expect = async (fits, label) => {
    const wanted = all.filter(fits).map((one) => one.id);
    assert.deepEqual(await shown(page), wanted, label);
    assert.match(await page.textContent("#shown"), new RegExp(`${wanted.length} / ${all.length}`));
    const lit = await page.$$eval("mark:not(.off)", (marks) => [...new Set(marks.flatMap((mark) => mark.dataset.of.split(" ")))]);
    for (const id of wanted) assert.ok(lit.includes(id), `${label}: ${id} is not marked`);
    for (const mark of await page.$$eval("mark:not(.off)", (marks) => marks.map((mark) => mark.dataset.of.split(" ")))) {
      assert.ok(mark.some((id) => wanted.includes(id)), `${label}: ${mark} is marked`);
    }
  };
  assert.ok(all.length > 150);
  await expect((one) => !one.excused, "at first");
  await page.selectOption("#rule", "B10");
  await expect((one) => !one.excused && one.rule === "B10", "a rule");
  assert.equal(await page.$$eval(".talk:not([hidden])", (talks) => talks.length), new Set(all.filter((one) => !one.excused && one.rule === "B10").map((one) => one.file)).size);
  await page.uncheck("[name=severity][value=error]", { force: true });
  await expect((one) => !one.excused && one.rule === "B10" && one.severity !== "error", "a rule and a severity");
  await page.click("#reset");
  // The page looks at its form again only after the browser has emptied it.
  const counted = all.filter((one) => !one.excused).length;
  await page.waitForFunction((count) => document.querySelectorAll("#list .card:not([hidden])").length === count, counted);
  await expect((one) => !one.excused, "after a reset");
  await page.selectOption("#role", "visitor");
  await expect((one) => !one.excused && one.role === "visitor", "a role");
  await page.selectOption("#role", "");
  await page.selectOption("#excused", "excused");
  await expect((one) => one.excused, "excused");
  await page.selectOption("#excused", "all");
  await expect(() => true, "all");
  await page.selectOption("#file", "c3");
  await expect((one) => one.file === "c3", "a file");
  assert.deepEqual(await page.$$eval(".talk:not([hidden])", (talks) => talks.map((talk) => talk.id)), ["c3"]);
}));

test("a bar of the chart shows its rule, and again all", () => open("all", {}, async (page) => {
  const all = await facts(page);
  const row = page.locator("button.row").first();
  const rule = await row.getAttribute("data-rule");
  await row.click();
  assert.deepEqual(await shown(page), all.filter((one) => !one.excused && one.rule === rule).map((one) => one.id));
  assert.equal(await row.getAttribute("aria-pressed"), "true");
  assert.equal(Number(await row.locator(".figure").textContent()), (await shown(page)).length);
  await row.click();
  assert.equal((await shown(page)).length, all.filter((one) => !one.excused).length);
}));

test("search finds words that were said and words of the reasons", () => open("all", {}, async (page) => {
  await page.fill("#search", "没看到我正在忙着");
  const all = await facts(page);
  const turns = await page.$$eval(".turn:not([hidden])", (turns) => turns.map((turn) => [turn.id, turn.textContent]));
  const found = (await shown(page)).flatMap((id) => all.find((one) => one.id === id).turns);
  assert.ok(turns.some(([, text]) => text.includes("没看到我正在忙着")));
  for (const [id, text] of turns) assert.ok(text.includes("没看到我正在忙着") || found.includes(id), text);
  assert.ok((await shown(page)).length > 0);
  assert.ok(await page.evaluate(() => CSS.highlights.get("search").size) > 0);
  await page.fill("#search", "nobody says this");
  assert.deepEqual(await shown(page), []);
  assert.ok(await page.isVisible("#none"));
  await page.fill("#search", "");
  assert.ok((await shown(page)).length > 100);
}));

test("only the turns around findings", () => open("all", {}, async (page) => {
  const count = () => page.$$eval(".turn:not([hidden])", (turns) => turns.length);
  const whole = await count();
  await page.check("#near");
  const near = await count();
  assert.ok(near < whole && near > 0, `${near} of ${whole}`);
}));

test("a finding in the list leads to its very words and their reason", () => open("all", {}, async (page) => {
  const wanted = (await facts(page)).filter((one) => one.rule === "B20" && !one.excused).at(-1);
  const phrase = await page.$eval(`#${wanted.id} .say li`, (item) => item.textContent);
  await page.click(`#${wanted.id} .head`);
  assert.ok(await inSight(page, `mark[data-of~=${wanted.id}]`));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.of.split(" ")[0]), wanted.id);
  const words = await page.$$eval(`mark[data-of~=${wanted.id}]`, (marks) => marks.map((mark) => mark.textContent).join(""));
  assert.equal(words, await page.textContent(`#${wanted.id} blockquote`));
  assert.ok((await tip(page)).includes(phrase));
  assert.ok(await inSight(page, "#tip"));
  await page.keyboard.press("Escape");
  assert.equal(await tip(page), null);
}));

test("the next and the previous finding, each once and in sight", () => open("all", {}, async (page) => {
  const wanted = await shown(page);
  for (const id of wanted) {
    await page.keyboard.press("n");
    assert.equal(await current(page), id);
    assert.ok(await inSight(page, `mark[data-of~=${id}]`) || (await page.$(`mark[data-of~=${id}]`)) === null, `${id} is out of sight`);
    assert.ok(await inSight(page, `#${id}`), `${id} is out of sight in the list`);
  }
  await page.keyboard.press("j");
  assert.equal(await current(page), wanted[0]);
  await page.keyboard.press("p");
  assert.equal(await current(page), wanted.at(-1));
  await page.keyboard.press("k");
  assert.equal(await current(page), wanted.at(-2));
  assert.match(await page.textContent("#nth"), new RegExp(`${wanted.length - 1} / ${wanted.length}`));
}));

test("all of it by keyboard", () => open("all", {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".skip")));
  assert.ok(await inSight(page, ".skip") || await page.$eval(".skip", (skip) => skip.getBoundingClientRect().top >= 0));
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  await page.keyboard.type("np?x");
  assert.equal(await page.inputValue("#search"), "np?x");
  assert.equal(await current(page), undefined);
  await page.fill("#search", "");
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  assert.equal(await page.inputValue("#excused"), "all");
  await page.keyboard.press("x");
  await page.focus("mark[role]:not(.off)");
  assert.ok((await tip(page)).length > 10);
  const style = await page.$eval("mark:focus", (mark) => getComputedStyle(mark).outlineStyle);
  await page.keyboard.press("Tab");
  assert.equal(await page.$$eval("mark:focus", (marks) => marks.length), 1, "Tab goes from mark to mark");
  assert.notEqual(await page.$eval("mark:focus-visible", (mark) => getComputedStyle(mark).outlineStyle), "none", style);
  await page.keyboard.press("Enter");
  await page.mouse.move(5, 5);
  await page.waitForTimeout(400);
  assert.ok(await tip(page), "Enter keeps the reason open");
  await page.keyboard.press("?");
  assert.ok(await page.isVisible("#keys"));
  await page.keyboard.press("Escape");
  assert.ok(!await page.isVisible("#keys"));
}));

test("the pointer over a mark shows the reason, away from it hides it", () => open("all", {}, async (page) => {
  const mark = page.locator("mark[role]:not(.off)").nth(4);
  await mark.scrollIntoViewIfNeeded();
  await mark.hover();
  await page.waitForFunction(() => !document.querySelector("#tip").hidden);
  assert.equal(await mark.getAttribute("aria-describedby"), "tip");
  await page.mouse.move(600, 20);
  await page.waitForFunction(() => document.querySelector("#tip").hidden);
}));

for (const colorScheme of ["light", "dark"]) {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, colorScheme };
  const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth);
  test(`a phone, ${colorScheme}: nothing goes over the side, a tap shows the reason`, () => open("all", phone, async (page) => {
    assert.equal(await wide(page), 390);
    await page.screenshot({ path: `out/390-${colorScheme}.png` });
    const mark = page.locator("mark[role]:not(.off)").nth(2);
    await mark.scrollIntoViewIfNeeded();
    await mark.tap();
    assert.ok(await inSight(page, "#tip"));
    await page.screenshot({ path: `out/390-${colorScheme}-tap.png` });
    await page.tap("#next");
    assert.ok(await inSight(page, `mark[data-of~=${await current(page)}]`));
    const covered = await page.$eval(`mark[data-of~=${await current(page)}]`, (mark) =>
      mark.getBoundingClientRect().bottom > document.querySelector("#tip").getBoundingClientRect().top);
    assert.ok(!covered, "the reason covers the words");
    for (const details of await page.$$("details")) await details.evaluate((one) => { one.open = true; });
    await page.selectOption("#excused", "all");
    assert.equal(await wide(page), 390);
    await page.goto(address("many"));
    assert.ok(await wide(page) <= 390);
  }));

  test(`${colorScheme}: as the system has it, turned over by hand, and no fault that axe finds`, () => open("all", { colorScheme }, async (page) => {
    const light = () => page.evaluate(() => Number(getComputedStyle(document.body).backgroundColor.match(/\d+/)[0]) > 128);
    assert.equal(await light(), colorScheme === "light");
    await page.screenshot({ path: `out/1200-${colorScheme}.png` });
    await page.keyboard.press("n");
    await page.screenshot({ path: `out/1200-${colorScheme}-jump.png` });
    await page.evaluate(axe);
    const faults = await page.evaluate(async () => {
      const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] });
      return violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")} ${one.nodes[0].any[0]?.message ?? ""}`);
    });
    assert.deepEqual(faults, []);
    await page.click("#theme");
    assert.equal(await light(), true);
    await page.click("#theme");
    assert.equal(await light(), false);
    await page.reload();
    assert.equal(await light(), false, "remembered");
    await page.click("#theme");
    assert.equal(await light(), colorScheme === "light");
  }));
}

test("a recording plays from where the words were said", () => open("all", {}, async (page) => {
  const audio = await page.$eval("audio", (audio) => audio.id);
  const file = audio.slice(0, -1);
  const finding = (await facts(page)).find((one) => one.file === file && one.rule === "B20");
  await page.click(`#${finding.id} .play`);
  await page.waitForFunction((id) => document.getElementById(id).currentTime > 4.6, audio);
  assert.equal(await page.$eval("audio", (audio) => audio.paused), false);
  assert.equal(await page.$eval(".turn.playing", (turn) => turn.querySelector("mark").textContent), "你急什么");
}));

test("what is hostile is text", () => open("english", {}, async (page) => {
  assert.equal(await page.$$eval("img, .bubble script, .bubble svg, .bubble b", (all) => all.length), 0);
  const said = await page.$$eval(".bubble", (all) => all.map((one) => one.textContent));
  assert.ok(said.some((text) => text.includes("你急什么<br>？")));
  assert.ok((await page.$$eval(".who", (all) => all.map((one) => one.textContent))).some((text) => text.includes("\"><img src=x onerror=alert(7)>")));
  assert.ok(said.some((text) => text.includes("\u2400\u241b[31m&amp;<!--")));
  assert.ok(said.some((text) => text.includes("</script><script>alert(2)</script>&lt;b&gt; <!-- -->")));
  assert.ok(said.some((text) => text.includes("<svg onload=alert(3)>")));
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 1200);
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
}));

test("on paper: the reasons are there, the tools are not", () => open("all", {}, async (page) => {
  await page.selectOption("#file", "c3");
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok(!await page.isVisible(".top") && !await page.isVisible(".filters"));
  for (const why of await page.$$(".card:not([hidden]) .why")) assert.ok(await why.isVisible());
  assert.equal(await page.$$eval(".talk:not([hidden]) details:not([open])", (all) => all.length), 0);
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
}));

test("without script it can be read, and links lead to the words", () => open("all", { javaScriptEnabled: false }, async (page) => {
  assert.ok(await page.locator(".card").first().isVisible());
  await page.locator(".card .head").nth(20).click();
  assert.match(page.url(), /#c\d+f\d+m$/);
}));

test("more than a page holds: an index that is searched and sorted, and pages with their neighbours", () => open("many", {}, async (page) => {
  const rows = () => page.$$eval("#index tbody tr:not([hidden])", (rows) => rows.map((row) => row.cells[4].textContent));
  assert.equal((await rows()).length, 201);
  await page.screenshot({ path: "out/1200-index.png" });
  await page.locator(".sort").nth(4).click();
  assert.equal((await rows())[0], "1");
  await page.locator(".sort").nth(4).click();
  assert.equal((await rows())[0], "0");
  await page.fill("#search", "工3");
  assert.equal((await rows()).length, 29);
  await page.fill("#search", "");
  await page.click("text=c3）");
  assert.match(page.url(), /many\/0003\.html$/);
  assert.equal(await page.$$eval("mark", (marks) => marks.map((mark) => mark.textContent).join()), "你急什么");
  await page.keyboard.press("n");
  assert.ok((await tip(page)).includes("A04"));
  await page.locator(".way a").last().click();
  assert.match(page.url(), /many\/0004\.html$/);
  await page.locator(".way a").nth(1).click();
  assert.match(page.url(), /many\.html$/);
}));
