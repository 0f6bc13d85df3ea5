"""Who is compared: how each is run, and how one that is missing is installed."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCAN = Path(__file__).with_name("scan_words.py")
HINT = "(换一句话)"


@dataclass
class Peer:
    name: str
    # The command up to the path; none where the peer is missing.
    command: list | None
    version: str = ""
    install: str = ""
    allowed: tuple = (0, 1)
    # Extensions it reads; none for all.
    only: str | None = None

    def reads(self, path):
        return self.only is None or path.is_dir() or path.suffix == self.only


def find(args, literals, work):
    """All of them, wuxin first; `literals` is a file, `work` a folder for what they need."""
    return [wuxin(args.wuxin), ripgrep(literals), grep(literals), typos(), *python(args.python, literals), textlint(args.node, literals, work)]


def wuxin(path, *more):
    found = shutil.which(path)
    command = [found, "check", "--no-config", "--no-ignore", "--fail-on", "never", "--format", "jsonl", *more]
    return Peer("wuxin", command if found else None, version(path), "cargo build --release", (0,))


def ripgrep(literals):
    found = shutil.which("rg")
    command = [found, "--no-config", "--no-ignore", "--hidden", "-F", "-c", "-f", literals]
    return Peer("ripgrep -F -c -f", command if found else None, version("rg"), "cargo install --locked ripgrep")


def grep(literals):
    found = shutil.which("grep")
    return Peer("grep -F -c -f", [found, "-r", "-F", "-c", "-f", literals] if found else None, version("grep"), "apt-get install grep")


def typos():
    found = shutil.which("typos")
    command = [found, "--isolated", "--no-ignore", "--hidden", "--format", "brief"]
    return Peer("typos", command if found else None, version("typos"), "cargo install --locked typos-cli", (0, 2))


def python(interpreter, literals):
    """jieba, and its Rust port, with pyahocorasick."""
    for cutter in ("jieba", "rjieba"):
        ask = f"import {cutter}, ahocorasick, importlib.metadata as m; print(m.version('{cutter}'), m.version('pyahocorasick'))"
        said = output([interpreter, "-c", ask])
        command = [interpreter, SCAN, cutter, literals] if said else None
        install = f"python3 -m venv V && V/bin/pip install {cutter} pyahocorasick, then --python V/bin/python"
        yield Peer(f"{cutter} + pyahocorasick", command, said, install, (0,))


def textlint(node, literals, work):
    install = "npm install --prefix D textlint textlint-rule-prh, then --node D"
    found = shutil.which("textlint", path=str(Path(node) / "node_modules/.bin")) or shutil.which("textlint")
    modules = next((p for p in Path(found).resolve().parents if p.name == "node_modules"), None) if found else None
    if not modules or not (modules / "textlint-rule-prh").exists():
        return Peer("textlint + prh", None, install=install)
    rules, config = work / "prh.yml", work / "textlintrc.json"
    lines = [f"  - {{expected: {json.dumps(HINT)}, pattern: {json.dumps(text, ensure_ascii=False)}}}" for text in literals.read_text(encoding="utf8").split()]
    rules.write_text("\n".join(["version: 1", "rules:", *lines, ""]), encoding="utf8")
    config.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(rules)]}}}))
    command = [found, "--no-color", "--format", "unix", "--config", config, "--rules-base-directory", modules]
    return Peer("textlint + prh", command, version(found), install, only=".txt")


def version(program):
    said = re.search(r"\d+(\.\d+)+", output([program, "--version"]))
    return said.group() if said else ""


def output(command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""
