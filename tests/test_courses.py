"""Courses of several modules: how a library names them, and the one package that they become."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree
from paths import SAMPLE
from stamps import read_plain
from test_manifests import Files, found, rewrite, spoiled

from scormpack.cli import main
from scormpack.content.load import load_library
from scormpack.content.outline import Outline
from scormpack.diagnostics import ContentError, Diagnostic, Place
from scormpack.package import Package
from scormpack.source.node import read
from scormpack.source.yaml import parse

LIBRARY = Path("modules")
BUILT = "build/willow-lane/first-weeks-1.0.0-cmi5.zip"
ORDER = ["your-role", "part-of-the-team", "notice-report-record"]
IRI = "https://training.example.org/end-of-life-homecare"
HEAD = "id: a\nversion: 1.0.0\ntitle: A course\nsummary: About care.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the sample library in ./modules; what the player says is nothing to these tests."""
    shutil.copytree(SAMPLE, tmp_path / "modules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    file.write_text(text.replace(old, new), encoding="utf-8")


def built(*arguments: str) -> Package:
    result = run("build", "--course", "first-weeks", "--provider", "willow-lane", *arguments)
    assert result.exit_code == 0, result.output
    return read_plain(Path(BUILT))


def structure(package: Package) -> etree._Element:
    assert package.entries[0].path == "cmi5.xml"
    return etree.fromstring(package.entries[0].data)


def words(element: etree._Element) -> tuple[str | None, str | None]:
    return element.findtext("{*}title/{*}langstring"), element.findtext("{*}description/{*}langstring")


# The package


def test_a_course_is_one_package_with_a_folder_for_each_module() -> None:
    package = built()
    folders = {entry.path.split("/")[0] for entry in package.entries if "/" in entry.path}
    assert folders == set(ORDER)
    assert [entry.path for entry in package.entries if "/" not in entry.path] == ["cmi5.xml"]
    for folder in folders:
        script = package.find(f"{folder}/course.js")
        assert script is not None
        assert script.data == b"/* cmi5 */"
        assert package.find(f"{folder}/index.html") is not None
    assert found("cmi5", package) == []


def test_its_units_stand_in_parts_in_the_order_of_the_library() -> None:
    root = structure(built())
    assert [etree.QName(each).localname for each in root] == ["course", "objectives", "block", "block"]
    assert words(root[0]) == (
        "Your first weeks",
        "What you do, what you notice and who you call, before your first visit alone.",
    )
    assert [each.get("id") for each in root if each.get("id")] == [
        f"{IRI}/courses/first-weeks",
        f"{IRI}/courses/first-weeks/blocks/your-work",
        f"{IRI}/courses/first-weeks/blocks/at-the-house",
    ]
    units = list(root.iter("{*}au"))
    assert [each.get("id") for each in units] == [f"{IRI}/modules/{name}" for name in ORDER]
    assert [each.findtext("{*}url") for each in units] == [f"{name}/index.html" for name in ORDER]
    assert [len(list(each.iter("{*}au"))) for each in root.iter("{*}block")] == [2, 1]


def test_a_course_without_parts() -> None:
    file = LIBRARY / "library.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("    parts:\n"), text.index("# Topics of the whole")
    file.write_text(f"{text[:start]}    modules: [notice-report-record, your-role]\n\n{text[end:]}", encoding="utf-8")
    root = structure(built())
    assert [etree.QName(each).localname for each in root] == ["course", "objectives", "au", "au"]
    assert [each.findtext("{*}url") for each in root.iter("{*}au")] == [
        "notice-report-record/index.html",
        "your-role/index.html",
    ]


def test_a_unit_has_the_name_that_it_has_in_a_package_of_its_own() -> None:
    """Who did a module by itself has done it in the course too."""
    package = built()
    assert run("build", "your-role", "--target", "cmi5", "--provider", "willow-lane").exit_code == 0
    alone = structure(read_plain(Path("build/willow-lane/your-role-1.0.0-cmi5.zip")))
    (unit,) = alone.iter("{*}au")
    same = next(each for each in structure(package).iter("{*}au") if each.get("id") == unit.get("id"))
    assert dict(same.attrib) == dict(unit.attrib)
    assert words(same) == words(unit)


def test_a_unit_has_the_files_that_it_has_in_a_package_of_its_own() -> None:
    """Its page may speak with the record store, above all."""
    package = built()
    assert run("build", "your-role", "--target", "cmi5", "--provider", "willow-lane").exit_code == 0
    alone = read_plain(Path("build/willow-lane/your-role-1.0.0-cmi5.zip"))
    folder = "your-role/"
    there = {entry.path.removeprefix(folder): entry for entry in package.entries if entry.path.startswith(folder)}
    assert {path: entry.data for path, entry in there.items()} == {
        entry.path: entry.data for entry in alone.entries if entry.path != "cmi5.xml"
    }
    assert b"connect-src https: http:; " in there["index.html"].data


def test_the_same_course_is_the_same_bytes() -> None:
    built()
    before = Path(BUILT).read_bytes()
    built()
    assert Path(BUILT).read_bytes() == before


def test_a_course_for_every_provider_as_json() -> None:
    result = run("build", "--course", "first-weeks", "--target", "cmi5", "--format", "json")
    assert [(each["course"], each["provider"], each["target"]) for each in json.loads(result.stdout)["built"]] == [
        ("first-weeks", "harbour-hands", "cmi5"),
        ("first-weeks", "willow-lane", "cmi5"),
    ]


def gone(path: str) -> Callable[[Files], None]:
    return lambda files: files.update({"other.html": files.pop(path)})


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (gone("your-role/index.html"), {"CM5-07", "PKG-04"}),
        (gone("your-role/course.js"), {"PKG-04"}),
        (
            rewrite(
                "your-role/index.html", 'data-activity="[^"]*"', f'data-activity="{IRI}/modules/part-of-the-team"'
            ),
            {"CM5-10"},
        ),
        (rewrite("cmi5.xml", "courses/first-weeks/blocks/your-work", "modules/your-role"), {"CM5-03", "CM5-05"}),
    ],
)
def test_a_defect_of_a_course(change: Callable[[Files], None], codes: set[str]) -> None:
    assert {code for code, _, _ in found("cmi5", spoiled(built(), change))} == codes


def test_the_list_names_courses() -> None:
    assert "Courses\n  first-weeks 1.0.0  Your first weeks: " + ", ".join(ORDER) in run("list").stdout
    assert json.loads(run("list", "--format", "json").stdout)["courses"] == [
        {"id": "first-weeks", "version": "1.0.0", "title": "Your first weeks", "modules": ORDER}
    ]


# What stops it


def test_a_mistake_in_one_module_stops_the_course() -> None:
    edit(LIBRARY / "your-role" / "pages" / "welcome.md", "# ", "#")
    result = run("build", "--course", "first-weeks", "--format", "json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["built"]) == (1, [])
    assert {each["path"] for each in told["diagnostics"] if each["severity"] == "error"} == {
        "modules/your-role/pages/welcome.md"
    }


def test_a_course_without_an_authority_is_refused_once() -> None:
    edit(LIBRARY / "library.yaml", f"authority: {IRI}\n", "")
    result = run("build", "--course", "first-weeks", "--format", "json")
    errors = [each for each in json.loads(result.stdout)["diagnostics"] if each["severity"] == "error"]
    assert [(each["code"], each["path"]) for each in errors] == [("CM5-20", "modules/library.yaml")]
    assert not Path("build").exists()


def test_an_address_for_examples_is_refused_with_strict() -> None:
    result = run("build", "--course", "first-weeks", "--strict")
    assert result.exit_code == 1
    assert "modules/library.yaml:7:12: warning CM5-21: " in result.stderr
    assert not Path("build").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["first-week"], "There is no course `first-week`. Did you mean `first-weeks`?"),
        (
            ["first-weeks", "your-role"],
            "--course cannot be combined with module names, or with a target other than cmi5.",
        ),
        (
            ["first-weeks", "--target", "scorm12"],
            "--course cannot be combined with module names, or with a target other than cmi5.",
        ),
    ],
)
def test_a_wrong_command(arguments: list[str], message: str) -> None:
    result = run("build", "--course", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {message}"


# How a library names them


def findings(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as caught:
        read(Outline, parse(HEAD + text, "library.yaml"), Place("library.yaml"))
    return [(each.code, each.message) for each in caught.value.diagnostics]


PART = "{{id: {}, title: T, summary: S, modules: [{}]}}"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", ("FRM-01", "`modules` is missing: the modules of the course")),
        (
            f"modules: [x]\nparts: [{PART.format('p', 'y')}]\n",
            ("FRM-07", "takes `modules` or `parts`, not both"),
        ),
        ("modules: [x, y, x]\n", ("MOD-01", "the module `x` is in the course twice")),
        (
            f"parts: [{PART.format('p', 'x')}, {PART.format('q', 'x')}]\n",
            ("MOD-01", "the module `x` is in the course twice"),
        ),
        (
            f"parts: [{PART.format('p', 'x')}, {PART.format('p', 'y')}]\n",
            ("MOD-01", "the id `p` is given to two parts"),
        ),
        (f"parts: [{PART.format('p', '')}]\n", ("FRM-06", "`parts[1].modules`: needs at least 1, has 0")),
    ],
)
def test_a_course_that_cannot_be_read(text: str, finding: tuple[str, str]) -> None:
    assert findings(text) == [finding]


def refused() -> tuple[Diagnostic, ...]:
    with pytest.raises(ContentError) as caught:
        load_library(LIBRARY)
    return caught.value.diagnostics


def test_a_module_that_is_not_there() -> None:
    edit(LIBRARY / "library.yaml", "        modules: [notice-report-record]\n", "        modules: [notice-report]\n")
    assert [(each.code, each.message, each.hint) for each in refused()] == [
        ("LNK-01", "`notice-report` is not in the library", "Did you mean `notice-report-record`?")
    ]


def test_two_courses_of_one_name() -> None:
    second = "courses:\n  - {id: first-weeks, version: 1.0.0, title: T, summary: S, modules: [your-role]}\n"
    edit(LIBRARY / "library.yaml", "courses:\n", second)
    assert [(each.code, each.message.split(";")[0]) for each in refused()] == [
        ("MOD-01", "the id `first-weeks` is given twice")
    ]
