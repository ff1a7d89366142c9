"""What is told: the exact place, the words of a report, and its forms for programs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from urllib.parse import unquote

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT

from scormpack import __version__
from scormpack.check.catalogue import held_always
from scormpack.check.content import waivable
from scormpack.check.rule import Findings, Found, Rule, check, rule
from scormpack.cli import main
from scormpack.cli.show.github import commands
from scormpack.cli.show.sarif import log
from scormpack.cli.show.text import lines
from scormpack.diagnostics import Diagnostic, Place, Severity
from scormpack.source.caret import excerpt
from scormpack.source.excerpt import Excerpt, Sources, excerpts
from scormpack.source.files import LARGEST_TEXT
from scormpack.source.yaml import Mapping, parse

SCHEMA = ROOT / "node_modules" / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
PAGE = "modules/hands/pages/when.md"
NOTHING = "1 module read. No problems found.\n"
EUPHEMISM = (
    "modules/hands/pages/when.md:23:13: warning SAF-09: “passed away” stands where “died” or “death” is meant\n"
    "    23 | When he has passed away, call the office.\n"
    "       |             ^^^^^^^^^^^\n"
    "    why: In a second language “passed” is a verb of motion. "
    "A worker who is not sure what happened does not call.\n"
    "    fix: Say “died”, “death” or “dead”. Put what people say in quotation marks.\n"
)

LIBRARY = {
    "modules/library.yaml": """\
title: Small library
publisher: Willow
licence: CC0
targets: [web]
notices:
  local_policy: What your employer has written down comes first.
""",
    "modules/hands/module.yaml": """\
id: hands
version: 1.0.0
title: Warm hands
summary: What a hand can say.
jurisdictions: [england]
stage: first_weeks
audiences: [homecare_worker]
format: micro
delivery: [self_study]
duration_minutes: 1
time_policy: {rule: paid_required, sentence: This time is paid.}
standalone_reason: Workers asked for it.
objectives:
  - {id: who-to-call, text: Say who you call first, must_know: true}
key_messages: [Call the office., Hold a hand., Write it down.]
sensitivity: [none]
provenance: {status: editorial}
review_due: 2027-06-30
pages: [when]
""",
    "modules/hands/facilitator.yaml": """\
purpose: To say who to call.
before: [Make tea.]
ground_rules: [What is said here stays here.]
plans:
  - minutes: 10
    steps:
      - {minutes: 10, do: Read the page together.}
if_this_happens:
  - {happens: Somebody cries., do: Stay with her.}
inclusion: [Read everything out.]
after: [Ask how they are.]
adapt_online: [Keep the cameras off.]
""",
    PAGE: """\
# When to call

```notice
notice: local_policy
```

```key_messages
```

```single
id: different
prompt: She is more tired than before. What do you do?
objective: who-to-call
rationale: You know what is usual for her. A change is worth a call.
options:
  - {text: Wait and see how she is tomorrow, feedback: Hours can matter. Call today.}
  - {text: Call the office before you leave, correct: true, feedback: They can find out what to do.}
  - {text: Tell the next worker in the notes, feedback: "Write it down too, but call first."}
```

Something is different today? Call the office.

Hold her hand while you wait.

Say who you are and who you visit. Say what you see and hear, in your own words. Ask what you do next. Ask who calls
back, and by when. Then write down what you saw, whom you told, and the time.
""",
}


@pytest.fixture
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small library in ./modules in which nothing is wrong, on the first of January 2026."""
    for name, text in LIBRARY.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)


def run(*arguments: str, **options: Any) -> Result:
    result = CliRunner().invoke(main, list(arguments), **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def edit(file: str, old: str, new: str) -> None:
    text = Path(file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    Path(file).write_text(text.replace(old, new), encoding="utf-8")


def euphemism() -> None:
    edit(PAGE, "Hold her hand while you wait.", "When he has passed away, call the office.")


def diagnostics(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*arguments, "--format", "json").stdout)["diagnostics"]
    return found


def places(code: str) -> list[tuple[str, int, int]]:
    return [(d["path"], d["line"], d["column"]) for d in diagnostics("validate") if d["code"] == code]


# The exact place


class Written(NamedTuple):
    """A YAML file with a value in it, the words to find and the lines of the value."""

    text: str
    tokens: list[str]
    first: int
    last: int


WORDS = ["wash", "don't", "“pain”", "café", "call-", 'say"so', "🙂", "over"]


@st.composite
def files(draw: st.DrawFn) -> Written:
    """A value in one of the ways in which YAML writes text, between two others that say the same."""
    count = draw(st.integers(2, 12))
    tokens = [f"{draw(st.sampled_from(WORDS))}{n}x" for n in range(count)]
    breaks = draw(st.lists(st.booleans(), min_size=count - 1, max_size=count - 1))
    style = draw(st.sampled_from(["plain", "single", "double", "escaped", "literal", "folded"]))
    value = written(tokens, breaks, style)
    same = ["|", *(f"      {token}" for token in tokens)]
    indent = draw(st.sampled_from(["", "  "]))
    before = ["before: |", *(f"  {token}" for token in tokens), "items:"]
    text = [*before, f"{indent}- id: x", f"{indent}  text: {value[0]}", *value[1:], f"{indent}  after: {same[0]}"]
    first = len(before) + 2
    whole = "\n".join([*text, *same[1:], "last: |", *(f"  {token}" for token in tokens), ""])
    return Written(whole, tokens, first, first + len(value) - 1)


def written(tokens: list[str], breaks: list[bool], style: str) -> list[str]:
    """The lines of a scalar in this style."""
    spelt = {"single": [t.replace("'", "''") for t in tokens], "double": [t.replace('"', '\\"') for t in tokens]}
    spelt["escaped"] = spelt["double"]
    rows: list[list[str]] = [[]]
    for token, ends in zip(spelt.get(style, tokens), [*breaks, False], strict=True):
        rows[-1].append(token)
        if ends:
            rows.append([])
    shown = [" ".join(row) for row in rows]
    if style in ("literal", "folded"):
        return ["|" if style == "literal" else ">", *(f"      {row}" for row in shown)]
    quote = {"single": "'", "double": '"', "escaped": '"'}.get(style, "")
    end = " \\" if style == "escaped" else ""
    lines = [f"{row}{end}" for row in shown[:-1]] + [shown[-1]]
    lines = [lines[0], *(f"      {row}" for row in lines[1:])]
    return (
        [f"{quote}{lines[0]}", *lines[1:-1], f"{lines[-1]}{quote}"]
        if len(lines) > 1
        else [f"{quote}{lines[0]}{quote}"]
    )


@given(files(), st.data())
def test_the_place_points_at_the_words(
    tmp_path_factory: pytest.TempPathFactory, made: Written, data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("yaml") / "file.yaml"
    file.write_text(made.text, encoding="utf-8")
    document = parse(made.text, str(file))
    assert isinstance(document, Mapping)
    item = document["items"][0]
    assert item["text"].split() == made.tokens
    begin = data.draw(st.integers(0, len(made.tokens) - 1))
    wanted = made.tokens[begin : data.draw(st.integers(begin + 1, len(made.tokens)))]
    place = Sources(Path()).excerpt(finding(item.values_at["text"], " ".join(wanted))).finding.place
    assert made.first <= place.line <= made.last
    start = re.split("['\"]", wanted[0])[0]
    assert made.text.split("\n")[place.line - 1][place.column - 1 :].startswith(start)


def finding(place: Place, words: str, **options: Any) -> Diagnostic:
    return Diagnostic("SAF-09", Severity.WARNING, "a message", place, words=words, **options)


def found_at(
    text: str, words: str, place: tuple[int, int], name: str = "file.yaml", **options: Any
) -> tuple[int, int, int]:
    """Line, column and end of `words` in a file with this text."""
    Path(name).write_text(text, encoding="utf-8")
    each = Sources(Path()).excerpt(finding(Place(name, *place), words, **options))
    return each.finding.place.line, each.finding.place.column, each.end


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("text", "words", "place", "expected"),
    [
        ("a: wash her hands\n", "her hands", (1, 4), (1, 9, 18)),
        ("a: >\n  wash\n\n  her hands\n", "wash her", (1, 4), (2, 3, 7)),
        ("a: 'it isn''t so'\n", "isn't so", (1, 4), (1, 8, 17)),
        ('a: "she said \\"no\\" then"\n', '"no" then', (1, 4), (1, 14, 25)),
        ("a:\n- one\n- two\nb: two\n", "two", (2, 1), (3, 3, 6)),
        ("a:\n- one\nb: two\n", "two", (2, 1), (2, 1, 0)),
        ("a: one\n# two\nb: two\n", "two", (1, 4), (2, 3, 6)),
        ("a: one\nb: two\n", "two", (1, 4), (1, 4, 0)),
        ("- {a: one,\n   b: two}\n- {b: two}\n", "two", (1, 7), (2, 7, 10)),
        ("- {a: one}\n- {b: two}\n", "two", (1, 7), (1, 7, 0)),
        ("- a: one\n  b: two\n- c: three\n", "three", (1, 3), (1, 3, 0)),
        ("a: MARCH and MAR.\n", "MAR", (1, 4), (1, 14, 17)),
        ("a: PRNs\n", "PRN", (1, 4), (1, 4, 7)),
        ("a: test-a12, test-a1\n", "test-a1", (1, 4), (1, 14, 21)),
        ('a: "\\u0077ash"\n', "wash", (1, 4), (1, 4, 0)),
        ("a: wash\n", "", (1, 4), (1, 4, 0)),
        ("a: wash\n", " \n", (1, 4), (1, 4, 0)),
        ("a: wash\n", "wash", (9, 4), (9, 4, 0)),
        ("a: wash\n", "wash", (1, 99), (1, 99, 0)),
        ("a: wash\n", "wash", (0, 0), (0, 0, 0)),
        ("a: wash\n", "wash", (1, 0), (1, 4, 8)),
    ],
)
def test_where_words_stand(text: str, words: str, place: tuple[int, int], expected: tuple[int, int, int]) -> None:
    assert found_at(text, words, place) == expected


@pytest.mark.usefixtures("_here")
def test_words_on_a_page_end_where_the_next_fence_begins() -> None:
    page = "# T\n\nWash her\nhands.\n\n```card\nfront: hands, or feet\n```\n\nAnd feet.\n"
    assert found_at(page, "her hands", (3, 1), "page.md") == (3, 6, 9)
    assert found_at(page, "feet", (3, 1), "page.md") == (3, 1, 0)
    assert found_at(page, "feet", (6, 1), "page.md") == (7, 18, 22)
    assert found_at(page, "And", (6, 1), "page.md") == (6, 1, 0)


@pytest.mark.usefixtures("_here")
def test_the_same_words_again_are_the_next_ones() -> None:
    text = "a: call 999, then 999,\n  and 999\nb: 999\n"
    assert [found_at(text, "999", (1, 4), nth=n) for n in range(4)] == [
        (1, 9, 12),
        (1, 19, 22),
        (2, 7, 10),
        (2, 7, 10),
    ]


def test_a_rule_that_finds_the_same_words_again_counts_them() -> None:
    family: list[Rule[str]] = []

    @rule(family, "XYZ-01", "A rule", Severity.ERROR, "Mend it.")
    def a_rule(subject: str) -> Findings:
        """Why."""
        yield Found(Place("a", 1), subject, words="999")
        yield Found(Place("a", 1), subject, words="999")
        yield Found(Place("a", 1), "something else", words="999")
        yield Place("a", 1), "without words"
        yield Place("a", 1), "without words"

    assert [each.nth for each in check(family, "told")] == [0, 1, 0, 0, 0]


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    "path", ["missing.md", "large.md", "binary.md", "folder", "a.zip/index.html", "(in code)", "a\0b"]
)
def test_a_file_that_cannot_be_shown(path: str) -> None:
    Path("large.md").write_text("words " * LARGEST_TEXT)
    Path("binary.md").write_bytes(b"words\0")
    Path("a.zip").write_bytes(b"PK words")
    Path("folder").mkdir()
    told = finding(Place(path, 3, 1, outside=True), "words")
    assert Sources(Path()).excerpt(told) == (told, "", 0)


@pytest.mark.usefixtures("_here")
def test_a_place_in_a_library_is_shown_from_the_current_folder() -> None:
    Path("lib").mkdir()
    Path("lib", "a.md").write_text("one\ntwo words\n")
    (each,) = excerpts([finding(Place("a.md", 2, 1), "words")], Path("lib"))
    assert (str(each.finding.place), each.line) == ("lib/a.md:2:5", "two words")
    (each,) = excerpts([finding(Place("a.md", outside=True), "words")], Path("lib"))
    assert (str(each.finding.place), each.line) == ("a.md", "")


@pytest.mark.usefixtures("_here")
def test_each_file_is_read_once_and_again_in_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.yaml").write_text("a: one two\n")
    read: list[Path] = []
    opened = Path.open

    def noted(path: Path, *args: Any, **options: Any) -> Any:
        read.append(path)
        return opened(path, *args, **options)

    monkeypatch.setattr(Path, "open", noted)
    told = [finding(Place("a.yaml", 1, 4), words) for words in ("one", "two")]
    assert [each.finding.place.column for each in excerpts(told, Path())] == [4, 8]
    assert len(read) == 1
    Path("a.yaml").write_text("a: two\n")
    assert [each.finding.place.column for each in excerpts(told[1:], Path())] == [4]


@pytest.mark.usefixtures("_here")
def test_findings_come_file_by_file_and_each_once() -> None:
    told = [finding(Place(path, line), "") for path, line in [("b", 2), ("a", 1), ("b", 1), ("b", 2)]]
    shown = [(each.finding.place.path, each.finding.place.line) for each in excerpts(told, Path())]
    assert shown == [("b", 1), ("b", 2), ("a", 1)]


@pytest.mark.usefixtures("_here")
def test_what_is_hidden_is_not_looked_up_and_changes_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [finding(Place(path, line), "") for path, line in [("b", 2), ("c", 2), ("a", 1), ("b", 1)]]
    read: list[str] = []

    def noted(path: Path, *_: Any) -> NoReturn:
        read.append(str(path))
        raise OSError

    monkeypatch.setattr(Path, "open", noted)
    for path in "abc":
        Path(path).touch()
    hidden = excerpts(told, Path(), lambda each: each.place.line == 2)
    assert [each.finding.place.path for each in hidden] == ["b", "a"]
    assert read == ["a", "b"]


@pytest.mark.usefixtures("_library")
def test_the_exact_place_in_every_form() -> None:
    edit(
        "modules/hands/facilitator.yaml",
        "purpose: To say who to call.",
        "purpose: >\n  To say who\n  passed\n  away.",
    )
    expected = [("modules/hands/facilitator.yaml", 3, 3)]
    assert places("SAF-09") == expected
    built = diagnostics("build")
    assert [(d["path"], d["line"], d["column"]) for d in built] == expected
    assert "modules/hands/facilitator.yaml:3:3: warning SAF-09" in run("build").stderr
    assert (
        "file=modules/hands/facilitator.yaml,line=3,col=3,endColumn=9," in run("build", "--format", "github").stdout
    )
    (result,) = json.loads(run("build", "--format", "sarif").stdout)["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 3, "endColumn": 9}


@pytest.mark.usefixtures("_library")
def test_one_number_twice_is_told_twice() -> None:
    edit(PAGE, "Hold her hand while you wait.", "Call 01632 960123, or\n01632 960123.")
    assert places("SAF-04") == [(PAGE, 23, 6), (PAGE, 24, 1)]


@pytest.mark.usefixtures("_library")
def test_a_name_that_leads_nowhere_is_marked_where_it_stands() -> None:
    edit(
        PAGE, "Hold her hand while you wait.", "Wait, and\ncall {local:ofice} or {contact: nobody}\nor [us](ftp://x)."
    )
    assert places("LNK-01") == [(PAGE, 24, 13), (PAGE, 24, 23)]
    assert places("FRM-13") == [(PAGE, 25, 9)]


# Text


@pytest.mark.usefixtures("_library")
def test_nothing_is_wrong() -> None:
    assert run("validate").stderr == NOTHING


@pytest.mark.usefixtures("_library")
def test_a_finding_with_its_line() -> None:
    euphemism()
    result = run("validate")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == EUPHEMISM + "1 module read. 1 warning.\n"


@pytest.mark.usefixtures("_library")
def test_why_is_told_once() -> None:
    edit(PAGE, "Hold her hand while you wait.", "He has passed away. She has passed away too.")
    first, second = run("validate").stderr.split("when.md:23:")[1:]
    assert ("why: " in first, "why: " in second) == (True, False)
    assert ("fix: " in first, "fix: " in second) == (True, True)


WAIVER = """\
waive:
  - rule: SAF-09
    reason: Our families say it so, and asked for it.
    by: Kim Lee, editor
    date: 2026-01-01
    until: 2026-06-30
"""


@pytest.mark.usefixtures("_library")
def test_what_is_waived_says_by_whom() -> None:
    euphemism()
    edit("modules/hands/module.yaml", "pages: [when]\n", "pages: [when]\n" + WAIVER)
    note = "waived until 2026-06-30 by Kim Lee, editor: Our families say it so, and asked for it."
    result = run("validate", "--strict")
    assert result.exit_code == 0
    assert result.stderr == (
        "modules/hands/pages/when.md:23:13: info SAF-09: “passed away” stands where “died” or “death” is meant\n"
        f"    {note}\n"
        "1 module read. 1 waived.\n"
    )
    (told,) = diagnostics("validate")
    assert (told["severity"], told["waived"], told["words"]) == ("info", note, "passed away")
    (result,) = json.loads(run("validate", "--format", "sarif").stdout)["runs"][0]["results"]
    assert result["level"] == "note"
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": note}]


def test_the_reason_of_a_waiver_is_told_once() -> None:
    """Until another one is told of the same rule: what is above is always the last one of this rule."""
    waivers = [
        ("A-01", "by A"),
        ("A-01", "by A"),
        ("B-01", "by B"),
        ("A-01", "by A"),
        ("A-01", "by C"),
        ("A-01", "by A"),
    ]
    found = [
        Excerpt(Diagnostic(code, Severity.INFO, "it is so", Place("a", line), waived=note))
        for line, (code, note) in enumerate(waivers, 1)
    ]
    assert [click.unstyle(line) for line in lines(found, {})] == [
        *("a:1: info A-01: it is so", "    by A"),
        "a:2: info A-01: it is so (waived, as above)",
        *("a:3: info B-01: it is so", "    by B"),
        "a:4: info A-01: it is so (waived, as above)",
        *("a:5: info A-01: it is so", "    by C"),
        *("a:6: info A-01: it is so", "    by A"),
    ]


@pytest.mark.usefixtures("_library")
def test_programs_are_told_every_reason() -> None:
    edit(PAGE, "Hold her hand while you wait.", "He has passed away. She has passed away too.")
    edit("modules/hands/module.yaml", "pages: [when]\n", "pages: [when]\n" + WAIVER)
    assert run("validate").stderr.count("waived until") == 1
    assert all(told["waived"].startswith("waived until") for told in diagnostics("validate"))
    assert run("validate", "--format", "sarif").stdout.count("waived until") == 2
    assert run("validate", "--format", "github").stdout.count("waived until") == 2


# Nobody may set these aside; and these stop a file, or a package, or are no rules for authors.
ALWAYS = ["MOD-01", "MOD-07", "MOD-14", "ACC-01", "ACC-09", "SCN-01", "QUZ-01", "SAF-01", "SAF-02", "PRV-01"]
ALWAYS += ["PRV-02", "LNK-01"]
STOPS = ["SRC-01", "FRM-01", "ACC-02", "SAF-08", "PRO-01", "LOC-01", "WVR-03", "PKG-01", "S12-03", "REL-01"]


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("code", [*ALWAYS, *STOPS])
def test_what_nobody_can_waive(code: str) -> None:
    assert code in held_always()
    assert code not in waivable()
    edit("modules/hands/module.yaml", "pages: [when]\n", "pages: [when]\n" + WAIVER.replace("SAF-09", code))
    (told,) = (each for each in diagnostics("validate") if each["code"] == "WVR-02")
    assert told["message"] == f"{code} cannot be waived"
    assert (told["line"], told["column"]) == (21, 11)


@pytest.mark.usefixtures("_library")
def test_a_waiver_of_a_rule_that_does_not_exist() -> None:
    edit("modules/hands/module.yaml", "pages: [when]\n", "pages: [when]\n" + WAIVER.replace("SAF-09", "SAF-90"))
    (told,) = (each for each in diagnostics("validate") if each["code"] == "WVR-02")
    assert told["message"] == "there is no rule `SAF-90` to waive"


@pytest.mark.usefixtures("_library")
def test_what_is_left_to_do_is_counted_or_shown() -> None:
    edit("modules/hands/module.yaml", "pages: [when]\n", "pages: [when]\ntodo_before_release: [Ask Kim, Ask Jo]\n")
    more = "`--all` shows what is left to do before release: 2 notes."
    assert run("validate").stderr == f"1 module read. 2 infos. {more}\n"
    assert run("validate", "--all").stderr == (
        "modules/hands/module.yaml:20:23: info REL-01: Ask Kim\n"
        "    20 | todo_before_release: [Ask Kim, Ask Jo]\n"
        "       |                       ^^^^^^^\n"
        "    why: Somebody noted that this has to be checked before a worker relies on it.\n"
        "    fix: Do it, then remove the line from `todo_before_release`.\n"
        "modules/hands/module.yaml:20:32: info REL-01: Ask Jo\n"
        "    20 | todo_before_release: [Ask Kim, Ask Jo]\n"
        "       |                                ^^^^^^\n"
        "    fix: Do it, then remove the line from `todo_before_release`.\n"
        "1 module read. 2 infos.\n"
    )
    assert [d["code"] for d in diagnostics("validate")] == ["REL-01", "REL-01"]
    assert run("build").stderr == "1 package built. 2 infos.\n"
    script = "import sys; from scormpack.cli import main; main(['build'], standalone_mode=False)"
    script += "; print({'scormpack.archive', 'scormpack.check.catalogue'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", script], text=True).splitlines()[-1] == "set()"


@pytest.mark.usefixtures("_library")
def test_the_summary_counts_everything() -> None:
    euphemism()
    edit(
        "modules/hands/module.yaml", "Call the office.,", "Call the office because of whatever you see or hear, and,"
    )
    edit("modules/hands/module.yaml", "standalone_reason: Workers asked for it.\n", "")
    edit("modules/hands/module.yaml", "pages: [when]\n", "pages: [when]\ntodo_before_release: [Ask]\n" + WAIVER)
    assert run("validate", "--all").stderr.endswith("\n1 module read. 1 error, 1 info, 1 waived.\n")


@pytest.mark.usefixtures("_library")
def test_colours_only_where_they_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    euphemism()
    coloured = run("validate", color=True).stderr
    assert "\x1b[33mwarning\x1b[0m SAF-09" in coloured
    assert "\x1b[33m^^^^^^^^^^^\x1b[0m\n" in coloured
    assert "\x1b" not in run("validate").stderr
    monkeypatch.setenv("NO_COLOR", "1")
    assert run("validate", color=True).stderr == EUPHEMISM + "1 module read. 1 warning.\n"


@pytest.mark.parametrize(
    ("line", "column", "end", "expected"),
    [
        ("wash her", 6, 9, ("wash her", 5, 3)),
        ("wash her", 6, 0, ("wash her", 5, 1)),
        ("wash her", 0, 0, ("wash her", 0, 1)),
        ("\ther", 2, 5, ("    her", 4, 3)),
        ("a\tb\tc", 5, 6, ("a    b    c", 10, 1)),
        ("死ぬ her", 4, 7, ("死ぬ her", 5, 3)),
        ("死ぬ her", 1, 3, ("死ぬ her", 0, 4)),
        ("cafe\u0301 her", 7, 10, ("cafe\u0301 her", 5, 3)),
        ("a\u200bb", 3, 4, ("a\u200bb", 1, 1)),
        ("a\x1b[2Jb", 6, 7, ("a�[2Jb", 5, 1)),
        ("wash   ", 1, 8, ("wash", 0, 4)),
    ],
)
def test_the_mark_stands_under_the_words(line: str, column: int, end: int, expected: tuple[str, int, int]) -> None:
    assert excerpt(line, column, end, 80) == expected


@given(
    st.text(st.sampled_from("ab \t死\u0301🙂"), max_size=300),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 200),
)
def test_a_line_is_cut_to_fit_and_never_loses_its_place(line: str, column: int, end: int, width: int) -> None:
    column = min(column, len(line.rstrip()))
    shown = excerpt(line, column, max(end, column + 1) if end else 0, width)
    assert wide(shown.line) <= max(width, 40)
    assert shown.length >= 1
    if column:
        assert shown.before + shown.length <= max(width, 40) + 1
        assert line[column - 1] in ("\t", "\u0301") or line[column - 1] in at_cell(shown.line, shown.before)


def wide(text: str) -> int:
    return sum({"死": 2, "🙂": 2, "\u0301": 0}.get(sign, 1) for sign in text)


def at_cell(text: str, before: int) -> str:
    """The sign that is shown in this cell, without what stands above it."""
    for begin in range(len(text) + 1):
        if wide(text[:begin]) >= before:
            return text[begin:].replace("\u0301", "")[:1]
    return ""


def test_a_long_line_is_cut_around_the_words() -> None:
    line = " ".join(f"word{n:02}" for n in range(40))
    middle = line.index("word20") + 1
    end = "…31 word32 word33 word34 word35 word36 word37 word38 word39"
    assert excerpt(line, 8, 14, 60) == (f"{line[:58]}…", 7, 6)
    cut = "…ord17 word18 word19 word20 word21 word22 word23 word24 wor…"
    assert excerpt(line, middle, middle + 6, 60) == (cut, 21, 6)
    assert excerpt(line, len(line) - 5, len(line) + 1, 60) == (end, 53, 6)


def test_a_line_of_any_length_is_cut_in_no_time() -> None:
    line = "word " * 200_000
    began = time.perf_counter()
    shown = excerpt(line, 500_001, 500_005, 60)
    assert line[500_000:500_004] == shown.line[shown.before : shown.before + shown.length] == "word"
    assert time.perf_counter() - began < 0.5


@pytest.mark.usefixtures("_here")
def test_words_that_stand_nearly_everywhere_are_looked_for_for_a_while() -> None:
    began = time.perf_counter()
    assert found_at("a " * 400_000 + "b", "a " * 90 + "b", (1, 1)) == (1, 1, 0)
    assert time.perf_counter() - began < 2


# For programs


@pytest.mark.usefixtures("_library")
def test_findings_as_json() -> None:
    euphemism()
    expected = {
        "code": "SAF-09",
        "severity": "warning",
        "path": PAGE,
        "line": 23,
        "column": 13,
        "message": "“passed away” stands where “died” or “death” is meant",
        "hint": "Say “died”, “death” or “dead”. Put what people say in quotation marks.",
        "reason": "In a second language “passed” is a verb of motion. "
        "A worker who is not sure what happened does not call.",
        "words": "passed away",
        "waived": "",
    }
    result = run("validate", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {"diagnostics": [expected]}
    assert json.loads(run("build", "--format", "json").stdout)["diagnostics"] == [expected]


@pytest.mark.usefixtures("_library")
def test_findings_as_sarif() -> None:
    euphemism()
    result = run("validate", "--strict", "--format", "sarif")
    assert (result.exit_code, result.stderr) == (1, "")
    made = json.loads(result.stdout)
    valid(made)
    assert made == {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "scormpack",
                        "version": __version__,
                        "rules": [
                            {
                                "id": "SAF-09",
                                "shortDescription": {"text": "Death by another name"},
                                "fullDescription": {
                                    "text": "In a second language “passed” is a verb of motion. "
                                    "A worker who is not sure what happened does not call."
                                },
                                "help": {
                                    "text": "Say “died”, “death” or “dead”. Put what people say in quotation marks."
                                },
                                "defaultConfiguration": {"level": "warning"},
                            }
                        ],
                    }
                },
                "columnKind": "utf16CodeUnits",
                "results": [
                    {
                        "ruleId": "SAF-09",
                        "ruleIndex": 0,
                        "level": "warning",
                        "message": {
                            "text": "“passed away” stands where “died” or “death” is meant\n"
                            "fix: Say “died”, “death” or “dead”. Put what people say in quotation marks."
                        },
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": PAGE},
                                    "region": {"startLine": 23, "startColumn": 13, "endColumn": 24},
                                }
                            }
                        ],
                    }
                ],
            }
        ],
    }


def valid(made: Any) -> None:
    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(made)


@pytest.mark.usefixtures("_library")
def test_nothing_found_is_a_valid_log_too() -> None:
    made = json.loads(run("build", "--format", "sarif").stdout)
    valid(made)
    assert made["runs"][0]["results"] == made["runs"][0]["tool"]["driver"]["rules"] == []
    assert Path("build/provider/hands-1.0.0-web.zip").is_file()


@pytest.mark.usefixtures("_here")
def test_columns_of_sarif_count_as_utf16_does() -> None:
    Path("a.md").write_text("🙂 passed 🙂 away\n", encoding="utf-8")
    (result,) = log(excerpts([finding(Place("a.md", 1, 1), "passed 🙂 away")], Path()))["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 4, "endColumn": 18}


@pytest.mark.parametrize(
    ("place", "uri", "region"),
    [
        (Place("a b/é,:.md", 2, 3), "a%20b/%C3%A9%2C%3A.md", {"startLine": 2, "startColumn": 3}),
        (Place("../a#1.md", 2), "../a%231.md", {"startLine": 2}),
        (Place("hands.zip/index.html", outside=True), "hands.zip/index.html", None),
        (Place("/tmp/a b.zip", outside=True), "file:///tmp/a%20b.zip", None),
    ],
)
def test_places_of_sarif(place: Place, uri: str, region: dict[str, int] | None) -> None:
    made = log(excerpts([finding(place, "")], Path()))
    valid(made)
    (location,) = made["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": uri}
    assert location["physicalLocation"].get("region") == region
    assert unquote(uri).endswith(place.path)


def test_a_code_that_the_catalogue_does_not_know() -> None:
    told = Diagnostic("XYZ-01", Severity.ERROR, "a message", Place("a"))
    made = log(excerpts([told], Path()))
    valid(made)
    assert made["runs"][0]["tool"]["driver"]["rules"] == [{"id": "XYZ-01"}]
    assert list(commands(excerpts([told], Path()))) == ["::error file=a,title=XYZ-01::a message"]
    assert list(lines(excerpts([told], Path()), {})) == ["a: \x1b[31merror\x1b[0m XYZ-01: a message"]


@pytest.mark.usefixtures("_library")
def test_findings_for_github() -> None:
    euphemism()
    command = (
        "::warning file=modules/hands/pages/when.md,line=23,col=13,endColumn=24,title=SAF-09 Death by another name::"
        "“passed away” stands where “died” or “death” is meant"
        "%0Afix: Say “died”, “death” or “dead”. Put what people say in quotation marks.\n"
    )
    validated, built = run("validate", "--format", "github"), run("build", "--format", "github")
    assert (validated.stdout, built.stdout) == (command, command)
    assert validated.stderr == "1 module read. 1 warning.\n"
    assert re.fullmatch(r"build/provider/hands-1.0.0-web.zip  .* kB\n1 package built. 1 warning.\n", built.stderr)


def test_what_a_command_of_github_cannot_hold_is_escaped() -> None:
    told = Diagnostic(
        "SAF-09", Severity.INFO, "100% of\r\n: a, b", Place("a,b:c%.md"), "Mend: it, now.", waived="by x"
    )
    assert list(commands(excerpts([told], Path()))) == [
        "::notice file=a%2Cb%3Ac%25.md,title=SAF-09 Death by another name::"
        "100%25 of%0D%0A: a, b%0Aby x%0Afix: Mend: it, now."
    ]


# Watching


class Watching(NamedTuple):
    """A process that watches the library, and what it has said so far."""

    process: subprocess.Popen[str]
    said: Path

    def wait_for(self, words: str, times: int = 1) -> str:
        """What was said, as soon as `words` are in it so often."""
        end = time.monotonic() + 30
        while time.monotonic() < end and self.process.poll() is None:
            text = self.said.read_text(encoding="utf-8")
            if text.count(words) >= times:
                return text
            time.sleep(0.05)
        raise AssertionError(f"{words!r} was not said:\n{self.said.read_text(encoding='utf-8')}")


@pytest.fixture
def watching(_library: None, tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    """Starts `scormpack validate --watch`."""
    started: list[subprocess.Popen[str]] = []
    said = tmp_path / "said.txt"

    def start(*arguments: str) -> Watching:
        command = [sys.executable, "-m", "scormpack", "validate", "--watch", *arguments]
        with said.open("w") as out:
            started.append(subprocess.Popen(command, stdout=out, stderr=out, text=True, env=dict(os.environ)))
        return Watching(started[-1], said)

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_change_is_seen_and_an_interrupt_ends_the_watch(watching: Callable[..., Watching]) -> None:
    watched = watching()
    first = watched.wait_for(NOTHING)
    assert first == "Watching modules. Press Ctrl+C to stop.\n" + NOTHING
    euphemism()
    second = watched.wait_for("1 warning.").removeprefix(first)
    assert re.match(r"\n\d\d:\d\d:\d\d modules/hands/pages/when\.md changed\.\n", second)
    assert second.split("changed.\n")[1] == EUPHEMISM + "1 module read. 1 warning.\n"
    Path("modules/hands/pages/.when.md.swp").write_text("x")
    Path("modules/build").mkdir()
    Path("modules/build/hands.zip").write_text("x")
    edit(PAGE, "he has passed away", "he goes away")
    third = watched.wait_for(NOTHING, 2)
    assert third.count("changed.") == 2
    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(60) == 0
    assert watched.said.read_text(encoding="utf-8") == third


def test_a_watch_survives_a_library_that_is_broken_or_missing(watching: Callable[..., Watching]) -> None:
    watched = watching("hands")
    watched.wait_for(NOTHING)
    module = Path("modules/hands/module.yaml")
    text = module.read_text(encoding="utf-8")
    module.write_text("id: [", encoding="utf-8")
    watched.wait_for("error SRC-01")
    module.unlink()
    watched.wait_for("Error: There is no module `hands`.")
    module.write_text(text, encoding="utf-8")
    watched.wait_for(NOTHING, 2)
    Path("modules").rename("elsewhere")
    time.sleep(0.5)
    Path("elsewhere").rename("again")
    Path("again").rename("modules")
    watched.wait_for(NOTHING, 3)
    euphemism()
    watched.wait_for("1 warning.")
    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(60) == 0
    assert "Traceback" not in watched.said.read_text(encoding="utf-8")


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_a_watch_is_for_people(form: str) -> None:
    result = run("validate", "--watch", "--format", form)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == "Error: --watch works with --format text only."


def test_what_only_a_watch_needs_is_loaded_by_a_watch_only() -> None:
    script = "import sys, scormpack.cli; print({'watchfiles', 'pydantic', 'unicodedata'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", script], text=True) == "set()\n"


@pytest.mark.usefixtures("_here")
def test_a_watch_needs_a_library_to_begin_with() -> None:
    result = run("validate", "--watch")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr.splitlines()[-1]
        == "Error: There is no library here. Start one with `scormpack init`, or give its folder with --library."
    )


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("library.yaml", True),
        ("hands/pages/when.md", True),
        ("hands/media/a.webp", True),
        ("hands", True),
        ("hands/module.yml", True),
        ("hands/pages/.when.md.swp", False),
        ("hands/pages/when.md~", False),
        ("hands/pages/#when.md#", False),
        ("hands/pages/~$when.md", False),
        ("hands/pages/4913", False),
        (".git/index.md", False),
        ("build/x/hands.zip", False),
        ("build/x/index.md", False),
        ("", False),
        ("hands-1.0.0.zip", False),
    ],
)
def test_what_a_watch_looks_at(path: str, expected: bool) -> None:
    from scormpack.source.changes import matters

    assert matters(Path("modules") / path, Path("modules")) is expected
    assert matters(Path.cwd() / "modules" / path, Path("modules")) is expected


@pytest.mark.usefixtures("_here")
def test_a_module_that_is_called_build_is_looked_at() -> None:
    from scormpack.source.changes import matters

    Path("modules/build").mkdir(parents=True)
    Path("modules/build/module.yaml").write_text("id: build")
    assert matters(Path("modules/build/pages/a.md"), Path("modules"))
