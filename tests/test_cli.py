"""The command line: its words, its JSON, its exit codes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html
from paths import EVERY_BLOCK, SAMPLE

from scormpack import __version__
from scormpack.check.content.target import MOST_STATE, MUCH_STATE
from scormpack.cli import COMMANDS, main
from scormpack.content.load import load_library
from scormpack.package import read_zip
from scormpack.targets import TARGETS

LIBRARY = Path("modules")
MODULE = LIBRARY / "every-block"
BUILT = load_library(EVERY_BLOCK).settings.targets
PACKAGE = "build/full/every-block-1.2.3-{}.zip"

NOTHING_FOUND = "No problems found."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the small library in ./modules, where a command looks for it."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "modules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


def run(*arguments: str, **options: Any) -> Result:
    result = CliRunner().invoke(main, list(arguments), **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


ONLY = """\
# Only

```key_messages
```

```reflection
id: your-own
objective: do-it
prompt: Think of a visit that went well. What did you do, and who helped you? What would you like to do again?
```

Take your time with it. Nobody else reads what you write, and nobody marks it. You can come back to it on any
other day, and add what you have learned since. Some people like to talk about it with a colleague, in a quiet
place, over a cup of tea. That is up to you. There is nothing to hand in.

When you have done it once, do it again after your next hard visit. Look at what has changed for you since the
first time that you wrote it down.
"""
PLAN = """\
purpose: To talk.
before: [Put the chairs in a circle.]
ground_rules: [What is said here stays here.]
plans: [{minutes: 5, steps: [{minutes: 5, do: Welcome everyone.}]}]
if_this_happens: [{happens: Someone is upset, do: Stop.}]
inclusion: [People can join by phone.]
after: [Call those who were upset.]
adapt_online: [Use the chat.]
"""


def another(name: str) -> Path:
    """A second, smaller module."""
    folder = LIBRARY / name
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "only.md").write_text(ONLY, encoding="utf-8")
    (folder / "facilitator.yaml").write_text(PLAN, encoding="utf-8")
    text = (MODULE / "module.yaml").read_text(encoding="utf-8")
    text = text.replace("id: every-block", f"id: {name}").replace("title: Every", "title: Another")
    text = re.sub(r"local_slots:.*\n|signposts:.*\n", "", text)
    text = re.sub(r"pages: .*", "pages: [only]", text)
    text = text.replace("[death]", "[none]").replace(", must_know: true", "").replace("minutes: 5", "minutes: 1")
    (folder / "module.yaml").write_text(text, encoding="utf-8")
    return folder


def written() -> list[str]:
    return sorted(path.as_posix() for path in Path("build").rglob("*") if path.is_file())


# Help


def test_the_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"scormpack, version {__version__}\n")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_help(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    commands = list(COMMANDS)
    assert re.findall(rf"^  ({'|'.join(commands)}) ", result.stdout, re.MULTILINE) == commands


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert COMMANDS[command] in " ".join(result.stdout.split())
    assert result.stdout.startswith(f"Usage: main {command} [OPTIONS]")


def test_the_help_names_every_target() -> None:
    text = " ".join(run("build", "--help").stdout.split())
    for name in TARGETS:
        assert name in text


def test_a_command_that_does_not_exist() -> None:
    result = run("biuld")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'biuld'" in result.stderr


# Build


@pytest.mark.parametrize("command", ["validate", "build", "release"])
def test_ctrl_c_while_the_library_is_read_ends_a_command_as_it_ends_a_shell(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    module = import_module(f"scormpack.cli.{command}")
    monkeypatch.setattr(module, "library_folder", interrupted)
    result = CliRunner().invoke(main, [command])
    assert (result.exit_code, result.stderr) == (130, "Stopped.\n")


def test_build_everything() -> None:
    result = run("build")
    paths = [PACKAGE.format(target) for target in BUILT]
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"{path}  {Path(path).stat().st_size / 1000:.1f} kB" for path in paths]
    assert result.stderr == f"{len(BUILT)} packages built. {NOTHING_FOUND}\n"
    assert written() == sorted(paths)


def test_build_as_json() -> None:
    result = run("build", "--format", "json", "--target", "web", "--out", "out")
    path = Path("out/full/every-block-1.2.3-web.zip")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "built": [
            {
                "module": "every-block",
                "version": "1.2.3",
                "provider": "full",
                "language": "en-GB",
                "target": "web",
                "path": path.as_posix(),
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "unchanged": False,
            }
        ],
        "diagnostics": [],
    }


def test_build_one_module_for_one_standard() -> None:
    another("another")
    result = run("build", "another", "--target", "scorm12")
    assert result.exit_code == 0
    assert written() == ["build/full/another-1.2.3-scorm12.zip"]


def test_what_is_named_twice_is_built_once() -> None:
    result = run("build", "every-block", "every-block", "--target", "web", "--target", "web")
    assert len(result.stdout.splitlines()) == 1


def test_scorm2004_means_the_third_edition() -> None:
    result = run("build", "--target", "scorm2004", "--target", "scorm2004-3rd")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert written() == [PACKAGE.format("scorm2004-3rd")]


def test_a_second_build_replaces_the_first_with_the_same() -> None:
    run("build", "--target", "scorm12")
    before = Path(PACKAGE.format("scorm12")).read_bytes()
    run("build", "--target", "scorm12")
    assert Path(PACKAGE.format("scorm12")).read_bytes() == before


def test_every_provider_gets_a_package() -> None:
    (LIBRARY / "providers" / "second.yaml").write_text(
        "id: second\nname: Second\nlocal: {office_phone: 01632 960 200, debrief_contact: Kim}\n", encoding="utf-8"
    )
    assert run("build", "--target", "web").exit_code == 0
    assert written() == [f"build/{provider}/every-block-1.2.3-web.zip" for provider in ("full", "second")]
    shutil.rmtree("build")
    assert run("build", "--target", "web", "--provider", "second").exit_code == 0
    assert written() == ["build/second/every-block-1.2.3-web.zip"]


def test_a_library_without_providers_is_built_for_its_publisher() -> None:
    shutil.rmtree(LIBRARY / "providers")
    result = run("build", "--target", "web", "--format", "json")
    assert result.exit_code == 0
    assert [each["provider"] for each in json.loads(result.stdout)["built"]] == ["provider"]


def test_the_library_is_found_where_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(LIBRARY)
    assert run("build", "--target", "web").exit_code == 0
    assert written() == [PACKAGE.format("web")]


# Broken content

BROKEN = (
    "modules/broken/pages/only.md:3:4: error FRM-10: HTML is not used here\n"
    "    3 | Is <b>bold</b>.\n"
    "      |    ^\n"
    "    why: Pieces of HTML break the page on some phones, and a voice that reads aloud stumbles over them.\n"
    "    fix: Use Markdown, or write the character in words.\n"
)
BROKEN_JSON = {
    "code": "FRM-10",
    "severity": "error",
    "path": "modules/broken/pages/only.md",
    "line": 3,
    "column": 4,
    "message": "HTML is not used here",
    "hint": "Use Markdown, or write the character in words.",
    "reason": "Pieces of HTML break the page on some phones, and a voice that reads aloud stumbles over them.",
    "words": "",
    "waived": "",
}


@pytest.fixture
def _broken() -> None:
    (another("broken") / "pages" / "only.md").write_text("# Only\n\nIs <b>bold</b>.\n", encoding="utf-8")


@pytest.mark.usefixtures("_broken")
def test_a_broken_module_does_not_stop_the_others() -> None:
    result = run("build", "--target", "web")
    path = PACKAGE.format("web")
    assert result.exit_code == 1
    assert result.stdout == f"{path}  {Path(path).stat().st_size / 1000:.1f} kB\n"
    assert result.stderr == BROKEN + "1 package built. 1 error.\n"
    assert written() == [path]


@pytest.mark.usefixtures("_broken")
def test_a_broken_module_as_json() -> None:
    result = run("build", "--target", "web", "--format", "json")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    assert [each["module"] for each in told["built"]] == ["every-block"]
    assert told["diagnostics"] == [BROKEN_JSON]
    result = run("validate", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, {"diagnostics": [BROKEN_JSON]})


@pytest.mark.usefixtures("_broken")
def test_a_module_in_a_library_with_another_broken_one() -> None:
    assert run("build", "every-block", "--target", "web").exit_code == 0
    assert run("validate", "every-block").exit_code == 0
    assert run("validate", "broken").exit_code == 1


@pytest.mark.usefixtures("_broken")
def test_validate_tells_every_mistake_and_writes_nothing() -> None:
    result = run("validate")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == BROKEN + (
        "1 module read. 1 error. 1 module could not be read to the end: fix this, then run it again.\n"
    )
    assert not Path("build").exists()


@pytest.mark.parametrize("command", ["build", "validate", "list"])
def test_a_broken_library(command: str) -> None:
    edit(LIBRARY / "library.yaml", "licence: CC-BY-4.0\n", "")
    result = run(command, *(["every-block"] if command != "list" else []))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("modules/library.yaml:1:1: error FRM-01: `licence`: is missing\n")
    result = run(command, "--format", "json")
    found = json.loads(result.stdout)["diagnostics"]
    assert (result.exit_code, result.stderr) == (1, "")
    assert [(each["code"], each["path"], each["line"]) for each in found] == [("FRM-01", "modules/library.yaml", 1)]
    assert written() == []


def test_validate_what_is_right() -> None:
    result = run("validate")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"1 module read. {NOTHING_FOUND}\n"


def test_a_finding_is_told_once_though_every_provider_has_it() -> None:
    shutil.copy(LIBRARY / "providers" / "full.yaml", LIBRARY / "providers" / "second.yaml")
    edit(LIBRARY / "providers" / "second.yaml", "id: full", "id: second")
    edit(MODULE / "module.yaml", "[emergency,", "[emergancy,")
    for command in ("build", "validate"):
        assert run(command).stderr.count("LNK-01") == 1


# Warnings


@pytest.fixture
def _unfilled() -> None:
    edit(LIBRARY / "providers" / "full.yaml", "  office_phone: 01632 960 100\n", "")


WARNING = (
    "modules/providers/full.yaml:5:1: warning LOC-02: Full Homecare has not filled in `office_phone`\n"
    "    5 | local:\n"
    "      | ^\n"
    "    why: The worker reads “ask your manager” where a number should be, perhaps at three in the morning.\n"
    "    fix: Fill it in under `local` in the provider's file.\n"
)


@pytest.mark.usefixtures("_unfilled")
def test_a_warning_stops_nothing() -> None:
    result = run("build", "--target", "web")
    assert (result.exit_code, result.stderr) == (0, WARNING + "1 package built. 1 warning.\n")
    result = run("validate")
    assert (result.exit_code, result.stderr) == (0, WARNING + "1 module read. 1 warning.\n")


@pytest.mark.usefixtures("_unfilled")
def test_strict_refuses_a_warning_and_writes_nothing() -> None:
    result = run("build", "--strict")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == WARNING + "Not built: every-block for full\n0 packages built. 1 warning.\n"
    assert not Path("build").exists()
    assert run("validate", "--strict").exit_code == 1


def test_strict_without_a_warning() -> None:
    assert run("build", "--strict").exit_code == 0
    assert run("validate", "--strict").exit_code == 0


def test_a_number_that_cannot_be_called() -> None:
    edit(LIBRARY / "providers" / "full.yaml", "01632 960 100", "ask Sam")
    result = run("validate")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == (
        "modules/providers/full.yaml:6:17: warning LOC-04: "
        "`office_phone` of Full Homecare is not a phone number: ask Sam"
    )


@pytest.mark.parametrize(
    ("local", "place"),
    [
        ('local:\n  debrief_contact: Sam\n  office_phone: ""\n', "7:17"),
        ("local: {debrief_contact: Sam}\n", "5:1"),
        ("local: {}\n", "5:1"),
        ("", "1:1"),
    ],
)
def test_a_slot_that_is_open_is_told_where_it_would_be_filled(local: str, place: str) -> None:
    file = LIBRARY / "providers" / "full.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("local:")] + local, encoding="utf-8")
    told = [line for line in run("validate").stderr.splitlines() if "filled in `office_phone`" in line]
    assert [line.split(": ")[0] for line in told] == [f"modules/providers/full.yaml:{place}"]


def test_a_number_that_stands_twice_is_told_at_its_own_slot() -> None:
    edit(LIBRARY / "providers" / "full.yaml", "01632 960 100", "Sam")
    edit(LIBRARY / "providers" / "full.yaml", "local:\n", "local:\n  debrief_contact: Sam\n")
    edit(LIBRARY / "providers" / "full.yaml", "  debrief_contact: Sam in the office\n", "")
    assert run("validate").stderr.startswith("modules/providers/full.yaml:7:17: warning LOC-04")


# Providers that have mistakes


@pytest.fixture
def _two_providers() -> None:
    text = (LIBRARY / "providers" / "full.yaml").read_text(encoding="utf-8")
    (LIBRARY / "providers" / "other.yaml").write_text(text.replace("id: full", "id: other"), encoding="utf-8")


WAIVER = "{rule: SAF-01, reason: It is known to all., by: A. Moor, date: 2026-06-01, until: 2027-05-31}"
WAIVED = f"waive:\n  - {WAIVER}\nbrand:"


@pytest.mark.usefixtures("_two_providers")
@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"#1F5F6B"', "teal", "3:17: error FRM-05"),
        ("name: Full Homecare\n", "", "1:1: error FRM-01"),
        ("name: Full Homecare", "name: [Full", "3:6: error SRC-01"),
        ("id: other", "id: others", "1:5: error SRC-08"),
        ("office_phone:", "ofice_phone:", "6:3: error LNK-01"),
        ("brand:", WAIVED, "4:12: error WVR-02"),
    ],
)
def test_a_mistake_of_one_provider_stops_no_other(old: str, new: str, found: str) -> None:
    edit(LIBRARY / "providers" / "other.yaml", old, new)
    at = f"modules/providers/other.yaml:{found}"
    assert (run("validate").exit_code, at in run("validate").stderr) == (1, True)
    result = run("build", "--target", "web")
    assert (result.exit_code, at in result.stderr) == (1, True)
    assert result.stdout.split()[0] == PACKAGE.format("web")
    assert result.stderr.endswith("1 package built. 1 error.\n")
    assert run("build", "--target", "web", "--provider", "full").exit_code == 0
    shutil.rmtree("build")
    result = run("build", "--target", "web", "--provider", "other")
    assert (result.exit_code, at in result.stderr, written()) == (1, True, [])
    assert run("list").stdout.count("  full  ") == 1


def test_a_library_whose_only_provider_has_mistakes_builds_for_nobody() -> None:
    edit(LIBRARY / "providers" / "full.yaml", '"#1F5F6B"', "teal")
    assert (run("build").exit_code, written()) == (1, [])


def test_what_is_left_to_do_is_shown_by_validate_only() -> None:
    edit(MODULE / "module.yaml", "topics:", "todo_before_release: [Check the law]\ntopics:")
    told = "modules/every-block/module.yaml:12:23: info REL-01: Check the law\n"
    everything, validated, built = run("validate", "--all"), run("validate"), run("build", "--target", "web")
    assert (everything.exit_code, validated.exit_code, built.exit_code) == (0, 0, 0)
    assert everything.stderr.startswith(told)
    more = "`--all` shows what is left to do before release: 1 note."
    assert validated.stderr == f"1 module read. 1 info. {more}\n"
    assert built.stderr == "1 package built. 1 info.\n"


# State that SCORM 1.2 cannot keep


def pages(lengths: list[int]) -> None:
    """More pages, whose ids have these lengths."""
    names = [f"p{number:03}".ljust(length, "x") for number, length in enumerate(lengths)]
    for name in names:
        (MODULE / "pages" / f"{name}.md").write_text("# More\n\nWords.\n", encoding="utf-8")
    edit(MODULE / "module.yaml", "pages: [", f"pages: [{', '.join(names)}, ")


def state_findings(result: Result) -> list[tuple[str, str, str, int]]:
    found = json.loads(result.stdout)["diagnostics"]
    return [
        (each["code"], each["severity"], each["path"], int(re.findall(r"\d{4,}", each["message"])[0]))
        for each in found
    ]


def test_more_state_than_scorm12_keeps_is_refused_for_scorm12_only() -> None:
    pages([40] * 100)
    result = run("build", "--format", "json")
    ((code, severity, path, size),) = state_findings(result)
    assert (code, severity, path) == ("S12-20", "error", "modules/every-block/module.yaml")
    assert size > MOST_STATE
    assert result.exit_code == 1
    assert written() == sorted(PACKAGE.format(target) for target in BUILT if target != "scorm12")
    assert run("build", "--target", "web").exit_code == 0


def lengths_of(characters: int) -> list[int]:
    """Lengths of ids, 40 or less, that make so many characters with a comma after each."""
    whole, rest = divmod(characters, 41)
    if rest == 0:
        return [40] * whole
    return [*[40] * whole, rest - 1] if rest > 4 else [*[40] * (whole - 1), 20, rest + 19]


def test_the_bounds_of_the_state_to_the_character() -> None:
    pages([40] * 85)
    ((_, _, _, size),) = state_findings(run("validate", "--format", "json"))
    found = {}
    for bound in (MUCH_STATE, MUCH_STATE + 1, MOST_STATE, MOST_STATE + 1):
        shutil.rmtree(LIBRARY)
        shutil.copytree(EVERY_BLOCK, LIBRARY)
        pages(lengths_of(85 * 41 + bound - size))
        found[bound] = state_findings(run("validate", "--format", "json"))
    place = "modules/every-block/module.yaml"
    assert found == {
        3500: [],
        3501: [("S12-21", "warning", place, 3501)],
        4096: [("S12-21", "warning", place, 4096)],
        4097: [("S12-20", "error", place, 4097)],
    }


# Wrong commands


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "every-blok"], "There is no module `every-blok`. Did you mean `every-block`?"),
        (["validate", "every-blok"], "There is no module `every-blok`. Did you mean `every-block`?"),
        (["build", "zzz"], "There is no module `zzz`. Known here: every-block."),
        (["build", "--provider", "ful"], "There is no provider `ful`. Did you mean `full`?"),
        (["build", "--target", "scrom12"], "There is no target `scrom12`. Did you mean `scorm12`?"),
        (
            ["build", "--target", "zip"],
            "There is no target `zip`. Known here: cmi5, scorm12, scorm2004, scorm2004-3rd, scorm2004-4th, "
            "web, xapi.",
        ),
    ],
)
def test_a_name_that_does_not_exist(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {message}"
    assert not Path("build").exists()


@pytest.mark.parametrize("command", ["build", "validate", "list"])
def test_no_library(command: str) -> None:
    shutil.rmtree(LIBRARY)
    result = run(command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == (
        "Error: There is no library here. Start one with `scormpack init`, or give its folder with --library."
    )


@pytest.mark.parametrize("command", ["build", "validate", "list"])
def test_a_folder_that_does_not_exist(command: str) -> None:
    result = run(command, "--library", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'nowhere' does not exist" in result.stderr


def test_a_folder_that_is_no_library() -> None:
    result = run("validate", "--library", "modules/providers")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("modules/providers/library.yaml: error SRC-04: there is no library here\n")


# List


def test_list_as_json() -> None:
    result = run("list", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "library": "A library for tests",
        "modules": [
            {
                "id": "every-block",
                "version": "1.2.3",
                "title": "Every block & “every” kind",
                "minutes": 5,
                "pages": 6,
                "blocks": {
                    "action_plan": 2,
                    "audio": 1,
                    "card": 1,
                    "checklist": 1,
                    "confidence": 1,
                    "deck": 1,
                    "figure": 1,
                    "key_messages": 1,
                    "local": 1,
                    "match": 1,
                    "multiple": 2,
                    "notice": 1,
                    "order": 1,
                    "pause": 1,
                    "prose": 2,
                    "recommendations": 1,
                    "reflection": 1,
                    "scenario": 1,
                    "signpost": 1,
                    "single": 1,
                    "sort": 1,
                    "true_false": 1,
                    "video": 1,
                },
                "comments": 0,
            }
        ],
        "courses": [],
        "recommendations": [
            {"id": "test-a1", "statement": "Educators should test what they build.", "priority": "should"}
        ],
        "providers": [{"id": "full", "name": "Full Homecare"}],
        "targets": [
            {"id": "scorm12", "title": "SCORM 1.2"},
            {"id": "scorm2004-3rd", "title": "SCORM 2004 3rd Edition"},
            {"id": "scorm2004-4th", "title": "SCORM 2004 4th Edition"},
            {"id": "xapi", "title": "xAPI (Tin Can)"},
            {"id": "cmi5", "title": "cmi5"},
            {"id": "web", "title": "Web page"},
        ],
        "diagnostics": [],
    }


def test_list_for_people() -> None:
    result = run("list")
    kinds = "2 action_plan, 1 audio, 1 card, 1 checklist, 1 confidence, 1 deck, 1 figure, 1 key_messages, 1 local, "
    kinds += "1 match, 2 multiple, 1 notice, 1 order, 1 pause, 2 prose, 1 recommendations, 1 reflection, 1 scenario, "
    kinds += "1 signpost, 1 single, 1 sort, 1 true_false, 1 video"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "A library for tests",
        "",
        "Modules",
        "  every-block 1.2.3  Every block & “every” kind",
        f"      6 pages, 5 minutes: {kinds}",
        "",
        "Recommendations",
        "  test-a1 (should)  Educators should test what they build.",
        "",
        "Providers",
        "  full  Full Homecare",
        "",
        "Targets",
        "  scorm12  SCORM 1.2",
        "  scorm2004-3rd  SCORM 2004 3rd Edition",
        "  scorm2004-4th  SCORM 2004 4th Edition",
        "  xapi  xAPI (Tin Can)",
        "  cmi5  cmi5",
        "  web  Web page",
    ]


@pytest.mark.usefixtures("_broken")
def test_list_tells_what_could_not_be_read() -> None:
    result = run("list")
    assert (result.exit_code, result.stderr) == (1, BROKEN)
    assert "every-block 1.2.3" in result.stdout
    result = run("list", "--format", "json")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    assert [each["id"] for each in told["modules"]] == ["every-block"]
    assert told["diagnostics"] == [BROKEN_JSON]


# Colours, and a real process


@pytest.mark.usefixtures("_broken")
def test_colours_are_for_those_who_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31merror\x1b[0m FRM-10" in run("validate", color=True).stderr
    assert "\x1b" not in run("validate").stderr
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("validate", color=True).stderr


@pytest.mark.usefixtures("_broken")
@pytest.mark.parametrize(
    "command", [[sys.executable, "-m", "scormpack"], [str(Path(sys.executable).parent / "scormpack")]]
)
def test_a_process_of_its_own(command: list[str]) -> None:
    """In a terminal without UTF-8, with results to standard output and talk to standard error."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONWARNINGS": "error"}
    made = subprocess.run([*command, "build", "--target", "web"], capture_output=True, env=environment)
    assert made.returncode == 1
    assert made.stdout.decode().startswith(PACKAGE.format("web") + "  ")
    assert made.stderr.decode() == BROKEN + "1 package built. 1 error.\n"


# Output to a pipe or a file, whose code page has not every sign


@pytest.fixture
def _welsh() -> None:
    edit(LIBRARY / "providers" / "full.yaml", "name: Full Homecare", "name: Tŷ Cerrig")
    edit(LIBRARY / "providers" / "full.yaml", "  office_phone: 01632 960 100\n", "")
    edit(MODULE / "module.yaml", "title: Every", "title: Ŵyl")


CODE_PAGES = ("cp1252", "cp437", "ascii", "latin-1")
FOR_PEOPLE = (["list"], ["validate"], ["build"], ["explain", "ACC-04"], ["explain"], ["report"], ["--help"])
FOR_PROGRAMS = (
    *(["validate", "--format", form] for form in ("json", "sarif", "github")),
    *(["build", "--target", "web", "--no-cache", "--format", form] for form in ("json", "sarif", "github")),
    *(["list", "--format", "json"], ["report", "--format", "json"], ["explain", "--format", "json"]),
    ["explain", "--format", "markdown"],
)


@pytest.mark.usefixtures("_welsh")
@pytest.mark.parametrize("charset", CODE_PAGES)
@pytest.mark.parametrize("command", FOR_PEOPLE, ids=" ".join)
def test_what_people_read_has_an_escape_for_what_a_code_page_lacks(command: list[str], charset: str) -> None:
    usual, narrow = run(*command), CliRunner(charset=charset).invoke(main, command)
    assert (narrow.exception, narrow.exit_code) == (usual.exception, usual.exit_code)
    made = "utf-8" if charset == "ascii" else charset  # Click takes ASCII for a console that was set up wrongly
    assert narrow.stdout_bytes == usual.stdout.encode(made, errors="backslashreplace")


@pytest.mark.usefixtures("_welsh")
@pytest.mark.parametrize("charset", CODE_PAGES)
@pytest.mark.parametrize("command", FOR_PROGRAMS, ids=" ".join)
def test_what_programs_read_is_utf8_whatever_the_code_page(command: list[str], charset: str) -> None:
    usual, narrow = run(*command), CliRunner(charset=charset).invoke(main, command)
    assert narrow.stdout_bytes.decode() == usual.stdout
    assert ("Tŷ Cerrig" in usual.stdout) == (command[0] != "explain")


@pytest.mark.usefixtures("_welsh")
@pytest.mark.parametrize(("encoding", "name"), [("cp1252", b"T\\u0177 Cerrig"), ("ascii", "Tŷ Cerrig".encode())])
def test_a_pipe_of_another_code_page(encoding: str, name: bytes) -> None:
    environment = {
        **os.environ,
        "PYTHONIOENCODING": encoding,
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }
    made = subprocess.run([sys.executable, "-m", "scormpack", "list"], capture_output=True, env=environment)
    assert (made.returncode, made.stderr) == (0, b"")
    assert name in made.stdout


# The sample library


@pytest.mark.slow
def test_the_sample_library_is_valid_and_builds() -> None:
    result = run("validate", "--library", str(SAMPLE), "--format", "json")
    findings = json.loads(result.stdout)["diagnostics"]
    assert result.exit_code == 0
    assert [each for each in findings if each["severity"] == "error"] == []
    result = run("build", "--library", str(SAMPLE), "--format", "json")
    built = json.loads(result.stdout)["built"]
    assert result.exit_code == 0
    modules = {path.parent.name for path in SAMPLE.glob("*/module.yaml")}
    providers = {path.stem for path in (SAMPLE / "providers").glob("*.yaml")}
    assert {(each["module"], each["provider"], each["target"]) for each in built} == {
        (module, provider, target)
        for module in modules
        for provider in providers
        for target in load_library(SAMPLE).settings.targets
    }


# Reviews


def test_a_module_whose_review_is_due_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1861920000")  # 1 January 2029
    edit(LIBRARY / "recommendations" / "test-a1.yaml", "2030-01-01", "2028-06-30")
    result = run("build", "--format", "json")
    graver = [each for each in json.loads(result.stdout)["diagnostics"] if each["severity"] == "error"]
    assert (result.exit_code, written()) == (1, [])
    assert {each["code"] for each in graver} == {"REC-06", "SAF-04"}


def test_with_overdue_it_is_built_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1861920000")
    for contact in ("emergency", "listeners"):
        edit(LIBRARY / "contacts.yaml", f"id: {contact}", f"id: {contact}\n    source: https://example.org/{contact}")
    fresh = (LIBRARY / "contacts.yaml").read_text(encoding="utf-8").replace("2026-11-01", "2028-12-01")
    (LIBRARY / "contacts.yaml").write_text(fresh, encoding="utf-8")
    assert run("build", "--target", "web").exit_code == 1
    result = run("build", "--target", "web", "--overdue", "--format", "json")
    assert result.exit_code == 0
    found = [(each["code"], each["severity"]) for each in json.loads(result.stdout)["diagnostics"]]
    assert found == [("MOD-08", "warning")]
    (page,) = [entry for entry in read_zip(Path(PACKAGE.format("web"))).entries if entry.path == "index.html"]
    (banner,) = html.document_fromstring(page.data).cssselect("aside.overdue")
    assert banner.text_content() == (
        "This training was due to be looked at again by 30 June 2028. Ask your manager if it still holds."
    )


def test_a_module_that_is_not_due_says_nothing() -> None:
    assert run("build", "--target", "web").exit_code == 0
    (page,) = [entry for entry in read_zip(Path(PACKAGE.format("web"))).entries if entry.path == "index.html"]
    assert html.document_fromstring(page.data).cssselect("aside.overdue") == []
