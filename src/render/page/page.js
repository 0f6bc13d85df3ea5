"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const words = data.words;
  const fill = (text, values) => text.replace(/%\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const narrow = matchMedia("(max-width: 40rem)");

  // Light, dark, or as the system has it. A page opened from a file may have no storage.
  const themes = ["auto", "light", "dark"];
  const stored = () => { try { return localStorage.getItem("wuxin-theme"); } catch { return null; } };
  let theme = themes.includes(stored()) ? stored() : "auto";
  const showTheme = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    $("theme").textContent = words[theme];
  };
  const nextTheme = () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    try { localStorage.setItem("wuxin-theme", theme); } catch { /* for this visit only */ }
    showTheme();
  };
  showTheme();
  $("theme").addEventListener("click", nextTheme);
  $("print").addEventListener("click", () => print());
  $("help").addEventListener("click", () => $("keys").showModal());

  /** Where `wanted` is found in the texts below `elements`, for the browser to paint; the page itself stays as it is. */
  const paint = (elements, wanted) => {
    if (!CSS.highlights) return;
    CSS.highlights.delete("search");
    if (!wanted) return;
    const ranges = [];
    for (const element of elements) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.toLowerCase();
        for (let at = text.indexOf(wanted); at >= 0 && ranges.length < 5000; at = text.indexOf(wanted, at + wanted.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + wanted.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("search", new Highlight(...ranges));
  };

  if (data.index) return indexPage();
  reportPage();

  /** The table of conversations: search it, sort it. */
  function indexPage() {
    const table = $("index"), body = table.tBodies[0], rows = [...body.rows];
    const texts = rows.map((row) => plain(row.textContent));
    const show = () => {
      const wanted = plain($("search").value.trim());
      let shown = 0;
      rows.forEach((row, i) => { row.hidden = !texts[i].includes(wanted); shown += row.hidden ? 0 : 1; });
      $("shown").textContent = fill(words.shownTalks, { shown, count: rows.length });
    };
    const value = (row, column) => {
      const cell = row.cells[column];
      return "value" in cell.dataset ? Number(cell.dataset.value) : column < 3 ? cell.textContent : -Infinity;
    };
    table.tHead.addEventListener("click", (event) => {
      const head = event.target.closest("th");
      if (!head) return;
      const column = head.cellIndex;
      const down = head.getAttribute("aria-sort") === (column < 3 ? "ascending" : "descending") ? column < 3 : column >= 3;
      for (const one of table.tHead.rows[0].cells) one.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1);
      rows.sort((a, b) => order(value(a, column), value(b, column))).forEach((row) => body.append(row));
      rows.forEach((row, i) => { texts[i] = plain(row.textContent); });
    });
    $("search").addEventListener("input", show);
    $("search").form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (typing(event)) return;
      if (event.key === "/") { event.preventDefault(); $("search").focus(); }
      if (event.key === "t") nextTheme();
      if (event.key === "?") $("keys").showModal();
    });
    show();
  }

  function typing(event) {
    return event.ctrlKey || event.metaKey || event.altKey || $("keys").open
      || event.target.matches?.("input[type=search], select, textarea");
  }

  function reportPage() {
    const findings = data.findings.map((one) => {
      const card = $(one.id);
      return { ...one, card, text: plain(card.textContent), turns: one.turns.map($).filter(Boolean), marks: [] };
    });
    const byId = new Map(findings.map((one) => [one.id, one]));
    const marks = [...document.querySelectorAll("mark")];
    for (const one of findings) one.card.classList.toggle("whole", !$(`${one.id}m`));
    const of = (mark) => mark.dataset.of.split(" ").map((id) => byId.get(id));
    for (const mark of marks) for (const one of of(mark)) one.marks.push(mark);
    const talks = [...document.querySelectorAll(".talk")].map((element) => ({
      element,
      details: element.querySelector(".turns"),
      turns: [...element.querySelectorAll(".turn")].map((turn) => ({ turn, text: plain(turn.textContent) })),
      stages: [...element.querySelectorAll(".stage")],
    }));
    const form = $("filters");
    let shown = findings, current = null;

    // Filters

    const wantedNow = () => ({
      text: plain($("search").value.trim()),
      rule: $("rule").value,
      role: $("role").value,
      file: $("file")?.value ?? "",
      excused: $("excused").value,
      levels: new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value)),
      near: $("near").checked,
    });
    const fits = (one, wanted, heard) =>
      (!wanted.rule || one.rule === wanted.rule)
      && (!wanted.role || one.role === wanted.role)
      && (!wanted.file || one.file === wanted.file)
      && (wanted.excused === "all" || one.excused === (wanted.excused === "excused"))
      && wanted.levels.has(one.severity)
      && (!wanted.text || one.text.includes(wanted.text) || one.turns.some((turn) => heard.has(turn)));

    const apply = () => {
      const wanted = wantedNow();
      const heard = new Set();
      if (wanted.text) for (const talk of talks) for (const { turn, text } of talk.turns) if (text.includes(wanted.text)) heard.add(turn);
      shown = findings.filter((one) => fits(one, wanted, heard));
      const kept = new Set(shown);
      for (const one of findings) one.card.hidden = !kept.has(one);
      for (const mark of marks) {
        const on = of(mark).some((one) => kept.has(one));
        mark.classList.toggle("off", !on);
        if (mark.hasAttribute("role")) mark.tabIndex = on ? 0 : -1;
      }
      const found = new Set(shown.flatMap((one) => one.turns));
      const choosing = wanted.rule || wanted.role || wanted.text || wanted.excused === "excused" || wanted.levels.size < 3;
      let any = false;
      for (const talk of talks) any = showTalk(talk, wanted, heard, found, choosing) || any;
      $("none").hidden = any;
      for (const row of document.querySelectorAll("button.row")) row.setAttribute("aria-pressed", String(row.dataset.rule === wanted.rule));
      $("shown").textContent = fill(words.shown, { shown: shown.length, count: findings.length });
      if (current && !kept.has(current)) unpin();
      paint(wanted.text ? document.querySelectorAll(".bubble, .cards blockquote") : [], wanted.text);
      count();
    };

    /** Shows what is wanted of a conversation; whether there is any. */
    function showTalk(talk, wanted, heard, found, choosing) {
      const hit = talk.turns.map(({ turn }) => found.has(turn) || heard.has(turn));
      const any = hit.includes(true);
      talk.element.hidden = (wanted.file && wanted.file !== talk.element.id) || (choosing && !any);
      const only = wanted.text ? 0 : wanted.near ? 1 : Infinity;
      talk.turns.forEach(({ turn }, i) => {
        turn.hidden = Number.isFinite(only) && !hit.slice(Math.max(0, i - only), i + only + 1).includes(true);
      });
      for (const stage of talk.stages) stage.hidden = Number.isFinite(only);
      if (choosing && any) talk.details.open = true;
      return !talk.element.hidden;
    }

    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    for (const row of document.querySelectorAll("button.row")) {
      row.addEventListener("click", () => {
        $("rule").value = $("rule").value === row.dataset.rule ? "" : row.dataset.rule;
        apply();
      });
    }

    // The reason at the place

    const tip = $("tip");
    let over = null, pinned = false, timer = 0;

    const place = (mark) => {
      if (narrow.matches) return;
      const at = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
      const { width, height } = tip.getBoundingClientRect();
      const below = at.bottom + 8 + height <= innerHeight || at.top < height + 8;
      tip.style.top = `${Math.max(8, below ? Math.min(at.bottom + 8, innerHeight - height - 8) : at.top - height - 8)}px`;
      tip.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8))}px`;
    };
    const show = (mark) => {
      clearTimeout(timer);
      if (mark.classList.contains("off")) return;
      over?.removeAttribute("aria-describedby");
      over = mark;
      const cards = of(mark).filter((one) => !one.card.hidden).sort((a, b) => (b === current) - (a === current)).map((one) => {
        const copy = one.card.cloneNode(true);
        copy.removeAttribute("id");
        copy.removeAttribute("aria-current");
        const box = document.createElement("div");
        box.className = copy.className;
        box.append(...copy.childNodes);
        return box;
      });
      const close = document.createElement("button");
      close.type = "button";
      close.className = "x";
      close.textContent = "×";
      close.tabIndex = -1;
      close.setAttribute("aria-label", words.close);
      close.addEventListener("click", hide);
      tip.replaceChildren(close, ...cards);
      tip.scrollTop = 0;
      tip.hidden = false;
      mark.setAttribute("aria-describedby", "tip");
      place(mark);
    };
    const hide = () => {
      clearTimeout(timer);
      over?.removeAttribute("aria-describedby");
      over = null;
      pinned = false;
      tip.hidden = true;
    };
    const later = (action, wait) => { clearTimeout(timer); timer = setTimeout(action, wait); };

    document.addEventListener("mouseover", (event) => {
      if (pinned) return;
      const mark = event.target.closest?.("mark[data-of]");
      if (mark) later(() => show(mark), 90);
      else if (event.target.closest?.("#tip")) clearTimeout(timer);
      else if (over && document.activeElement !== over) later(hide, 250);
    });
    document.addEventListener("focusin", (event) => {
      const mark = event.target.closest?.("mark[role]");
      // A press focuses too; what it opens would come under the finger before it is lifted.
      if (mark?.matches(":focus-visible")) { select(chosen(mark), false); show(mark); }
      else if (mark) return;
      else if (!event.target.closest?.("#tip, #step") && !pinned) hide();
    });
    document.addEventListener("click", (event) => {
      const play = event.target.closest("[data-audio]");
      if (play) return listen(play.dataset.audio, Number(play.dataset.at));
      const mark = event.target.closest("mark[data-of]:not(.off)");
      if (mark) {
        select(chosen(mark), false);
        show(mark);
        pinned = true;
        const covered = mark.getBoundingClientRect().bottom > tip.getBoundingClientRect().top;
        if (narrow.matches && covered) mark.scrollIntoView({ block: "start", behavior: "instant" });
        return;
      }
      const card = event.target.closest(".cards .card");
      if (card && !event.target.closest("a.file")) {
        event.preventDefault();
        return jump(byId.get(card.id));
      }
      if (!event.target.closest("#tip, #step")) hide();
    });
    addEventListener("scroll", () => { if (over) place(over); }, { passive: true });
    addEventListener("resize", () => { if (over) place(over); });

    // From finding to finding

    /** The finding that a mark stands for; where several overlap, the one that is chosen already. */
    function chosen(mark) {
      const here = of(mark).filter((one) => !one.card.hidden);
      return here.includes(current) ? current : here[0];
    }
    function select(one, scroll) {
      if (!one) return;
      if (current !== one) {
        current?.card.removeAttribute("aria-current");
        current?.marks.forEach((mark) => mark.classList.remove("now"));
        current = one;
        one.card.setAttribute("aria-current", "true");
        one.marks.forEach((mark) => mark.classList.add("now"));
      }
      if (scroll || !narrow.matches) reveal(one.card);
      count();
    }
    /** Scrolls the list alone. */
    function reveal(card) {
      const list = $("list"), at = card.offsetTop - list.offsetTop;
      if (at < list.scrollTop) list.scrollTop = at - 8;
      else if (at + card.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = at + Math.min(0, card.offsetHeight - list.clientHeight) - 8;
    }
    function unpin() {
      current?.card.removeAttribute("aria-current");
      current?.marks.forEach((mark) => mark.classList.remove("now"));
      current = null;
      hide();
    }
    function jump(one) {
      if (!one) return;
      select(one, true);
      const details = $(one.file)?.querySelector(".turns");
      if (details) details.open = true;
      const mark = one.marks[0];
      const goal = mark ?? one.turns[0] ?? $(one.file);
      goal.scrollIntoView({ block: "start", behavior: "instant" });
      if (!mark) return hide();
      pinned = false;
      mark.focus({ preventScroll: true });
      show(mark);
      pinned = true;
    }
    /** The next or the previous one; from where the reader looks, if none is chosen. */
    function go(step) {
      if (!shown.length) return;
      let at = shown.indexOf(current);
      if (at < 0) {
        const seen = shown.findIndex((one) => (one.marks[0] ?? one.turns[0] ?? one.card).getBoundingClientRect().top >= 0);
        at = step > 0 ? (seen < 0 ? 0 : seen) - 1 : seen < 0 ? shown.length : seen;
      }
      jump(shown[(at + step + shown.length) % shown.length]);
    }
    function count() {
      $("step").hidden = !shown.length;
      const nth = shown.indexOf(current) + 1;
      $("nth").textContent = fill(words.nth, { nth: nth || "–", count: shown.length });
    }
    $("next").addEventListener("click", () => go(1));
    $("previous").addEventListener("click", () => go(-1));

    // The recording

    function listen(id, at) {
      const audio = $(id);
      if (!audio) return;
      for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
      audio.currentTime = at;
      audio.play()?.catch(() => failed(audio));
    }
    function failed(audio) {
      if (audio.dataset.failed || !audio.error) return;
      audio.dataset.failed = "true";
      const note = document.createElement("p");
      note.className = "warning";
      note.textContent = `${words.unplayable} ${decodeURIComponent(audio.getAttribute("src"))}`;
      audio.after(note);
    }
    for (const audio of document.querySelectorAll("audio")) {
      audio.addEventListener("error", () => failed(audio));
      const turns = [...audio.closest(".talk").querySelectorAll("[data-from]")];
      const follow = () => {
        const now = audio.currentTime;
        for (const turn of turns) {
          turn.classList.toggle("playing", !audio.paused && now >= Number(turn.dataset.from) && now < Number(turn.dataset.to));
        }
      };
      for (const what of ["timeupdate", "pause", "ended"]) audio.addEventListener(what, follow);
    }

    // Keys, printing

    const toggleExcused = () => { $("excused").value = $("excused").value === "all" ? "counted" : "all"; apply(); };
    const play = () => current?.card.querySelector("[data-audio]")?.click();
    const keys = {
      n: () => go(1), j: () => go(1), p: () => go(-1), k: () => go(-1),
      "/": () => $("search").focus(), x: toggleExcused, a: play, t: nextTheme, "?": () => $("keys").showModal(),
    };
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        if (event.target === $("search") && !$("search").value) $("search").blur();
        return hide();
      }
      if (typing(event)) return;
      if ((event.key === "Enter" || event.key === " ") && event.target.matches?.("mark[role]")) {
        event.preventDefault();
        return event.target.click();
      }
      const action = keys[event.key];
      if (action) { event.preventDefault(); action(); }
    });
    let folded = [];
    addEventListener("beforeprint", () => {
      hide();
      folded = [...document.querySelectorAll("details:not([open])")];
      for (const details of folded) details.open = true;
    });
    addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
    apply();
  }
})();
