"""The catalogue has every code that can be told, `explain` shows it, and the documents say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from paths import ROOT

from scormpack.archive import codes as archive_codes
from scormpack.check.catalogue import (
    FAMILIES,
    ORIGINS,
    READING,
    WAIVED_IN,
    Origin,
    entries,
    held_always,
    reason,
    title,
)
from scormpack.check.content import content_rules, waivable
from scormpack.cli import main
from scormpack.content.library import Settings
from scormpack.content.profile import DEFAULTS
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Code, Place
from scormpack.source.node import Node, read
from scormpack.source.yaml import parse

SOURCE = ROOT / "src" / "scormpack"
CODE = re.compile(r"[A-Z][A-Z0-9]{2}-\d\d")
AUTHORING = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
RULES = ROOT / "docs" / "rules.md"
PROMISED = {"MOD": 14, "ACC": 13, "SCN": 7, "QUZ": 13, "SAF": 10, "PRV": 2, "REC": 6, "LNK": 6, "PRO": 5, "CLM": 2}
PROMISED |= {"LOC": 4, "SRC": 9, "FRM": 16, "WVR": 4, "REV": 4, "RLS": 4, "ZIP": 19, "PLT": 3, "WEB": 32, "RUN": 16}
PROMISED |= {"OUT": 1, "RES": 6, "LNG": 4}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of January 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["explain", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


# The catalogue


def test_what_reading_refuses_under_the_code_of_a_rule_is_said() -> None:
    """Where reading and a rule share a code, the remedy of the rule alone would not do."""
    shared = {
        code.id: code
        for module in (*READING, archive_codes)
        for code in vars(module).values()
        if isinstance(code, Code)
    }
    for code, entry in entries().items():
        if "reading" in entry.origins and len(entry.origins) > 1:
            assert shared[code].refused.endswith("."), code
            assert entry.remedy == f"{shared[code].remedy} {shared[code].refused}"
        elif code in shared:
            assert shared[code].refused == "", code


def models(model: type[Node] = Node) -> set[type[Node]]:
    return {model}.union(*(models(each) for each in model.__subclasses__()))


def test_what_models_refuse_is_said_to_be_refused_by_reading() -> None:
    found = {code for model in models() for code in model.codes.values()}
    assert len(found) > 20
    for code in found:
        assert "reading" in entries()[code.id].origins, code.id


@pytest.mark.parametrize("family", PROMISED)
def test_a_family_is_complete(family: str) -> None:
    found = [code for code in entries() if code.startswith(family)]
    assert found == [f"{family}-{number:02}" for number in range(1, PROMISED[family] + 1)]


def test_an_entry_says_what_the_code_is_why_it_matters_and_what_to_do() -> None:
    for code, entry in entries().items():
        assert entry.code == code
        assert CODE.fullmatch(code)
        assert 5 <= len(entry.title) <= 80, code
        assert entry.title[0].isupper(), code
        assert not entry.title.endswith("."), code
        assert entry.reason.endswith((".", "?", ")")), code
        assert entry.remedy.endswith((".", "?", "!")), code
        assert "\n" not in entry.title + entry.reason + entry.remedy + entry.example, code
        assert entry.origins, code
        assert set(entry.origins) <= set(ORIGINS)


def test_titles_are_told_apart() -> None:
    titles = [entry.title for entry in entries().values() if entry.family not in ("S12", "S24", "XAP", "CM5")]
    assert len(titles) == len(set(titles))


def test_every_family_and_every_origin_is_described() -> None:
    assert {entry.family for entry in entries().values()} == set(FAMILIES)
    assert (
        {origin for entry in entries().values() for origin in entry.origins} == set(ORIGINS) == set(get_args(Origin))
    )


def test_what_can_be_waived_says_where_and_everything_else_is_held() -> None:
    assert {code for code, entry in entries().items() if entry.waivable} == waivable()
    assert held_always() | waivable() == {code for code in entries() if code[:4] not in ("RTE-", "RUN-")}
    for entry in entries().values():
        assert not entry.waivable or set(entry.origins) & set(WAIVED_IN)


def test_rules_with_one_code_share_what_is_said_of_it() -> None:
    entry = entries()["SAF-04"]
    assert entry.title == "Number outside the register, or not checked"
    assert entry.origins == ("module", "library")
    assert "{contact:…}" in entry.remedy
    assert "`checked_on`" in entry.remedy
    assert len({id(rule.meaning) for rule in content_rules() if rule.code == "SAF-04"}) == 1


def test_a_rule_and_a_model_with_one_code_have_one_entry() -> None:
    entry = entries()["MOD-02"]
    assert (entry.title, entry.severity.value) == ("Objective that nobody can observe", "warning")
    assert entry.origins == ("reading", "module")
    assert entry.remedy == (
        "Begin with what can be seen or heard: say, list, choose, show, write down. "
        "There are one to five objectives: with none, or six, the module is not read."
    )


def test_the_reason_of_any_code() -> None:
    assert reason("SAF-09").startswith("In a second language")
    assert reason("RTE-05").startswith("Before a session is open")
    assert reason("XYZ-01") == ""


def test_the_title_of_any_code() -> None:
    assert title("SAF-09") == "Death by another name"
    assert title("SRC-04") == "File that is not there"
    assert title("RTE-27") == "Suspend data that is not ASCII"
    assert title("XYZ-01") == ""


# The command


def test_a_rule_explained() -> None:
    assert run("SAF-09").stdout == (
        "SAF-09: Death by another name\n"
        "    warning; looks at a module as written\n"
        "    why: In a second language “passed” is a verb of motion. "
        "A worker who is not sure what happened does not call.\n"
        "    fix: Say “died”, “death” or “dead”. Put what people say in quotation marks.\n"
        "    It can be waived for up to a year, in `module.yaml`:\n"
        "\n"
        "waive:\n"
        "  - rule: SAF-09\n"
        "    reason: Why the rule does not fit here, in a sentence\n"
        "    by: Who answers for it\n"
        "    date: 2026-01-01\n"
        "    until: 2027-01-01\n"
    )


def test_several_rules_explained_each_once() -> None:
    result = run("saf-2", "LNK-01", "saf02", "SAF-02")
    assert result.stdout == (
        "SAF-02: Nobody to talk to\n"
        "    error; looks at a module as written\n"
        "    why: She reads this alone in a car. Somebody has to be there afterwards, at any hour.\n"
        "    fix: End with a `pause` that names a contact that is always open and a local one.\n"
        "    It cannot be waived.\n"
        "\n"
        "LNK-01: Name that leads nowhere\n"
        "    error; looks at the content of files\n"
        "    why: A worker would find a gap where a number, a card or a notice should be.\n"
        "    fix: Correct the spelling, or add what is named to its register.\n"
        "    more: `{contact:samaritans}` needs an entry with `id: samaritans` in contacts.yaml.\n"
        "    It cannot be waived.\n"
    )


@pytest.mark.parametrize("code", sorted(waivable()))
def test_the_snippet_is_a_waiver(code: str) -> None:
    snippet = run(code).stdout.partition("\n\n")[2]
    data = parse(snippet, "module.yaml")
    assert isinstance(data, dict)
    (item,) = data["waive"]
    assert read(Waiver, item, Place("module.yaml")).rule == code


def test_all_rules_listed() -> None:
    blocks = run().stdout.rstrip("\n").split("\n\n")
    assert blocks[6] == (
        "Privacy: What a learner writes, and that she is learning at all, is nobody else's business.\n"
        "  PRV-01  error    Notes that leave the device\n"
        "  PRV-02  error    Request to elsewhere"
    )
    assert len(blocks) == len(FAMILIES)
    assert [line[2:8] for block in blocks for line in block.splitlines()[1:]] == list(entries())


def test_rules_as_json() -> None:
    assert json.loads(run("prv-1", "--format", "json").stdout) == [
        {
            "code": "PRV-01",
            "severity": "error",
            "title": "Notes that leave the device",
            "reason": "What she writes to herself about a death is hers. On a platform her manager could read it.",
            "remedy": "Keep it on the device, or nowhere. `store` is `device` or `none`: there is nothing else.",
            "example": "",
            "waivable": False,
            "origins": ["reading", "session"],
            "asked_by": "",
        }
    ]
    assert [each["code"] for each in json.loads(run("--format", "json").stdout)] == list(entries())


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("SAF-99", "There is no rule `SAF-99`. Did you mean `SAF-09`?"),
        ("sfa-3", "There is no rule `sfa-3`. Did you mean `SAF-03`?"),
        ("MD-04", "There is no rule `MD-04`. Did you mean `MOD-04`?"),
        ("hello", "There is no rule `hello`. `scormpack explain` lists them all."),
        ("", "There is no rule ``. `scormpack explain` lists them all."),
    ],
)
def test_a_code_that_does_not_exist(code: str, message: str) -> None:
    result = run("SAF-01", code)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {message}"


# The documents


def test_the_list_of_rules_is_fresh() -> None:
    assert RULES.read_text(encoding="utf-8") == run("--format", "markdown").stdout, "make docs"


def test_the_contents_of_the_list_lead_to_its_families() -> None:
    text = RULES.read_text(encoding="utf-8")
    headings = [
        re.sub(r"[^\w-]", "", line.lower().replace(" ", "-")) for line in re.findall(r"^## (.*)$", text, re.M)
    ]
    assert re.findall(r"\]\(#([^)]*)\)", text) == headings
    assert re.findall(r"^### ([A-Z0-9-]*):", text, re.M) == list(entries())


@pytest.mark.parametrize("file", ["README.md", "docs/authoring.md"])
def test_the_list_of_rules_is_linked(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"]({'docs/' if file == 'README.md' else ''}rules.md)" in text
    assert "explain" in text


def section() -> str:
    (found,) = re.findall(r"^## When a rule does not fit\n(.*?)^## ", AUTHORING, re.M | re.S)
    return str(found)


def test_the_examples_of_waivers_and_limits_are_true() -> None:
    head = "title: A library\npublisher: Willow\nlicence: CC0\n"
    profile, waive = re.findall(r"```yaml\n(.*?)```", section(), re.S)
    settings = read(Settings, parse(head + profile + waive, "library.yaml"), Place("library.yaml"))
    assert {waiver.rule for waiver in settings.waive} <= waivable()
    assert set(settings.profile) <= set(DEFAULTS)


def test_every_limit_is_listed_with_its_usual_value_and_a_rule() -> None:
    found: dict[str, float] = {}
    for names, values, codes in re.findall(r"^\| (`.*?`) \| ([\d, ]+) \| ([A-Z0-9-]+) \|", section(), re.M):
        assert codes in entries()
        found |= dict(zip(re.findall(r"`(\w+)`", names), map(float, values.split(", ")), strict=True))
    assert found == DEFAULTS


def test_every_limit_that_is_listed_is_used() -> None:
    texts = "".join(file.read_text(encoding="utf-8") for file in Path(SOURCE / "check").rglob("*.py"))
    assert [name for name in DEFAULTS if f'"{name}"' not in texts] == []
