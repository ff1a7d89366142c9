"""What is kept in .cache/ between two commands: never stale, never in the way, never trusted."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from paths import EVERY_BLOCK
from PIL import Image

import scormpack.cli.outcome
from scormpack.cache import NOTHING, Cache, fingerprint, named
from scormpack.cli import main
from scormpack.course import picture
from scormpack.course.picture import WIDTHS
from scormpack.diagnostics import Place

KEPT = Path(".cache", "scormpack")
PAGE = Path("modules", "every-block", "pages", "start.md")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def library() -> Path:
    shutil.copytree(EVERY_BLOCK, "modules")
    return Path("modules")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def validate(*arguments: str) -> tuple[int, str]:
    result = run("validate", *arguments, "--format", "json")
    return result.exit_code, result.stdout


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The modules of each validation that was not found in the cache."""
    found: list[tuple[str, ...]] = []
    anew = scormpack.cli.outcome._anew

    def noted(root: Path, modules: tuple[str, ...], cache: Cache, processes: int) -> object:
        found.append(tuple(modules))
        return anew(root, modules, cache, processes)

    monkeypatch.setattr("scormpack.cli.outcome._anew", noted)
    return found


# What is kept


def test_what_was_kept_is_found_under_its_name_and_kind() -> None:
    cache = Cache(Path("c"))
    cache.put("a", "x", b"one")
    cache.put("b", "x", b"two")
    assert (cache.get("a", "x"), cache.get("b", "x"), cache.get("a", "y")) == (b"one", b"two", None)


def test_nothing_keeps_nothing() -> None:
    NOTHING.put("a", "x", b"one")
    assert NOTHING.get("a", "x") is None
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 10, b"\0" * 50])
def test_what_is_damaged_is_as_if_it_were_not_there(spoilt: bytes) -> None:
    cache = Cache(Path("c"))
    cache.put("a", "x", b"one")
    Path("c", "a", "x").write_bytes(spoilt)
    assert cache.get("a", "x") is None


def test_a_folder_that_cannot_be_written_stops_nothing() -> None:
    Path("c").write_text("a file")
    Cache(Path("c")).put("a", "x", b"one")
    assert Cache(Path("c")).get("a", "x") is None


def keep(count: int, size: int) -> list[int]:
    """Keep so many files, one a second, and give the numbers of those that are there then."""
    cache = Cache(Path("c"))
    for number in range(count):
        cache.put("a", f"{number:040x}", b"x" * (size - 20))
        os.utime(Path("c", "a", f"{number:040x}"), (number, number))
    return sorted(int(path.name, 16) for path in Path("c", "a").iterdir())


def test_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scormpack.cache._MOST", 10)
    assert keep(12, 21) == [*range(2, 12)]


def test_the_oldest_make_room_for_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scormpack.cache._MOST_BYTES", 1_000)
    assert keep(9, 200) == [*range(4, 9)]


def test_what_somebody_else_keeps_makes_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the cache may be a link to any other."""
    monkeypatch.setattr("scormpack.cache._MOST", 2)
    Path("mine").mkdir()
    for number in range(9):
        Path("mine", f"{number}.jpg").write_bytes(b"x")
    Path("c").mkdir()
    Path("c", "a").symlink_to(Path("mine").resolve())
    for number in range(9):
        Cache(Path("c")).put("a", f"{number:040x}", b"x")
    assert len(list(Path("mine").glob("*.jpg"))) == 9


def test_parts_cannot_run_into_each_other() -> None:
    assert len({named(b"ab", b"c"), named(b"a", b"bc"), named(b"abc"), named(b"abc", b"")}) == 4


def test_a_library_is_known_by_its_names_and_bytes(library: Path) -> None:
    first = fingerprint(library)
    assert fingerprint(library) == first
    page = library / "every-block" / "pages" / "start.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\n", encoding="utf-8")
    changed = fingerprint(library)
    page.write_text(text, encoding="utf-8")
    assert changed != first == fingerprint(library)
    page.rename(page.with_name("begin.md"))
    renamed = fingerprint(library)
    page.with_name("start.md").symlink_to("begin.md")
    assert len({first, changed, renamed, fingerprint(library)}) == 4


def test_what_is_built_and_what_is_hidden_is_not_the_library(library: Path) -> None:
    first = fingerprint(library)
    for folder in ("build", ".cache", ".git"):
        (library / folder).mkdir()
        (library / folder / "x").write_text("x")
    assert fingerprint(library) == first
    (library / "build" / "module.yaml").write_text("id: build")
    assert fingerprint(library) != first


# Validating again


@pytest.mark.usefixtures("library")
def test_the_second_time_nothing_is_read_and_the_same_is_said(read: list[tuple[str, ...]]) -> None:
    with PAGE.open("a", encoding="utf-8") as page:
        page.write("\nAsk the ZQX.\n")
    first = validate()
    assert validate() == first
    assert read == [()]
    assert first[0] == 0
    assert json.loads(first[1])["diagnostics"][0]["reason"]
    assert run("validate").stderr == run("validate", "--no-cache").stderr


@pytest.mark.usefixtures("library")
def test_a_change_is_seen_and_so_is_its_undoing(read: list[tuple[str, ...]]) -> None:
    validate()
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text + "\n```nothing\n```\n", encoding="utf-8")
    assert validate()[0] == 1
    PAGE.write_text(text, encoding="utf-8")
    assert validate()[0] == 0
    assert read == [(), ()]


@pytest.mark.usefixtures("library")
def test_what_was_written_meanwhile_is_seen_the_next_time(
    read: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    anew, text = scormpack.cli.outcome._anew, PAGE.read_text(encoding="utf-8")

    def meanwhile(*arguments: Any) -> object:
        PAGE.write_text(text + "\n```nothing\n```\n", encoding="utf-8")
        return anew(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr("scormpack.cli.outcome._anew", meanwhile)
        assert validate()[0] == 1
    PAGE.write_text(text, encoding="utf-8")
    assert validate()[0] == 0
    assert read == [(), ()]


@pytest.mark.usefixtures("library")
def test_another_day_another_choice_and_another_release_are_looked_at_anew(
    read: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    validate()
    validate("every-block")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1861920000")
    validate()
    monkeypatch.setattr("scormpack.cli.outcome.tool", lambda: b"another")
    validate()
    assert read == [(), ("every-block",), (), ()]


@pytest.mark.usefixtures("library")
def test_without_the_cache_nothing_is_named_or_kept(
    read: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("scormpack.cli.outcome.fingerprint", "scormpack.cli.outcome.tool", "scormpack.course.picture.tool"):
        monkeypatch.setattr(name, None)
    validate("--no-cache")
    validate("--no-cache")
    assert read == [(), ()]
    assert not KEPT.exists()


@pytest.mark.usefixtures("library")
def test_what_is_only_checked_needs_nothing_that_makes_packages() -> None:
    rooms = {f"scormpack.{room}" for room in ("archive", "check.package", "check.session", "render")}
    script = (
        "import sys; from scormpack.cli import main; main(['validate', '--no-cache'], standalone_mode=False);"
        f"print({rooms | {'difflib', 'jinja2'}} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert found.stdout == "set()\n"


@pytest.mark.usefixtures("library")
def test_what_is_found_again_is_shown_without_models_and_rules() -> None:
    script = (
        "import sys; from scormpack.cli import main; main(['validate'], standalone_mode=False);"
        "print({'pydantic', 'yaml', 'scormpack.check.content'} & set(sys.modules))"
    )
    first, again = (subprocess.run([sys.executable, "-c", script], capture_output=True, text=True) for _ in range(2))
    assert (again.stdout, again.stderr) == ("set()\n", first.stderr)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "forged", [b"nonsense", b"[]", b'{"findings": [{}]}', b'{"findings": 1, "read": "x"}', b"[" * 100_000]
)
def test_what_somebody_else_has_put_there_is_not_believed(read: list[tuple[str, ...]], forged: bytes) -> None:
    first = validate()
    (file,) = (KEPT / "validate").iterdir()
    Cache(KEPT).put("validate", file.name, forged)
    assert validate() == first
    assert read == [(), ()]


def test_a_module_that_is_not_there_is_missed_each_time(library: Path) -> None:
    assert library.is_dir()
    assert [run("validate", "nowhere").exit_code for _ in range(2)] == [2, 2]


# Pictures


def photo() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((900, 600), 40).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def test_a_picture_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("lib").mkdir()
    file, cache = Path("lib", "a.jpg"), Cache(Path("c"))
    file.write_bytes(photo())
    first = picture.picture("media/a.jpg", file, Path("lib"), Place("x"), WIDTHS, cache)
    with monkeypatch.context() as patch:
        patch.setattr(picture, "encoded", None)
        assert picture.picture("media/a.jpg", file, Path("lib"), Place("x"), WIDTHS, cache) == first
    (kept,) = Path("c", "pictures").iterdir()
    cache.put("pictures", kept.name, b"short")
    assert picture.picture("media/a.jpg", file, Path("lib"), Place("x"), WIDTHS, cache) == first
