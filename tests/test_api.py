"""The front door for other people's code: what it lists, and what its docstrings show."""

from __future__ import annotations

import datetime
import doctest
import inspect
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from paths import EVERY_BLOCK, ROOT

import scormpack
from scormpack import (
    Built,
    ContentError,
    Refused,
    Severity,
    api,
    build,
    check_package,
    compare_packages,
    load_library,
    validate,
)

VERBS = ("build", "check_package", "compare_packages", "load_library", "validate")
PAGE = Path("modules", "every-block", "pages", "start.md")


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EVERY_BLOCK, tmp_path / "modules")
    monkeypatch.chdir(tmp_path)


def test_the_front_door_gives_what_it_lists_and_no_more() -> None:
    assert sorted(scormpack.__all__) == sorted({*scormpack._PUBLIC, "__version__"}) == sorted(dir(scormpack))
    for name in scormpack.__all__:
        assert getattr(scormpack, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'Modul'"):
        scormpack.Modul  # noqa: B018


def test_everything_is_had_with_a_star() -> None:
    ask = "from scormpack import *; import scormpack; print(set(scormpack.__all__) <= set(dir()))"
    found = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert found.stdout == "True\n"


def test_no_verb_has_the_name_of_a_room() -> None:
    rooms = {path.stem for path in Path(scormpack.__file__).parent.iterdir()}
    assert not rooms & set(scormpack._PUBLIC)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_does_what_its_docstring_shows(verb: str) -> None:
    function = getattr(scormpack, verb)
    assert inspect.signature(function).return_annotation is not inspect.Signature.empty
    (example,) = doctest.DocTestFinder(recurse=False).find(function, verb, globs={})
    assert example.examples
    result = doctest.DocTestRunner().run(example)
    assert (result.failed, result.attempted) == (0, len(example.examples))


def test_what_the_readme_shows(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    exec(shown, {})  # our own README
    said = capsys.readouterr().out.splitlines()
    assert said == [f"build/{name}/every-block-1.2.3-scorm12.zip" for name in load_library("modules").providers]


def test_what_is_wrong_comes_as_findings() -> None:
    PAGE.write_text(PAGE.read_text(encoding="utf-8") + "\n```nothing\n```\n", encoding="utf-8")
    library = load_library("modules")
    (finding,) = (each for each in validate(library) if each.severity is Severity.ERROR)
    assert (finding.code, finding.place.path) == ("FRM-09", "every-block/pages/start.md")
    (refused,) = build(library, "out")
    assert isinstance(refused, Refused)
    assert finding in refused.findings
    assert not Path("out").exists()


def test_findings_can_be_kept_and_moved() -> None:
    PAGE.write_text(PAGE.read_text(encoding="utf-8") + "\nAsk the ZQX.\n", encoding="utf-8")
    here = validate(load_library("modules"))
    shutil.copytree("modules", "elsewhere/training")
    assert here
    assert validate(load_library(Path("elsewhere/training"))) == here == pickle.loads(pickle.dumps(here))


def test_the_day_is_the_callers() -> None:
    library = load_library("modules")
    assert [each.code for each in validate(library, day=datetime.date(2035, 1, 1)) if each.code == "MOD-08"]
    assert not [each.code for each in validate(library, day=datetime.date(2026, 11, 23)) if each.code == "MOD-08"]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"modules": ["every-blok"]}, "there is no module `every-blok`. Did you mean `every-block`?"),
        ({"providers": ["ful"]}, "there is no provider `ful`. Did you mean `full`?"),
        ({"targets": ["scorm13"]}, "there is no target `scorm13`. Did you mean `scorm12`?"),
        ({"courses": ["x"]}, "there is no course `x`."),
    ],
)
def test_a_name_that_the_library_does_not_have(names: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ValueError, match="there is no") as caught:
        build(load_library("modules"), "out", **names)  # type: ignore[arg-type]  # each takes names
    assert str(caught.value) == message


def test_a_folder_that_is_no_library() -> None:
    with pytest.raises(ContentError, match="there is no library here"):
        load_library("nowhere")


def test_a_built_package_says_what_it_is() -> None:
    (built,) = build(load_library("modules"), "out", providers=["full"], targets=["web"])
    assert isinstance(built, Built)
    assert (built.kind, built.id, built.target, built.path.stat().st_size) == (
        "module",
        "every-block",
        "web",
        built.bytes,
    )
    assert api.build is build


def test_what_is_no_package() -> None:
    Path("broken.zip").write_bytes(b"no zip")
    verdict = check_package("broken.zip")
    found = [(str(finding.place), finding.code, finding.message) for finding in verdict.findings]
    assert (verdict.kinds, found) == ((), [("broken.zip", "ZIP-01", "is not a zip")])
    with pytest.raises(ContentError) as caught:
        compare_packages("broken.zip", "broken.zip")
    assert [finding.code for finding in caught.value.diagnostics] == ["ZIP-01", "ZIP-01"]
    with pytest.raises(ValueError, match=r"^there is no platform `moodel`\. Did you mean `moodle`\?$"):
        compare_packages("broken.zip", "broken.zip", platform="moodel")
