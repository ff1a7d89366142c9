"""`scormpack check`: what is said of each package, in which form, and the exit code."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from paths import ROOT

from inspection.zips import pack
from scormpack.cli import main
from scormpack.cli.check import check as command
from scormpack.cli.show.verdicts import DOES, Shown, as_text, head, in_form
from scormpack.diagnostics import Place, Severity
from scormpack.inspect import many
from scormpack.inspect.about import NOTHING, About
from scormpack.inspect.foresee import Opinion, Sentence
from scormpack.inspect.verdict import Verdict, inspect
from scormpack.package import PKG_11, PKG_12

PAGE = (
    b'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Tea</title></head><body><p>Tea.</p></body>'
)
WEB = {"index.html": PAGE}
MANIFEST = b"""\
<manifest identifier="tea" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Tea</title>
<item identifier="i" identifierref="r"><title>Tea</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="tea.html">
<file href="tea.html"/></resource></resources></manifest>
"""
LACKING = {"imsmanifest.xml": MANIFEST}  # its page is missing


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def check(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


# What is said


def verdict(**more: object) -> Verdict:
    return Verdict("tea.zip", ("scorm12",), False, ())._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kinds", "about", "said"),
    [
        (("scorm12",), About(files=214, size=3_240_000, parts=1), "SCORM 1.2, 1 SCO, 214 files, 3.2 MB"),
        (("scorm2004-4th",), About(files=1, size=10, parts=12), "SCORM 2004 4th Edition, 12 SCOs, 1 file, 1 kB"),
        (("cmi5",), About(files=9, size=63_384, parts=2, maker="x 2"), "cmi5, 2 units, 9 files, 63 kB, made by x 2"),
        (("scorm12", "xapi"), About(files=9, size=999_500), "SCORM 1.2 and xAPI, 0 SCOs, 9 files, 1.0 MB"),
        (("web",), About(files=2_000, size=1_000), "web pages, 2,000 files, 1 kB"),
        ((), NOTHING, "not a package that can be read"),
    ],
)
def test_the_head_says_what_a_package_is(kinds: tuple[str, ...], about: About, said: str) -> None:
    assert head(verdict(kinds=kinds, about=about)) == said


def _tried(says: str) -> Sentence:
    return Sentence(says, "stumbles", "Tried on B", "2026-11-30")


WORKS = Opinion("a", "Able", "works", (Sentence("It takes SCORM 1.2.", "works", "Tried on Able", "2026-11-30"),))
STUMBLES = Opinion(
    "b",
    "Byte LMS",
    "stumbles",
    (Sentence("It takes it.", "works"), _tried("No score."), _tried("x")),
)
REFUSES = Opinion("c", "Cay", "refuses", (Sentence("It takes xAPI only.", "refuses"),))
NOT_KNOWN = Opinion("d", "Day", "not_known", (Sentence("No source says.", "not_known"),))


def lines(*shown: Shown) -> list[str]:
    return list(as_text(shown))


def test_findings_have_their_place_the_line_the_reason_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    finding = PKG_11.finding("says `x`", Place("tea.zip/imsmanifest.xml", 3, outside=True), "Say `y`.")
    found = verdict(findings=(finding, replace(finding, code="PKG-12")), lines=("<a>x</a>", ""))
    assert lines(Shown(found, (), asked=True)) == [
        "tea.zip: SCORM 1.2, 0 SCOs, 0 files, 1 kB. 2 errors.",
        "tea.zip/imsmanifest.xml:3: error PKG-11: says `x`",
        "    3 | <a>x</a>",
        f"    why: {PKG_11.reason}",
        "    fix: Say `y`.",
        "tea.zip/imsmanifest.xml:3: error PKG-12: says `x`",
        f"    why: {PKG_12.reason}",
        "    fix: Say `y`.",
    ]


def test_what_to_do_is_said_once_where_it_is_the_same() -> None:
    places = (Place("tea.zip/imsmanifest.xml", line, outside=True) for line in (3, 4, 5))
    findings = [PKG_11.finding("is wrong", place, "Say `y`.") for place in places]
    findings[2] = replace(findings[2], hint="Say `z`.")
    assert [line for line in lines(Shown(verdict(findings=tuple(findings)), (), asked=True)) if "fix:" in line] == [
        "    fix: Say `y`.",
        "    fix: Say `z`.",
    ]


def test_one_package_has_a_line_for_each_platform() -> None:
    assert lines(Shown(verdict(), (WORKS, STUMBLES, REFUSES, NOT_KNOWN), asked=False))[1:] == [
        "What platforms do with it, as far as that is known:",
        "    Able      takes it",
        "    Byte LMS  takes it, but: No score. (1 more reason)",
        "    Cay       does not take it: It takes xAPI only.",
        "    Day       not known",
    ]


def test_errors_are_there_on_any_platform() -> None:
    found = verdict(findings=(PKG_11.finding("is wrong", Place("tea.zip", outside=True)),))
    told = "What platforms do with it, as far as that is known, besides what is wrong with it on any of them:"
    assert told in lines(Shown(found, (WORKS,), asked=False))


def test_of_several_packages_what_is_found_is_not_buried() -> None:
    other = verdict(name="cup.zip", findings=(PKG_11.finding("is wrong", Place("cup.zip", outside=True)),))
    found = lines(*(Shown(each, (WORKS, STUMBLES), asked=False) for each in (verdict(), other, verdict())))
    assert [line for line in found if not line.startswith((" ", "cup.zip: \x1b"))] == [
        "tea.zip: SCORM 1.2, 0 SCOs, 0 files, 1 kB",
        "cup.zip: SCORM 1.2, 0 SCOs, 0 files, 1 kB. 1 error.",
        "",
        "tea.zip: SCORM 1.2, 0 SCOs, 0 files, 1 kB",
    ]


def test_a_platform_that_was_named_is_told_at_length() -> None:
    assert lines(Shown(verdict(), (STUMBLES,), asked=True))[1:] == [
        "Byte LMS: takes it, but",
        "    - It takes it.",
        "    - No score. [Tried on B, 2026-11-30]",
        "    - x [Tried on B, 2026-11-30]",
    ]


# The command


def test_a_package_that_is_fine() -> None:
    pack("tea.zip", WEB)
    result = check("tea.zip")
    assert result.exit_code == 0
    assert result.stdout.startswith("tea.zip: web pages, 1 file, 1 kB\nWhat platforms do with it")
    assert result.stderr == "1 package checked. No problems found.\n"


def test_an_error_is_refused_and_its_line_is_shown() -> None:
    pack("given/tea.zip", LACKING)
    result = check("given")
    assert result.exit_code == 1
    assert "given/tea.zip/imsmanifest.xml:6: error S12-05: `tea.html` is not in the package\n    6 | <resources>" in (
        result.stdout
    )


def test_one_broken_package_stops_no_other_and_the_order_is_that_of_the_arguments() -> None:
    Path("b.zip").write_bytes(b"PK\x03\x04 and no more")
    for name in ("c.zip", "a/2.zip", "a/1.zip"):
        pack(name, WEB)
    result = check("c.zip", "b.zip", "a")
    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stdout.splitlines() if ": web pages" in line] == [
        "c.zip",
        "a/1.zip",
        "a/2.zip",
    ]
    assert "b.zip: not a package that can be read. 1 error" in result.stdout
    assert result.stderr.startswith("4 packages checked. 1 error")
    assert result.stderr.endswith(". 1 package with errors.\n")


def test_a_mistake_of_ours_is_a_finding_about_that_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_on_one(file: Path) -> Verdict:
        if file.name == "bad.zip":
            raise RecursionError("too deep")
        return inspect(file)

    monkeypatch.setattr(many, "inspect", fail_on_one)
    for name in ("bad.zip", "good.zip"):
        pack(name, WEB)
    result = check("bad.zip", "good.zip", "--jobs", "1")
    assert result.exit_code == 1
    assert "bad.zip: error PKG-13: RecursionError: too deep (test_check_command.py:" in result.stdout
    assert "good.zip: web pages, 1 file, 1 kB\n" in result.stdout


def test_ctrl_c_ends_it_as_shells_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Iterator[Verdict]:
        yield verdict()
        raise KeyboardInterrupt

    module = sys.modules["scormpack.cli.check"]
    monkeypatch.setattr(module, "inspect_all", interrupted)
    for name in ("a.zip", "b.zip"):
        pack(name, WEB)
    result = check("a.zip", "b.zip")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "Stopped after 1 of 2 packages.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does it all")
def test_several_processes_say_what_one_says() -> None:
    for number in range(9):
        pack(f"given/{number}.zip", LACKING if number % 3 else WEB)
    Path("given/4.zip").write_bytes(b"no zip")
    said = {subprocess.run(_command("given", "--jobs", jobs), capture_output=True).stdout for jobs in ("1", "3")}
    assert len(said) == 1


def _command(*arguments: str) -> Sequence[str]:
    return [sys.executable, "-m", "scormpack", "check", *arguments]


def test_warnings_are_errors_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    warning = replace(PKG_11.finding("is odd", Place("tea.zip", outside=True)), severity=Severity.WARNING)
    monkeypatch.setattr(many, "inspect", lambda _: verdict(findings=(warning,)))
    pack("tea.zip", WEB)
    assert (check("tea.zip").exit_code, check("tea.zip", "--strict").exit_code) == (0, 1)


def test_a_platform_that_refuses_a_package_is_an_error_for_whoever_names_it() -> None:
    pack("tea.zip", WEB)
    result = check("tea.zip", "--platform", "Moodle", "--platform", "openolat")
    assert result.exit_code == 1
    assert "\nMoodle: does not take it\n    - Its SCORM activity refuses a zip file without" in result.stdout
    assert "\nOpenOlat: not known\n    - No source says whether it takes web pages.\n" in result.stdout
    assert result.stderr == "1 package checked. 1 error, 1 info.\n"


def test_an_unknown_platform_is_wrong_usage_and_the_nearest_is_proposed() -> None:
    pack("tea.zip", WEB)
    result = check("tea.zip", "--platform", "modle")
    assert result.exit_code == 2
    assert "There is no platform `modle`. Did you mean `moodle`?" in result.stderr


def test_nothing_at_that_place_is_wrong_usage() -> None:
    assert check("tea.zip").exit_code == 2
    assert check().exit_code == 2


# For programs


def test_json_has_each_package_with_its_findings_and_every_platform() -> None:
    pack("tea.zip", WEB)
    pack("cup.zip", LACKING)
    result = check("tea.zip", "cup.zip", "--format", "json")
    said = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    tea, cup = said["packages"]
    assert {name: tea[name] for name in ("path", "kinds", "is_ours", "title", "maker", "files", "parts")} == {
        "path": "tea.zip",
        "kinds": ["web"],
        "is_ours": False,
        "title": "",
        "maker": "",
        "files": 1,
        "parts": 0,
    }
    assert (cup["title"], cup["parts"], cup["bytes"]) == ("Tea", 1, Path("cup.zip").stat().st_size)
    assert ["S12-05", "cup.zip/imsmanifest.xml", 6] in [
        [it["code"], it["path"], it["line"]] for it in cup["findings"]
    ]
    assert said["diagnostics"] == tea["findings"] + cup["findings"]
    assert {each["id"]: each["verdict"] for each in tea["platforms"]}["moodle"] == "refuses"
    (moodle,) = (each for each in tea["platforms"] if each["id"] == "moodle")
    assert set(moodle["sentences"][0]) == {"says", "verdict", "source", "day"}


@pytest.mark.parametrize("form", ["json", "sarif", "github", "html", "text"])
def test_names_that_are_no_text_harm_no_form(form: str) -> None:
    files = {f"\x1b[31m{name}.html": b"" for name in ("a\u202e", "<img src=x onerror=alert(1)>")}
    pack("tea.zip", LACKING | files)
    said = check("tea.zip", "--format", form).stdout_bytes
    assert b"\x1b[31ma" not in said
    assert b"\x1b[31m<" not in said
    assert "\u202e".encode() not in said


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_half_a_sign_in_the_name_of_a_file_is_shown_as_an_escape() -> None:
    name = os.fsdecode(b"caf\xe9.zip")
    pack(name, WEB)
    said = json.loads(check(name, "--format", "json").stdout_bytes)
    assert said["packages"][0]["path"] == "caf\\udce9.zip"


def test_sarif_has_the_findings_and_says_what_the_packages_are() -> None:
    pack("tea.zip", LACKING)
    (run,) = json.loads(check("tea.zip", "--format", "sarif").stdout)["runs"]
    assert "S12-05" in {each["ruleId"] for each in run["results"]}
    assert [each["path"] for each in run["properties"]["packages"]] == ["tea.zip"]


def test_github_has_a_command_for_each_finding() -> None:
    pack("tea.zip", LACKING)
    said = check("tea.zip", "--format", "github")
    assert "::error file=tea.zip/imsmanifest.xml,line=6,title=S12-05 " in said.stdout
    assert said.stderr.startswith("1 package checked. ")


def test_a_page_goes_to_a_file_and_the_summary_to_the_terminal() -> None:
    pack("tea.zip", LACKING)
    result = check("tea.zip", "--format", "html", "--out", "found/page.html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("1 package checked. ")
    assert Path("found/page.html").read_text(encoding="utf-8") == check("tea.zip", "--format", "html").stdout


def test_what_is_for_people_has_no_file() -> None:
    pack("tea.zip", WEB)
    result = check("tea.zip", "--out", "found.txt")
    assert result.exit_code == 2
    assert "--out goes with --format json, sarif, html." in result.stderr
    assert not Path("found.txt").exists()


def test_the_page_says_what_was_checked_when_and_with_what() -> None:
    pack("given/tea.zip", LACKING | {"<script>alert(1)</script>.html": b""})
    page = check("given/tea.zip", "--format", "html").stdout
    assert "<h1>What was found in tea.zip</h1>" in page
    assert "Checked on 23 November 2026 with scormpack " in page
    assert "<code>tea.html</code> is not in the package" in page
    assert '<span class="place">imsmanifest.xml:6</span>' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;.html" in page
    assert "<script" not in page
    assert 'src="' not in page


def test_the_page_about_many_has_a_line_for_each_and_more_where_there_is_something_to_tell() -> None:
    places = (Place("cup.zip", line, outside=True) for line in range(1, 15))
    bad = verdict(name="cup.zip", findings=tuple(PKG_11.finding("is wrong", place) for place in places))
    opinions = (WORKS, STUMBLES, REFUSES, NOT_KNOWN)
    page = in_form([Shown(verdict(), opinions, asked=False), Shown(bad, (WORKS,), asked=False)], "html")
    assert re.findall(r"<h2>(.*?)</h2>", page) == ["The packages", "cup.zip"]
    taken = re.findall(r'data-label="Taken by platforms">(.*?)<', page)
    assert taken == ["not by Cay; with trouble by Byte LMS; not known of 1", "by all that are known"]
    assert (page.count('<span class="place">'), page.count("<li>and 4 more places</li>")) == (10, 1)
    assert len(in_form([Shown(verdict(), opinions, asked=False)] * 1_000, "html")) < 1_000_000


def test_what_is_only_worth_knowing_is_no_blemish(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = PKG_11.finding("is odd", Place("tea.zip", outside=True))
    found = (replace(finding, severity=Severity(word)) for word in ("info", "warning", "error"))
    verdicts = [verdict(name=f"{each.severity}.zip", findings=(each,)) for each in found]
    monkeypatch.setattr(many, "inspect", lambda file: verdicts[int(file.stem)])
    page = check(*(pack(f"{number}.zip", WEB).name for number in range(3)), "--jobs", "1", "--format", "html").stdout
    signs = re.findall(r'class="state (\w+)"><span aria-hidden="true">.</span>&nbsp;(1 \w+)<', page)
    assert signs == [("met", "1 info"), ("partly", "1 warning"), ("missing", "1 error")]


# What it costs


def test_neither_models_nor_yaml_nor_rules_about_content_are_loaded() -> None:
    pack("tea.zip", LACKING | {"tea.html": PAGE + b'<img src="gone.png">'})
    Path("broken.zip").write_bytes(b"no zip")
    ask = (
        "import sys; from scormpack.cli import main\n"
        "try: main(['check', 'tea.zip', 'broken.zip', '--platform', 'moodle'])\n"
        "except SystemExit: pass\n"
        "others = {'scormpack.check.package.cmi5', 'scormpack.check.package.aicc', 'scormpack.archive.folders'}\n"
        "heavy = {'pydantic', 'yaml', 'xmlschema', 'lxml.html', 'jinja2', 'hashlib', 'zipfile', 'csv'}\n"
        "print(({'scormpack.check.content'} | others | heavy) & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert {"S12", "WEB", "ZIP"} == set(re.findall(r"(?:error|warning|info) ([A-Z]+\d*)-", done.stdout))
    assert done.stdout.splitlines()[-1] == "set()"


# The guide


GUIDE = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
TYPED = re.findall(r"^\$? *scormpack (check [^|\n]*)", GUIDE + str(command.help), re.MULTILINE)


@pytest.mark.parametrize("line", dict.fromkeys(line.strip() for line in TYPED if "--run" not in line))
def test_what_the_guide_and_the_help_ask_to_type_is_right(line: str) -> None:
    for name in ("fire-safety.zip", "course.zip", "from-vendor/a.zip", "delivered/a.zip"):
        pack(name, WEB)
    Path("unpacked").mkdir()
    Path("unpacked/index.html").write_bytes(PAGE)
    _, *arguments = shlex.split(line.partition(" || ")[0].replace("*", "a"))
    assert check(*arguments).exit_code == int("moodle" in line)  # which takes no web pages


def test_the_guide_has_every_word_and_every_exit_code() -> None:
    for word in ("error", "warning", "info", *DOES.values(), "0", "1", "2", "130"):
        assert f"\n| {word} |" in GUIDE
