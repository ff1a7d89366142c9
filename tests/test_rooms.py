"""Imports point one way, every folder is complete, every word has its place and every code its one meaning."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from paths import ROOT

from scormpack.archive import codes as archive_codes
from scormpack.blocks import KINDS, AnyBlock
from scormpack.blocks.scenario import Choice
from scormpack.check.catalogue import READING, entries
from scormpack.check.content import content_rules
from scormpack.check.package import package_rules
from scormpack.check.rule import Rule
from scormpack.check.session import OUR_RULES
from scormpack.content.provenance import Provenance
from scormpack.diagnostics import Code
from scormpack.locales import known, shipped
from scormpack.render.bundles import player_words
from scormpack.targets import ALIASES, TARGETS

SOURCE = ROOT / "src" / "scormpack"

# From the bottom up. A room leans on the rooms of the rows above its own, never on one of its own row.
ROWS = (
    {"clock", "diagnostics", "locales", "lock", "processes", "schemas", "templates"},
    {"source", "package"},
    {"archive", "vocabulary", "platforms", "plugins", "tables"},
    {"blocks", "cache", "sink"},
    {"content"},
    {"course", "authoring"},
    {"render", "check", "targets"},
    {"lms", "road", "starter", "outputs"},
    {"assess", "batch", "inspect", "providers", "results"},
    {"report", "api", "preview"},
    {"release"},
    {"deploy"},
    {"cli"},
    {"__main__"},
)
ROW = {room: number for number, row in enumerate(ROWS) for room in row}
FRONT_DOOR = "scormpack"  # the package itself: its version, and the models for other people's code


def room_of(file: Path) -> str:
    """The room that a file of the package belongs to."""
    first = file.relative_to(SOURCE).parts[0]
    return FRONT_DOOR if first == "__init__.py" else first.removesuffix(".py")


@cache
def imports(file: Path) -> set[str]:
    """The rooms that a file imports from, wherever in the file it does so."""
    names: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    ours = [name.split(".") for name in names if name.split(".")[0] == "scormpack"]
    return {parts[1] if len(parts) > 1 and parts[1] in ROW else FRONT_DOOR for parts in ours}


def modules(file: Path) -> set[str]:
    """The names of the modules that a file imports, ours and others."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


FILES = [file for file in sorted(SOURCE.rglob("*.py")) if room_of(file) != "bundles"]  # those are made, not written


def test_every_room_has_its_row() -> None:
    assert {room_of(file) for file in FILES} - {FRONT_DOOR} == set(ROW)


def test_imports_point_one_way() -> None:
    wrong = [
        f"{file.relative_to(SOURCE)} imports {room}"
        for file in FILES
        for room in imports(file) - {room_of(file), FRONT_DOOR}
        if room_of(file) != FRONT_DOOR and ROW[room] >= ROW[room_of(file)]
    ]
    assert wrong == []


def test_only_the_command_line_asks_the_front_door() -> None:
    assert {room_of(file) for file in FILES if FRONT_DOOR in imports(file)} == {"cli"}


def test_a_checker_shares_nothing_with_the_writers() -> None:
    leans = set().union(*(imports(file) for file in FILES if room_of(file) == "check")) - {"check"}
    below = {"archive", "blocks", "content", "course", "locales", "package", "schemas", "source", "tables"}
    below |= {"diagnostics", "vocabulary"}
    assert leans == below


def test_our_own_platforms_lean_on_packages_only() -> None:
    leans = set().union(*(imports(file) for file in FILES if room_of(file) == "lms")) - {"lms"}
    assert leans == {"package", "render"}
    assert {room_of(file) for file in FILES if "lms" in imports(file)} - {"lms", "inspect", "preview", "cli"} == set()


def test_a_command_that_runs_no_platform_imports_none() -> None:
    ask = "import sys, scormpack.cli; print([name for name in sys.modules if name.startswith('scormpack.lms')])"
    found = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert found.stdout == "[]\n"


def test_the_judges_do_no_input_or_output() -> None:
    pure = {"collections", "dataclasses", "datetime", "json", "math", "re", "typing", "urllib.parse"}
    known = {"__future__", "collections.abc", "scormpack.lms.judge.statements", "scormpack.lms.judge.values", *pure}
    judges = sorted((SOURCE / "lms" / "judge").glob("*.py"))
    assert set().union(*map(modules, judges)) <= known


def test_nobody_imports_the_command_line() -> None:
    assert {room_of(file) for file in FILES if "cli" in imports(file)} - {"cli"} == {"__main__"}


def test_every_kind_of_block_has_its_folder_and_its_template() -> None:
    folders = {template.parent.name for template in SOURCE.glob("blocks/*/template.html.j2")}
    models = {file.parent.name for file in SOURCE.glob("blocks/*/__init__.py")}
    assert folders == models == set(KINDS)


def test_every_kind_is_named_the_same_everywhere() -> None:
    union = get_args(get_args(AnyBlock)[0])
    assert set(union) == set(KINDS.values())
    assert {kind: model.model_fields["type"].default for kind, model in KINDS.items()} == {
        kind: kind for kind in KINDS
    }


def test_every_element_that_a_template_uses_is_defined() -> None:
    for folder in sorted(SOURCE.glob("blocks/*")):
        if (folder / "element.ts").is_file():
            script = (folder / "element.ts").read_text(encoding="utf-8")
            template = (folder / "template.html.j2").read_text(encoding="utf-8")
            (element,) = re.findall(r'customElements\.define\(\s*"([a-z-]+)"', script)
            assert f"<{element}" in template or "question.html.j2" in template, element


def test_every_driver_connects() -> None:
    drivers = {target.driver for target in TARGETS.values()}
    assert drivers == {file.parent.name for file in SOURCE.glob("targets/*/driver.ts")}
    for driver in drivers:
        script = (SOURCE / "targets" / driver / "driver.ts").read_text(encoding="utf-8")
        assert len(re.findall(r"^export const connect\b", script, re.MULTILINE)) == 1, driver


def test_targets_are_called_what_the_table_calls_them() -> None:
    assert [target.name for target in TARGETS.values()] == list(TARGETS)
    assert set(ALIASES.values()) <= set(TARGETS)
    assert not set(ALIASES) & set(TARGETS)


# Words


def texts(*patterns: str) -> dict[Path, str]:
    return {file: file.read_text(encoding="utf-8") for pattern in patterns for file in sorted(SOURCE.glob(pattern))}


def template_words() -> set[str]:
    """The words that templates and Python put on the page themselves."""
    found = set()
    for text in texts("**/*.j2").values():
        found |= set(re.findall(r"\bw\.(\w+)", text)) | set(re.findall(r'\bw\["(\w+)"\]', text))
        if 'w["rating_" ~ choice.rating]' in text:
            found |= {f"rating_{rating}" for rating in get_args(Choice.model_fields["rating"].annotation)}
        if 'w["provenance_" ~ module.provenance.status]' in text:
            found |= {f"provenance_{status}" for status in get_args(Provenance.model_fields["status"].annotation)}
    for text in texts("**/*.typ").values():
        found |= set(re.findall(r"\bw\.(\w+)", text))
    for text in texts("**/*.py").values():
        found |= set(re.findall(r'\bwords\["(\w+)"\]', text))
    return found


def test_the_page_carries_the_words_that_scripts_say_and_no_more() -> None:
    scripts = texts("player/*.ts", "blocks/*/*.ts", "targets/**/*.ts").values()
    assert set(player_words()) == {word for text in scripts for word in re.findall(r'"w\.(\w+)"', text)}


@pytest.mark.parametrize("language", sorted(known()))
def test_a_language_has_every_word_and_no_other(language: str) -> None:
    assert set(shipped(language)["words"]) == template_words() | set(player_words())


# Codes

CODE = re.compile(r"[A-Z][A-Z0-9]{2}-\d\d")
TARGET_NAMES = ("web", "scorm12", "scorm2004-3rd", "scorm2004-4th", "xapi", "cmi5")


def package_modules() -> Iterator[ModuleType]:
    """Every module of the package."""
    for file in FILES:
        parts = file.relative_to(SOURCE.parent).with_suffix("").parts
        if parts[-1] != "__main__":
            yield importlib.import_module(".".join(parts).removesuffix(".__init__"))


def rules() -> list[Rule[Any]]:
    return [*content_rules(), *chain.from_iterable(map(package_rules, TARGET_NAMES)), *OUR_RULES]


def declared() -> set[Code]:
    """Every code that a module declares, alone or with its rule; not what `under` gives another name."""
    values = [value for module in package_modules() for value in vars(module).values()]
    codes = {value for value in values if isinstance(value, Code)}
    return codes | {value.meaning for value in values if isinstance(value, Rule) and CODE.fullmatch(value.code)}


def test_every_code_has_one_meaning() -> None:
    codes = declared() | {rule.meaning for rule in rules()}
    assert [code for code, count in Counter(each.id for each in codes).items() if count > 1] == []


def test_the_catalogue_has_every_code_that_is_declared_and_no_other() -> None:
    assert set(entries()) == {code.id for code in declared()} | {rule.code for rule in rules()}


def test_a_codes_id_is_spelled_where_it_is_declared_and_nowhere_else() -> None:
    """Whoever raises a code names the object, so that a misspelt one cannot be raised."""
    declaring: list[str] = []
    for file in FILES:
        nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        calls = [
            (node.func.id, node.args[:2])
            for node in nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        ]
        own = [each for name, arguments in calls if name in ("Code", "rule") for each in arguments]
        spelt = [node for node in nodes if isinstance(node, ast.Constant) and is_code(node.value)]
        assert [node.lineno for node in spelt if node not in own] == [], file
        declaring += [str(node.value) for node in spelt]
    assert len(declaring) == len(set(declaring)) == len(declared())


def is_code(value: object) -> bool:
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def test_no_code_is_declared_in_vain() -> None:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in FILES]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)]
    used = {node.id for node in nodes if isinstance(node.ctx, ast.Load)}
    names = {
        name
        for module in (*READING, archive_codes)
        for name, value in vars(module).items()
        if isinstance(value, Code)
    }
    assert names - used == set()


def test_the_two_editions_of_scorm_2004_have_the_same_rules() -> None:
    assert package_rules("scorm2004-3rd") == package_rules("scorm2004-4th")


def test_every_rule_says_what_to_do() -> None:
    for rule in rules():
        assert CODE.fullmatch(rule.code), rule.code
        assert rule.hint.endswith((".", "?", "!")), rule.code
