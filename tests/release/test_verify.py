"""What somebody has received, held against what was given out. A folder may come from anyone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from giving import DAYS, FIRST, MODULES, RELEASES, give_out, lay_out, run, slip

RECEIVED = Path("received")
PACKAGE = RECEIVED / "tea-and-talk-1.0.0-scorm12.zip"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that was made once."""
    folder = tmp_path_factory.mktemp("given")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-11-23"])
        patch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")
        lay_out(MODULES)
        give_out()
    return folder / RELEASES


@pytest.fixture(autouse=True)
def _here(releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Oak Care has received lies in ./received, and the trainer's record in ./releases."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(releases, RELEASES)
    shutil.copytree(FIRST / "oak", RECEIVED)


def found(*more: str) -> list[str]:
    """What is found, each with its file."""
    result = run("verify", RECEIVED.as_posix(), "--format", "json", *more)
    listed = [f"{Path(each['path']).name}: {each['message']}" for each in json.loads(result.stdout)["diagnostics"]]
    assert result.exit_code == (1 if listed else 0)
    return listed


def forge(change: Callable[[dict[str, object]], None]) -> None:
    """Another slip, by somebody who knows nothing of the checksums."""
    forged = slip(RECEIVED)
    change(forged)
    (RECEIVED / "release.json").write_text(json.dumps(forged), encoding="utf-8")


def test_what_was_given_out_is_as_it_was() -> None:
    assert found() == found("--history", "releases") == []
    assert run("verify", "received").stderr == "1 folder checked. No problems found.\n"


def test_what_is_missing_and_what_is_there_besides() -> None:
    PACKAGE.unlink()
    (RECEIVED / "notes.txt").write_text("mine", encoding="utf-8")
    (RECEIVED / "more").mkdir()
    assert found() == [
        "more: was not given out",
        "notes.txt: was not given out",
        "tea-and-talk-1.0.0-scorm12.zip: is missing",
    ]


def test_what_was_cut_short_and_what_was_changed() -> None:
    size = PACKAGE.stat().st_size
    PACKAGE.write_bytes(PACKAGE.read_bytes()[:-1])
    page = RECEIVED / "CHANGES.html"
    page.write_bytes(page.read_bytes().replace(b"Oak Care", b"Elm Care"))
    assert found() == [
        f"tea-and-talk-1.0.0-scorm12.zip: has {size - 1:,} bytes, and had {size:,}",
        "CHANGES.html: has other bytes than were given out",
    ]


def test_checksums_that_say_something_else() -> None:
    sums = RECEIVED / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"a", b"b"))
    assert found() == ["SHA256SUMS: does not agree with release.json"]


def test_a_package_that_is_no_package() -> None:
    PACKAGE.write_bytes(b"no zip")

    def as_if_right(forged: dict[str, object]) -> None:
        for each in forged["packages"]:  # type: ignore[attr-defined]
            if each["file"] == PACKAGE.name:
                each |= {"bytes": 6, "sha256": hashlib.sha256(b"no zip").hexdigest()}

    forge(as_if_right)
    assert found() == [
        f"{PACKAGE.name}: is not a zip that can be read: File is not a zip file",
        "SHA256SUMS: does not agree with release.json",
    ]
    assert f"{PACKAGE.name}: is not what the record of release 2026-11-23 has" in found("--history", "releases")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[" * 1_000_000,
        b'{"release": ' + b"9" * 10_000 + b"}",
        b"\xff\xfe",
        b"null",
        b'{"packages": ' + b"[" * 100_000,
    ],
    ids=["empty", "nothing in it", "deep", "a long number", "no text", "null", "deep inside"],
)
def test_a_slip_that_is_none(text: bytes) -> None:
    (RECEIVED / "release.json").write_bytes(text)
    assert found() == ["release.json: is not the slip of a provider's folder"]


def test_a_slip_that_is_too_large_is_not_read() -> None:
    with (RECEIVED / "release.json").open("wb") as file:
        file.truncate(10**12)
    assert found() == ["release.json: is too large, or no file"]


def test_a_giant_is_not_read() -> None:
    size = PACKAGE.stat().st_size
    with PACKAGE.open("r+b") as file:
        file.truncate(10**12)
    assert found() == [f"{PACKAGE.name}: has 1,000,000,000,000 bytes, and had {size:,}"]


@pytest.mark.parametrize("name", ["../outside", "a/b", "", ".hidden", "-rf", "C:evil", "x" * 200])
def test_a_name_that_leads_elsewhere(name: str) -> None:
    forge(lambda forged: forged.update(papers=[{"file": name, "bytes": 1, "sha256": "0" * 64}]))
    assert found() == ["release.json: is not the slip of a provider's folder"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_no_link_is_followed() -> None:
    inside = PACKAGE.rename("elsewhere.zip")
    PACKAGE.symlink_to(inside.resolve())
    assert found() == [f"{PACKAGE.name}: is a link or a folder, not the file that was given out"]
    (RECEIVED / "release.json").rename("slip.json")
    (RECEIVED / "release.json").symlink_to(Path("slip.json").resolve())
    assert found() == ["release.json: is too large, or no file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for() -> None:
    PACKAGE.unlink()
    os.mkfifo(PACKAGE)
    assert found() == [f"{PACKAGE.name}: is a link or a folder, not the file that was given out"]


# By the trainer's record


def test_a_release_that_is_not_on_record() -> None:
    (RELEASES / "history" / "2026-11-23.jsonl").rename(RELEASES / "history" / "2026-11-24.jsonl")
    assert found("--history", "releases") == [
        "release.json: speaks of release 2026-11-23, which is not on record",
    ]


def test_what_another_provider_got_is_not_ones_own() -> None:
    shutil.rmtree(RECEIVED)
    shutil.copytree(FIRST / "elm", RECEIVED)
    assert found("--history", "releases") == []
    forge(lambda forged: forged.update(provider="ash"))
    assert found("--history", "releases")[-1] == (
        "release.json: speaks of ash, which got nothing in release 2026-11-23"
    )


def test_a_package_that_the_slip_leaves_out_is_missed() -> None:
    PACKAGE.unlink()
    forge(lambda forged: forged.update(packages=[x for x in slip(RECEIVED)["packages"] if x["file"] != PACKAGE.name]))
    assert found("--history", "releases")[-1] == (
        "release.json: lacks tea-and-talk 1.0.0 for scorm12, which the record of the release has"
    )


def test_a_record_that_cannot_be_read() -> None:
    (RELEASES / "history" / "2026-11-23.jsonl").write_text('{"provider":"oak"}\n', encoding="utf-8")
    result = run("verify", "received", "--history", "releases")
    assert result.exit_code == 1
    assert "error RLS-03: name: Field required" in result.stderr


def test_the_folder_of_a_release_is_not_a_providers() -> None:
    result = run("verify", FIRST.as_posix())
    assert (result.exit_code, "is not the slip of a provider's folder" in result.stderr) == (1, True)


def test_a_folder_that_is_not_there() -> None:
    assert run("verify", "nowhere").exit_code == 2
