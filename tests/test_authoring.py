"""The schemas for editors: fresh, explained, true to every sample file, and of one mind with our own loader."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator, FormatChecker
from paths import EVERY_BLOCK, ROOT, SAMPLE
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from scormpack import ContentError
from scormpack.authoring import DRAFT, ENDING, FILES, differences, documentation, schemas
from scormpack.blocks import KINDS
from scormpack.cli import main
from scormpack.content.load import load_library, load_module
from scormpack.schemas import authoring_folder
from scormpack.source.files import read_text
from scormpack.source.node import Node

SCHEMAS = schemas()
VALIDATORS = {name: Draft7Validator(schema, format_checker=FormatChecker()) for name, schema in SCHEMAS.items()}
GUIDE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")

Error = tuple[str, str]  # a path and a message


class _AsAnEditor(SafeConstructor):
    """YAML 1.2, where a date is text."""


_AsAnEditor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def as_an_editor(text: str) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _AsAnEditor
    return yaml.load(text)


def errors(name: str, text: str) -> list[Error]:
    """The path and the message of each place in `text` that the schema refuses."""
    found = VALIDATORS[name].iter_errors(as_an_editor(text))
    return sorted(("/".join(str(step) for step in error.absolute_path), error.message) for error in found)


# What the schemas say


def test_the_schemas_of_the_repository_are_fresh() -> None:
    assert authoring_folder() == ROOT / "schemas" / "authoring"
    assert list(differences(authoring_folder())) == [], "`scormpack schema` makes them anew"


def test_there_is_a_schema_for_every_file_and_every_fence() -> None:
    blocks = [f"blocks/{kind}" for kind in KINDS if kind != "prose"]
    assert list(SCHEMAS) == [*FILES, *blocks]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_whole(name: str) -> None:
    schema = SCHEMAS[name]
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == DRAFT
    assert "$id" not in schema
    references = set(re.findall(r'"\$ref": "#/definitions/(\w+)"', json.dumps(schema)))
    assert references == set(schema.get("definitions", {}))


def models(above: type[Node] = Node) -> Iterator[type[Node]]:
    """Every model that authors write."""
    for model in above.__subclasses__():
        if model.__module__.startswith("scormpack."):
            yield model
            yield from models(model)


@pytest.mark.parametrize("model", [*models()], ids=lambda model: model.__name__)
def test_every_field_says_what_it_is_for(model: type[Node]) -> None:
    found = documentation(model)
    assert set(found) == set(model.model_fields) - {"type"}
    for name, document in found.items():
        assert re.fullmatch(r"[A-Z`].*\.", document.description), name
        assert "Example" not in document.description, name


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of a schema, and those of what it is made of."""
    for each in (schema, schema.get("else", {}), schema.get("then", {}), *schema.get("definitions", {}).values()):
        yield from each.get("properties", {}).items()


@pytest.mark.parametrize("of", SCHEMAS)
def test_everything_in_a_schema_is_explained(of: str) -> None:
    schema = SCHEMAS[of]
    limits = {"Change"}  # the limits of `profile` share one explanation
    for each in (schema, *schema.get("definitions", {}).values()):
        assert each["title"]
        assert each["description"].endswith((".", "…")), each
        assert "\n" not in each["description"]
    for name, field in fields(schema):
        assert field.get("description") or field["$ref"].removeprefix("#/definitions/") in limits, name


@pytest.mark.parametrize("of", SCHEMAS)
def test_every_example_fits_its_own_field(of: str) -> None:
    schema = SCHEMAS[of]
    for name, field in fields(schema):
        own = Draft7Validator({**field, "definitions": schema.get("definitions", {})}, format_checker=FormatChecker())
        for example in field.get("examples", ()):
            assert [error.message for error in own.iter_errors(example)] == [], name


def patterns(part: Any) -> Iterator[tuple[str, str]]:
    """Each pattern in a schema, and what an editor says where a word does not match it."""
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"], part["patternErrorMessage"]
        for each in part.values():
            yield from patterns(each)
    elif isinstance(part, list):
        for each in part:
            yield from patterns(each)


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_said_of_a_spelling_is_true(name: str) -> None:
    for pattern, message in patterns(SCHEMAS[name]):
        for shown in re.findall(r": `\"?([^`\"]+)\"?`\.$", message):
            assert re.search(pattern, shown), message


# What authors have written


def files(folder: Path) -> dict[Path, str]:
    """The schema of each YAML file of a library."""
    alone = ("library", "contacts", "glossary", "frameworks", "module", "facilitator", "review")
    own = {f"{name}.yaml": name for name in alone}
    folders = {
        "locales": "locale",
        "recommendations": "recommendation",
        "providers": "provider",
        "assessments": "assessment",
        "cards": "card",
        "scenarios": "scenario",
        "decks": "deck",
    }
    return {file: own.get(file.name) or folders[file.parent.name] for file in sorted(folder.rglob("*.yaml"))}


WRITTEN = files(SAMPLE) | files(EVERY_BLOCK)


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_sample_file_is_accepted(file: Path) -> None:
    assert errors(WRITTEN[file], file.read_text(encoding="utf-8")) == []


def test_every_schema_of_a_file_has_a_sample() -> None:
    assert set(WRITTEN.values()) == set(FILES)


def fences(text: str) -> list[tuple[str, str]]:
    """The kind of each fence in a page, and what is inside."""
    found = re.findall(r"^(`{3,}|~{3,}) *(\w+)\n(.*?)^\1 *$", text, re.DOTALL | re.MULTILINE)
    return [(kind, inside) for _, kind, inside in found]


PAGES = sorted([*SAMPLE.glob("*/pages/*.md"), *EVERY_BLOCK.glob("*/pages/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_fence_of_a_sample_page_is_accepted(page: Path) -> None:
    for kind, inside in fences(page.read_text(encoding="utf-8")):
        assert errors(f"blocks/{kind}", inside) == []


def test_every_kind_of_fence_has_a_sample() -> None:
    kinds = {kind for page in PAGES for kind, _ in fences(page.read_text(encoding="utf-8"))}
    assert kinds == set(KINDS) - {"prose"}


def test_every_block_of_the_guide_is_accepted() -> None:
    shown = [(kind, inside) for kind, inside in fences(GUIDE) if kind in KINDS]
    assert {kind for kind, _ in shown} == set(KINDS) - {"prose"}
    for kind, inside in shown:
        assert errors(f"blocks/{kind}", inside) == []


def check(*files: Path) -> subprocess.CompletedProcess[str]:
    """What the command check-jsonschema says about these module files."""
    schema = authoring_folder() / f"module{ENDING}"
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_tool_of_others_accepts_the_sample_modules_and_refuses_a_mistake(tmp_path: Path) -> None:
    modules = sorted(SAMPLE.glob("*/module.yaml"))
    accepted = check(*modules)
    assert (accepted.returncode, accepted.stdout) == (0, "ok -- validation done\n")
    wrong = tmp_path / "module.yaml"
    wrong.write_text(modules[0].read_text(encoding="utf-8") + "titel: Twice\n", encoding="utf-8")
    refused = check(wrong)
    assert refused.returncode == 1
    assert "Additional properties are not allowed ('titel' was unexpected)" in refused.stdout


# What they refuse

MODULE = """\
id: small
version: 1.0.0
title: Small
summary: A small module.
language: en-GB
translation: {source_language: de, by: human, reviewed_by: {name: Ann, role: nurse, date: 2026-01-02}}
jurisdictions: [england]
stage: first_weeks
audiences: [homecare_worker]
format: micro
delivery: [self_study]
duration_minutes: 5
cpd_minutes: 5
time_policy: {rule: paid_required, sentence: Your time is paid.}
topics: [testing]
objectives:
  - {id: do-it, text: Do it, must_know: true}
key_messages: [Be kind.]
sensitivity: [death]
safety: {role_scope: unregistered, delegated: [{act: touch_pump, conditions: Never alone.}], emergency: false}
assessment: {pass_mark: 80, attempts: 3}
addresses: [test-a1]
contributes_to: ["test-frame@2025#1"]
local_slots: [office_phone]
signposts: [emergency]
provenance:
  status: consulted
  basis: [white]
  workshops:
    - number: 1
      date: 2026-01-02
      mode: online
      partners: [{role: worker, count: 3}]
      attended: 3
      facilitators: 1
      purpose: To choose
      recognition: Paid
      access_help: Travel
  principles: [{principle: power, note: They chose}]
accreditation: {by: A body, reference: A-1, until: 2030-01-01}
reviewed_on: 2026-01-02
review_due: 2030-01-01
reviewers: [{name: Ann, role: nurse, clinical: true, date: 2026-01-02}]
sources: [{id: white, title: A review, url: "https://example.org", seen_on: 2026-01-02}]
todo_before_release: [Look again]
waive: [{rule: MOD-06, reason: It was timed with workers, by: Ann, date: 2026-01-02, until: 2026-12-31}]
pages: [only]
"""
CARD = "id: c\ntitle: T\nfront: F\nsteps: [1, 2, 3]\n"
RIGHT = {
    "module": MODULE,
    "frameworks": "frameworks: [{id: f, version: 2025, title: T, status: current, jurisdictions: [wales], url: https://f.org}]\n",
    "contacts": "contacts: [{id: c, name: N, for_whom: W, phone: 999, hours: Always, jurisdictions: [wales]}]\n",
    "library": "title: T\npublisher: P\nlicence: L\nslots: {office_phone: {label: O}}\n",
    "provider": 'id: p\nname: P\nbrand: {colour: "#1F5F6B"}\nlocal: {office_phone: 999}\n',
    "facilitator": """\
purpose: P
before: [B]
ground_rules: [G]
plans: [{minutes: 5, steps: [{minutes: 5, do: D}]}]
if_this_happens: [{happens: H, do: D}]
inclusion: [I]
after: [A]
adapt_online: [O]
deck: slides
""",
    "review": "comments: [{name: N, date: 2026-01-02, block: b, quote: 999, text: T}]\n",
    "card": CARD,
    "deck": "id: d\ntitle: T\nslides: [{title: S, notes: N, minutes: 1}]\n",
    "blocks/card": CARD,
    "blocks/single": """\
id: q
prompt: P
rationale: R
options: [{text: A, feedback: F, correct: true}, {text: B, feedback: F}]
""",
    "blocks/true_false": "id: q\nprompt: P\nrationale: R\nanswer: false\nif_true: A\nif_false: B\n",
}
PATTERN = "^(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*)$"
PHONE = r"^\\+?[0-9][0-9 ]{1,18}$"
STAGES = "['first_weeks', 'first_months', 'advanced', 'specific']"
WORKSHOP = "provenance/workshops/0"
MODES = "['in_person', 'online', 'hybrid']"
STATES = "['current', 'being_replaced', 'withdrawn']"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *RIGHT.items(),
        ("card", "type: card\n" + CARD),
        ("blocks/card", "use: new-task\n"),
        ("blocks/scenario", "use: the-story\n"),
        ("blocks/deck", "use: group-talk\n"),
        ("blocks/key_messages", ""),
        ("blocks/key_messages", "type: key_messages\n"),
    ],
)
def test_what_is_right_is_accepted(name: str, text: str) -> None:
    assert errors(name, text) == []


def unexpected(*names: str) -> str:
    listed = ", ".join(f"'{name}'" for name in names)
    return f"Additional properties are not allowed ({listed} {'was' if len(names) == 1 else 'were'} unexpected)"


MISTAKES = [
    ("module", "cpd_minutes: 5", "cpd_minute: 5", "", unexpected("cpd_minute")),
    ("module", "must_know: true", "must_no: true", "objectives/0", unexpected("must_no")),
    ("module", "pages: [only]", "pages: [only]\nfacilitator_guide: null", "", unexpected("facilitator_guide")),
    ("module", "stage: first_weeks", "stage: first_week", "stage", f"'first_week' is not one of {STAGES}"),
    ("module", "mode: online", "mode: post", f"{WORKSHOP}/mode", f"'post' is not one of {MODES}"),
    ("module", "review_due: 2030-01-01\n", "", "", "'review_due' is a required property"),
    ("module", "review_due: 2030-01-01", "review_due: 2030-02-30", "review_due", "'2030-02-30' is not a 'date'"),
    ("module", "attended: 3", "attended: 0", f"{WORKSHOP}/attended", "0 is less than the minimum of 1"),
    ("module", "cpd_minutes: 5", "cpd_minutes: 91", "cpd_minutes", "91 is greater than the maximum of 90"),
    ("module", "cpd_minutes: 5", "cpd_minutes: five", "cpd_minutes", "'five' is not of type 'integer', 'null'"),
    ("module", "pages: [only]", "pages: []", "pages", "[] should be non-empty"),
    ("module", "pages: [only]", "pages: [Only]", "pages/0", f"'Only' does not match '{PATTERN}'"),
    ("module", "must_know: true", "must_know: yes", "objectives/0/must_know", "'yes' is not of type 'boolean'"),
    ("frameworks", "status: current", "status: new", "frameworks/0/status", f"'new' is not one of {STATES}"),
    ("contacts", "phone: 999", "phone: nine", "contacts/0/phone", f"'nine' does not match '{PHONE}'"),
    ("library", "office_phone", "Office", "slots", "'Office' does not match '^(?:[a-z][a-z0-9_]*)$'"),
    ("library", "publisher: P", "publisher: P\nprofile: {sentence: {}}", "profile", unexpected("sentence")),
    ("provider", '"#1F5F6B"', "red", "brand/colour", "'red' does not match '^#[0-9A-Fa-f]{6}$'"),
    ("facilitator", "deck: slides", "deck: Slides", "deck", "'Slides' is not valid under any of the given schemas"),
    ("review", "block: b", "block: B", "comments/0/block", f"'B' does not match '{PATTERN}'"),
    ("review", "quote: 999, text: T", "quote: 999", "comments/0", "'text' is a required property"),
    ("card", "[1, 2, 3]", "[1, 2]", "steps", "[1, 2] is too short"),
    ("card", "[1, 2, 3]", "[1, 2, 3, 4, 5, 6, 7]", "steps", "[1, 2, 3, 4, 5, 6, 7] is too long"),
    ("card", "id: c", "type: deck\nid: c", "type", "'card' was expected"),
    ("deck", "notes: N, ", "", "slides/0", "'notes' is a required property"),
    ("blocks/single", "text: B", "txt: B", "options/1", "'text' is a required property"),
    ("blocks/single", "id: q", "use: q\nid: q", "", unexpected("use")),
    ("blocks/true_false", "answer: false", "answer: wrong", "answer", "'wrong' is not of type 'boolean'"),
    ("blocks/card", "id: c\n", "", "", "'id' is a required property"),
    ("blocks/card", "id: c", "use: c", "", unexpected("front", "steps", "title")),
]


@pytest.mark.parametrize(("name", "old", "new", "path", "message"), MISTAKES)
def test_a_mistake_is_told_at_its_place(name: str, old: str, new: str, path: str, message: str) -> None:
    text = RIGHT[name]
    assert text.count(old) == 1
    assert (path, message) in errors(name, text.replace(old, new))


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "blocks/key_messages"])
def test_an_empty_file_is_refused(name: str) -> None:
    assert errors(name, "") == [("", "None is not of type 'object'")]


# Of one mind with our loader


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A module of one page, whose module.yaml is to be written."""
    (tmp_path / "small" / "pages").mkdir(parents=True)
    (tmp_path / "small" / "pages" / "only.md").write_text("# Only\n\nWords.\n", encoding="utf-8")
    return tmp_path / "small"


def loads(folder: Path, text: str) -> bool:
    """Whether our own loader accepts `text` as the module.yaml in `folder`."""
    (folder / "module.yaml").write_text(text, encoding="utf-8")
    try:
        load_module(folder)
    except ContentError:
        return False
    return True


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("title: Small", "title: 2026", True),
        ("title: Small", "title:", False),
        ("title: Small", f"title: {'x' * 71}", False),
        ("title: Small", 'title: "Two\\nlines"', False),
        ("version: 1.0.0", "version: 1.0", False),
        ("version: 1.0.0", "version: 01.0.0", False),
        ("language: en-GB", "language: english", False),
        ("language: en-GB\n", "", True),
        ("translation: {source_language: de", "translation: {source: de", False),
        ("reviewed_by: {name: Ann, role: nurse, date: 2026-01-02}", "reviewed_by: null", True),
        ("jurisdictions: [england]", "jurisdictions: england", False),
        ("jurisdictions: [england]", "jurisdictions: [england, france]", False),
        ("format: micro", "format: Micro", False),
        ("duration_minutes: 5", "duration_minutes: 0", False),
        ("duration_minutes: 5", "duration_minutes: 4.5", False),
        ("cpd_minutes: 5", "cpd_minutes:", True),
        ("cpd_minutes: 5", "cpd_minutes: 0", True),
        ("cpd_minutes: 5", "cpd_minutes: 91", False),
        ("must_know: true", "must_know: yes", False),
        ("must_know: true", "must_know: 1", False),
        ("text: Do it,", 'text: "",', False),
        ("key_messages: [Be kind.]", "key_messages:", False),
        ("key_messages: [Be kind.]", "key_messages: [112]", True),
        ("topics: [testing]", "topics: []", True),
        ("topics: [testing]", "topics: [Testing]", False),
        ("pass_mark: 80", "pass_mark: 59", False),
        ("attempts: 3", "attempts: 0", False),
        ("assessment: {pass_mark: 80, attempts: 3}", "assessment:", False),
        ('["test-frame@2025#1"]', '["test-frame 2025"]', False),
        ("local_slots: [office_phone]", "local_slots: [office-phone]", False),
        ("status: consulted", "status: co-produced", False),
        ("mode: online", "mode: by_phone", False),
        ("attended: 3\n", "attended:\n", True),
        ("review_due: 2030-01-01", "review_due: 1.1.2030", False),
        ("review_due: 2030-01-01", "review_due: 2030-1-1", False),
        ("rule: MOD-06", "rule: MOD-6", False),
        ("rule: MOD-06, reason", "rule: MOD-06, why", False),
        ("pages: [only]", "pages: only", False),
        ("pages: [only]", "pages: []", False),
        ("pages: [only]", "pages: [Only]", False),
        ("pages: [only]", "pages: [only]\nagreed: null", False),
        ("pages: [only]", "pages: [only]\nreview: {comments: []}", False),
        ("pages: [only]", "pages: [only]\n# yaml-language-server: $schema=x", True),
        ("id: small\n", "# yaml-language-server: $schema=../../schemas/x.json\nid: small\n", True),
    ],
)
def test_schema_and_loader_agree(small: Path, old: str, new: str, right: bool) -> None:
    assert MODULE.count(old) == 1
    text = MODULE.replace(old, new)
    assert (errors("module", text) == [], loads(small, text)) == (right, right)


def inside(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in `value`."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in steps:
        yield (*path, step)
        yield from inside(each, (*path, step))


WORDS = ["", "x", "A b", "x" * 500, "2026-02-30", "two\nlines", "yes"]
ODD = [*WORDS, 5, -1, 1.5, 1000, None, [], {}, ["a"], {"a": "b"}]
# What no schema of one file can tell: the folder's name, and which pages are there.
UNTOLD = {("id",), ("pages",), ("pages", 0)}


@pytest.mark.slow
def test_schema_and_loader_agree_on_whatever_is_put_anywhere(small: Path) -> None:
    """Written as JSON, which is YAML too."""
    whole = as_an_editor(MODULE)
    apart = []
    for path in inside(whole):
        for odd in ODD if path not in UNTOLD else ():
            data = copy.deepcopy(whole)
            owner = data
            for step in path[:-1]:
                owner = owner[step]
            owner[path[-1]] = odd
            if VALIDATORS["module"].is_valid(data) != loads(small, json.dumps(data)):
                apart.append((path, odd))
    assert apart == []


def test_our_loader_takes_the_line_for_an_editor_as_a_comment(tmp_path: Path) -> None:
    shutil.copytree(EVERY_BLOCK, tmp_path / "library")
    before = load_library(tmp_path / "library"), load_module(tmp_path / "library" / "every-block")
    for file, name in files(tmp_path / "library").items():
        line = f"# yaml-language-server: $schema=../schemas/authoring/{name}{ENDING}\n"
        file.write_text(line + read_text(file, tmp_path), encoding="utf-8")
    assert (load_library(tmp_path / "library"), load_module(tmp_path / "library" / "every-block")) == before


# The command


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["schema", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_elsewhere")
def test_the_command_writes_what_the_repository_has() -> None:
    result = run()
    written = [f"schemas/authoring/{name}{ENDING}" for name in SCHEMAS]
    assert (result.exit_code, result.stdout.splitlines()) == (0, written)
    assert result.stderr == "36 schemas written.\n"
    for name in SCHEMAS:
        ours, theirs = (folder / f"{name}{ENDING}" for folder in (authoring_folder(), Path("schemas", "authoring")))
        assert ours.read_bytes() == theirs.read_bytes()
    assert sorted(path.suffix for path in Path().rglob("*") if path.is_file()) == [".json"] * len(SCHEMAS)


@pytest.mark.usefixtures("_elsewhere")
def test_check_names_what_is_stale_missing_or_too_much_and_writes_nothing() -> None:
    run("--out", "here")
    fresh = run("--out", "here", "--check")
    assert (fresh.exit_code, fresh.stdout, fresh.stderr) == (0, "", "All schemas are up to date.\n")
    Path("here/module.schema.json").unlink()
    Path("here/blocks/card.schema.json").write_text("{}", encoding="utf-8")
    Path("here/blocks/quiz.schema.json").write_text("{}", encoding="utf-8")
    Path("here/notes.txt").write_text("mine", encoding="utf-8")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    found = run("--out", "here", "--check")
    assert found.exit_code == 1
    assert found.stdout.splitlines() == [
        "here/module.schema.json  missing",
        "here/blocks/card.schema.json  stale",
        "here/blocks/quiz.schema.json  extra",
    ]
    assert found.stderr == "3 differences.\n"
    assert before == {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}


@pytest.mark.usefixtures("_elsewhere")
def test_check_where_there_is_nothing_yet() -> None:
    result = run("--check")
    assert (result.exit_code, result.stderr) == (1, "36 differences.\n")
    assert list(Path().iterdir()) == []


@pytest.mark.usefixtures("_elsewhere")
def test_a_folder_that_cannot_be_written() -> None:
    Path("taken").write_text("a file", encoding="utf-8")
    result = run("--out", "taken/schemas")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: taken/schemas cannot be written: Not a directory\n"


def test_the_help_shows_examples_line_by_line() -> None:
    assert "\n  scormpack schema\n  scormpack schema --out our-library/schemas\n" in run("--help").stdout


@pytest.mark.parametrize(
    ("module", "unasked"), [("scormpack.cli", "pydantic"), ("scormpack.content.load", "scormpack.authoring")]
)
def test_nothing_is_loaded_that_only_makes_schemas(module: str, unasked: str) -> None:
    ask = f"import sys, {module}; print({unasked!r} in sys.modules)"
    made = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert made.stdout == "False\n"


# The guide


def test_the_settings_in_the_guide_give_each_sample_file_its_schema() -> None:
    (shown,) = re.findall(r"^```json\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    globs = json.loads(shown)["yaml.schemas"]
    assert sorted(globs) == sorted(f"./schemas/authoring/{name}{ENDING}" for name in FILES)
    for file, name in files(SAMPLE).items():
        path = file.relative_to(ROOT).as_posix()
        fitting = [s for s, glob in globs.items() if fnmatch(path, glob) and path.count("/") == glob.count("/")]
        assert fitting == [f"./schemas/authoring/{name}{ENDING}"], path


def test_the_line_in_the_guide_leads_to_a_schema() -> None:
    (line,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", GUIDE, re.MULTILINE)
    assert (SAMPLE / "your-role" / line).resolve() == authoring_folder() / f"module{ENDING}"
