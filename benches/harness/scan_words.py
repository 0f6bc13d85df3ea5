"""The peer that a Python programmer would write: words by jieba (or rjieba), phrases by pyahocorasick, and a phrase counts
where its ends are ends of words.

    scan_words.py jieba|rjieba LITERALS PATH
"""

import sys
from pathlib import Path

import ahocorasick

CUTTERS = {"jieba": lambda: quiet().cut, "rjieba": lambda: __import__("rjieba").cut}


def quiet():
    import jieba

    jieba.setLogLevel("WARNING")
    return jieba


def main():
    name, literals, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    cut, phrases = CUTTERS[name](), ahocorasick.Automaton()
    for literal in literals.read_text(encoding="utf8").split("\n"):
        if literal:
            phrases.add_word(literal, literal)
    phrases.make_automaton()
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if file.is_file():
            with file.open(encoding="utf8", errors="replace") as lines:
                scan(file, lines, cut, phrases)


def scan(file, lines, cut, phrases):
    for number, line in enumerate(lines, 1):
        at, ends = 0, {0}
        for word in cut(line):
            at += len(word)
            ends.add(at)
        for last, literal in phrases.iter(line):
            if last + 1 in ends and last + 1 - len(literal) in ends:
                print(f"{file}:{number}:{literal}")


main()
