"""Transcripts of any size, put together from the project's fixtures: the same seed gives the same bytes.

A transcript is made of runs of turns as they stand in the fixtures, so that what is said fits what was asked; every turn
ends in a number of its own, so that turns differ: what a hotline says all day would flatter a linter that recalls it.
"""

import json
import random
import re
import tomllib
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LABELLED = re.compile(r"^(?:\[[^\]]*\]\s*)?([^：:\d\s\[]{1,8})[：:]\s*(\S.*)$")
LABELS = {"staff": "客服", "visitor": "客户"}
RUN = 8
DIGITS = "零一二三四五六七八九"
TRANSCRIPT = 15_000
A_FOLDER = 1_000
# One staff turn in so many holds a banned phrase.
ONE_IN = 300


def literals():
    """The clauses of appendix 2, split at every mark."""
    lines = (FIXTURES / "standard/appendix-2.txt").read_text(encoding="utf8").splitlines()
    clauses = [clause for line in lines for clause in re.split(r"[/,、。？！?!]", line.split("\t")[-1])]
    return list(dict.fromkeys(clause.strip() for clause in clauses if clause.strip()))


class Corpus:
    """Clean turns by fixture, in order, and banned ones; a turn is a role and what was said."""

    def __init__(self, seed=1, clean=False):
        self.dice, self.clean = random.Random(seed), clean
        self.talks, self.banned = [], []
        for path in sorted((FIXTURES / "conversations").glob("*.txt")):
            talk = list(self._clean(path))
            if talk:
                self.talks.append(talk)

    def _clean(self, path):
        """The turns of a fixture without those that an auditor marked or doubted."""
        marks = tomllib.loads((FIXTURES / f"expected/{path.name}.toml").read_text(encoding="utf8"))
        texts = lambda table: [row["text"] for row in marks.get(table, []) if "text" in row]
        doubtful = texts("disputed") + texts("excused") + literals()
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError:
            return
        for label, said in (found.groups() for found in map(LABELLED.match, lines) if found):
            role = "staff" if label in marks.get("staff", []) else "visitor"
            if any(text in said for text in texts("finding")):
                self.banned.append(said)
            elif not any(text in said for text in doubtful):
                yield role, said

    def conversation(self, size=TRANSCRIPT):
        turns, held = [], 0
        while held < size:
            talk = self.dice.choice(self.talks)
            start = self.dice.randrange(len(talk))
            for role, said in talk[start : start + RUN]:
                if role == "staff" and not self.clean and self.dice.random() < 1 / ONE_IN:
                    turns.append((role, self.dice.choice(self.banned)))
                turns.append((role, self._numbered(said)))
                held += len(turns[-1][1].encode()) + 10
        return turns

    def _numbered(self, said):
        mark = "" if said[-1] in "。？！…" else "，"
        return f"{said}{mark}{''.join(self.dice.choices(DIGITS, k=6))}。"

    def conversations(self, size):
        """Conversations of `size` bytes together as labelled text."""
        done = 0
        while done < size:
            turns = self.conversation(min(TRANSCRIPT, size - done))
            yield turns
            done += len(labelled(turns).encode())


def labelled(turns):
    return "".join(f"{LABELS[role]}：{said}\n" for role, said in turns)


def excerpt(text, size, banned=None):
    """The first lines of a labelled text; a banned turn comes into the middle, from who spoke first."""
    lines, held = [], 0
    for line in text.splitlines(keepends=True):
        held += len(line.encode())
        if held > size:
            break
        lines.append(line)
    if banned:
        first = next((found[1] for found in map(LABELLED.match, lines) if found), LABELS["staff"])
        lines.insert(len(lines) // 2, f"{first}：{banned}\n")
    return "".join(lines)


def json_line(number, turns):
    turns = [{"speaker": LABELS[role], "text": said} for role, said in turns]
    return json.dumps({"id": f"c{number:06d}", "turns": turns}, ensure_ascii=False) + "\n"


def build(size, seed, clean, folder=None, lines=None):
    """Writes a folder of transcripts, one JSONL file, or both; returns the number of conversations."""
    stream = lines.open("w", encoding="utf8", newline="\n") if lines else None
    number = -1
    for number, turns in enumerate(Corpus(seed, clean).conversations(size)):
        if folder:
            below = folder / f"{number // A_FOLDER:04d}"
            below.mkdir(parents=True, exist_ok=True)
            (below / f"c{number:06d}.txt").write_text(labelled(turns), encoding="utf8", newline="\n")
        if stream:
            stream.write(json_line(number, turns))
    if stream:
        stream.close()
    return number + 1


def weigh(path):
    """Bytes and files at a path; reading them warms the system's cache."""
    files = [path] if path.is_file() else sorted(below for below in path.rglob("*") if below.is_file())
    return sum(len(file.read_bytes()) for file in files), len(files)
