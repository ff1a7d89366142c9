"""The record: what it says, that it is refused where it is spoiled, and what a manager is told from it."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from giving import DAYS, MODULES, PAGE, RELEASES, TEA, edit, everything, give_out, lay_out, run
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from scormpack.release.record import History, read_history
from scormpack.release.told import versions_given

FILE = RELEASES / "history" / "2026-11-23.jsonl"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library in ./modules; what the player says is nothing to these tests."""
    monkeypatch.chdir(tmp_path)
    lay_out(MODULES)
    monkeypatch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-11-23"])


@pytest.fixture
def two_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both modules for both providers; a week later a new version of one for Oak Care alone."""
    give_out()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-12-01"])
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    edit(TEA / "module.yaml", "version: 1.0.0", "version: 1.0.1")
    give_out("tea-and-talk", "--provider", "oak")


def lines() -> list[str]:
    return FILE.read_text(encoding="utf-8").splitlines(keepends=True)


def test_a_record_has_a_line_for_the_release_each_module_and_each_provider() -> None:
    give_out()
    firsts = [next(iter(json.loads(line).items())) for line in lines()]
    assert firsts == [
        ("release", "2026-11-23"),
        ("module", "kind-words"),
        ("module", "tea-and-talk"),
        ("provider", "elm"),
        ("provider", "oak"),
    ]


@pytest.mark.usefixtures("two_releases")
def test_a_record_that_is_there_is_never_changed() -> None:
    before = FILE.read_bytes()
    edit(MODULES / "providers" / "elm.yaml", "960 002", "960 009")
    give_out()
    assert FILE.read_bytes() == before


@pytest.mark.usefixtures("two_releases")
def test_what_a_provider_has_is_all_that_still_holds() -> None:
    history = read_history(RELEASES)
    oak = history.provider("oak")
    assert oak is not None
    assert [(row.module, row.version, row.since) for row in oak.has] == [
        ("kind-words", "1.0.0", "2026-11-23"),
        ("tea-and-talk", "1.0.1", "2026-12-01"),
    ]
    assert [(since, line.provider) for since, line in history.providers()] == [
        ("2026-11-23", "elm"),
        ("2026-12-01", "oak"),
    ]
    assert history.provider("nobody") is None


def test_nothing_was_released_yet() -> None:
    assert read_history(RELEASES).releases == ()
    result = run("releases")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Nothing has been given out from releases/ yet.\n"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: b"", "2026-11-23.jsonl: error RLS-03: is empty"),
        (lambda old: old[:-1], "jsonl:5: error RLS-03: is cut short"),
        (lambda old: old[:-20] + b"\n", "jsonl:5: error RLS-03: Invalid JSON"),
        (lambda old: b"\n" + old, "jsonl:1: error RLS-03: Invalid JSON"),
        (lambda old: old.replace(b'"format":1', b'"format":2'), "jsonl:1: error RLS-03: format: Input should be 1"),
        (lambda old: old.replace(b'"release"', b'"rel"', 1), "jsonl:1: error RLS-03: release: Field required"),
        (lambda old: old.replace(b'"version":"1.0.0"', b'"version":"one"', 1), "jsonl:2: error RLS-03: version: "),
        (lambda old: old + b"[" * 1_000_000 + b"\n", "jsonl:6: error RLS-03: Invalid JSON: recursion limit"),
        (lambda old: old + b" " * 4_000_001 + b"\n", "jsonl:6: error RLS-03: is too long"),
        (lambda old: old.replace(b'"release":"2026-11-23"', b'"release":"2026-11-22"'), "under another name"),
        (lambda old: old.replace(b'["tea-and-talk","1.0.0"', b'["tea-and-talk","7.0.0"'), "which was not given out"),
        (lambda old: old.replace(b'"scorm12"', b'"../../etc"', 1), "error RLS-03: "),
    ],
    ids=[
        *("empty", "cut", "torn", "shifted", "newer", "no head", "version", "deep", "long"),
        *("another name", "no such version", "no target"),
    ],
)
def test_a_record_that_was_spoiled_stops_everything(spoil: object, said: str) -> None:
    give_out()
    FILE.write_bytes(spoil(FILE.read_bytes()))  # type: ignore[operator]
    before = everything(RELEASES)
    edit(MODULES / "providers" / "elm.yaml", "960 002", "960 009")
    result = run("release", "--no-print", "--jobs", "1")
    assert result.exit_code == 1
    assert said in result.stderr
    assert everything(RELEASES) == before


def test_a_record_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    give_out()
    FILE.rename(tmp_path / "elsewhere.jsonl")
    FILE.symlink_to(tmp_path / "elsewhere.jsonl")
    assert "error RLS-03: is not a file" in run("releases").stderr


@given(st.dates(), st.lists(st.dates(), max_size=5))
def test_a_later_release_has_a_later_name(day: datetime.date, days: list[datetime.date]) -> None:
    from scormpack.release.record import Head, _order

    history = History(Path("nowhere"), (), {}, {}, {})
    for each in (*days, day):
        head = Head(release=history.next_id(each), format=1, day=each, library="", tool="", shared="0" * 40)
        assert all(_order(head.release) > _order(old.release) for old in history.releases)
        history = History(Path("nowhere"), (*history.releases, head), {}, {}, {})


# Who has what


@pytest.mark.usefixtures("two_releases")
def test_who_has_what() -> None:
    assert run("releases").stdout == (
        "elm\n"
        "  kind-words 1.0.0  since 2026-11-23  (scorm12)\n"
        "  tea-and-talk 1.0.0  since 2026-11-23  (scorm12)\n"
        "oak\n"
        "  kind-words 1.0.0  since 2026-11-23  (scorm12)\n"
        "  tea-and-talk 1.0.1  since 2026-12-01  (scorm12)\n"
    )
    assert run("releases", "--provider", "oak", "--module", "tea-and-talk").stdout == (
        "oak\n  tea-and-talk 1.0.1  since 2026-12-01  (scorm12)\n"
    )


@pytest.mark.usefixtures("two_releases")
def test_what_they_ever_had() -> None:
    found = json.loads(run("releases", "--provider", "oak", "--all", "--format", "json").stdout)
    assert [(each["module"], each["version"], each["release"]) for each in found] == [
        ("kind-words", "1.0.0", "2026-11-23"),
        ("tea-and-talk", "1.0.0", "2026-11-23"),
        ("tea-and-talk", "1.0.1", "2026-12-01"),
    ]


@pytest.mark.usefixtures("two_releases")
def test_who_has_what_for_a_spreadsheet() -> None:
    text = run("releases", "--module", "tea-and-talk", "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["provider", "module", "version", "target", "release", "bytes", "sha256"]
    assert [row[:5] for row in rows[1:]] == [
        ["elm", "tea-and-talk", "1.0.0", "scorm12", "2026-11-23"],
        ["oak", "tea-and-talk", "1.0.1", "scorm12", "2026-12-01"],
    ]


# What a manager is told


@pytest.mark.usefixtures("two_releases")
def test_which_version_was_given_out_when() -> None:
    found = versions_given(read_history(RELEASES), {"tea-and-talk"}, {"elm", "oak"})
    first, second = datetime.date(2026, 11, 23), datetime.date(2026, 12, 1)
    assert [(each.version, each.since, each.until, each.providers) for each in found] == [
        ("1.0.0", first, None, ("Elm & Daughters",)),
        ("1.0.0", first, second, ("Oak Care",)),
        ("1.0.1", second, None, ("Oak Care",)),
    ]


@pytest.mark.usefixtures("two_releases")
def test_a_report_says_which_version_was_given_out() -> None:
    assert run("report", "--provider", "oak").exit_code == 0
    page = html.fromstring(Path("build/report.html").read_text(encoding="utf-8"))
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//section[@id='versions']//tbody/tr")]
    assert rows == [
        "Kind words1.0.023 November 2026–Oak Care",
        "Tea and talk1.0.023 November 20261 December 2026Oak Care",
        "Tea and talk1.0.11 December 2026–Oak Care",
    ]


def test_a_report_without_a_record_says_nothing_of_versions() -> None:
    assert run("report").exit_code == 0
    assert 'id="versions"' not in Path("build/report.html").read_text(encoding="utf-8")
