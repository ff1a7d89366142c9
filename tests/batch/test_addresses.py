"""Packages at addresses: the bytes of a local build, whole or not at all, and the reason where one cannot be put."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from buckets import BUCKET, of_this_server, s3
from fsspec import filesystem, register_implementation
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import _registry
from paths import EVERY_BLOCK

from scormpack.batch import Built, Refused, build_all, plan
from scormpack.cache import NOTHING, Cache
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.sink import sink_of

PROVIDERS = ("ash", "elm", "full")
ALL = len(PROVIDERS) * 2


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EVERY_BLOCK, "lib")
    for name in PROVIDERS[:-1]:
        Path("lib", "providers", f"{name}.yaml").write_text(f"id: {name}\nname: {name.title()} Care\n")


def build(out: str, cache: Cache = NOTHING) -> list[Built | Refused]:
    work = plan(load_library(Path("lib")), today(), targets=("web", "scorm12"))
    return list(build_all(work, out, cache=cache))


def local() -> dict[str, bytes]:
    """What a build into a folder gives, by provider and file."""
    build("local")
    return {file.relative_to("local").as_posix(): file.read_bytes() for file in Path("local").rglob("*.zip")}


def stored(address: str) -> dict[str, bytes]:
    """Whatever is at an address, parts of files included."""
    kind, _, path = address.partition("://")
    files = filesystem(kind)
    files.invalidate_cache()
    found = files.find(path)
    start = len(files._strip_protocol(address)) + 1
    return {name[start:]: files.cat_file(name) for name in found}


def unchanged(made: list[Built | Refused]) -> list[bool]:
    assert all(isinstance(each, Built) for each in made), made
    return [each.unchanged for each in made if isinstance(each, Built)]


class Slippery(MemoryFileSystem):  # type: ignore[misc]  # which fsspec does not tell
    """Files that can be there in part, until they have been moved to their name."""

    protocol = "slippery"
    store: dict[str, Any] = {}
    pseudo_dirs = [""]
    full_after: int | None = None

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        found: str = MemoryFileSystem._strip_protocol(path.removeprefix("slippery://"))
        return found

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **more: Any) -> None:
        assert path.endswith(".part")
        if Slippery.full_after == 0:
            super().pipe_file(path, value[: len(value) // 2], mode, **more)
            raise RuntimeError("the quota is used up")
        if Slippery.full_after:
            Slippery.full_after -= 1
        super().pipe_file(path, value, mode, **more)


register_implementation("slippery", Slippery, clobber=True)


@pytest.fixture
def memory() -> Iterator[str]:
    MemoryFileSystem.store.clear()
    yield "memory://shelf"
    MemoryFileSystem.store.clear()


@pytest.fixture
def slippery(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(Slippery, "store", {})
    monkeypatch.setattr(Slippery, "full_after", None)
    return "slippery://shelf"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with s3(monkeypatch):
        yield f"s3://{BUCKET}/shelf"


IN_S3 = pytest.param("bucket", marks=pytest.mark.slow)
EVERYWHERE = pytest.mark.parametrize("where", ["memory", "slippery", IN_S3])


@EVERYWHERE
def test_every_package_is_there_with_the_bytes_of_a_local_build(where: str, request: pytest.FixtureRequest) -> None:
    address: str = request.getfixturevalue(where)
    made = build(address)
    assert unchanged(made) == [False] * ALL
    assert stored(address) == local()
    assert {each.address for each in made if isinstance(each, Built)} == {f"{address}/{name}" for name in local()}


@EVERYWHERE
def test_what_is_still_there_is_believed_and_what_is_not_is_built(where: str, request: pytest.FixtureRequest) -> None:
    address: str = request.getfixturevalue(where)
    cache = Cache(Path("kept"))
    build(address, cache)
    assert unchanged(build(address, cache)) == [True] * ALL
    files, (first, second, *_) = filesystem(address.partition("://")[0]), sorted(stored(address))
    with files.open(f"{address}/{first}", "wb") as file:
        file.write(b"x" * len(stored(address)[first]))
    files.rm_file(f"{address}/{second}")
    assert unchanged(build(address, cache)).count(False) == 2
    assert stored(address) == local()


@pytest.mark.slow
def test_bytes_that_are_in_the_bucket_already_are_not_sent_again(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(bucket)
    files = filesystem("s3")
    monkeypatch.setattr(type(files), "pipe_file", lambda *_, **__: pytest.fail("it was sent again"))
    assert unchanged(build(bucket)) == [False] * ALL


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    made = build((tmp_path / "a folder").as_uri())
    assert [each.path.is_file() for each in made if isinstance(each, Built)] == [True] * ALL
    assert {each.path.relative_to(tmp_path / "a folder").as_posix() for each in made if isinstance(each, Built)} == {
        *local()
    }


def reasons(made: list[Built | Refused]) -> set[str]:
    found = [finding for each in made if isinstance(each, Refused) for finding in each.findings]
    assert {finding.code for finding in found if finding.severity == "error"} <= {"PKG-11"}
    return {finding.message for finding in found if finding.code == "PKG-11"}


def test_what_fails_half_way_leaves_nothing_behind_and_stops_nothing_else(slippery: str) -> None:
    Slippery.full_after = 2
    made = build(slippery)
    assert [isinstance(each, Built) for each in made] == [True] * 2 + [False] * (ALL - 2)
    assert reasons(made) == {"cannot be written: the quota is used up"}
    assert len(stored(slippery)) == 2
    assert stored(slippery).items() <= local().items()


def test_what_was_there_before_stays_if_the_new_one_fails(slippery: str) -> None:
    build(slippery)
    before = stored(slippery)
    Path("lib", "providers", "ash.yaml").write_text("id: ash\nname: Another Name\n")
    Slippery.full_after = 0
    assert len(reasons(build(slippery))) == 1
    assert stored(slippery) == before


@pytest.mark.slow
def test_a_bucket_that_is_missing_is_named_as_the_reason(bucket: str) -> None:
    made = build(bucket.replace(BUCKET, "no-such-bucket"))
    assert reasons(made) == {"cannot be written: The specified bucket does not exist"}
    assert len(made) == ALL


@pytest.mark.slow
def test_a_server_that_is_away_is_named_as_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    of_this_server(monkeypatch, nobody)
    Path("lib", "providers", "elm.yaml").unlink()
    Path("lib", "providers", "full.yaml").unlink()
    (reason,) = {each.partition(":")[0] for each in reasons(build(f"s3://{BUCKET}"))}
    assert reason == "cannot be written"


def test_no_right_to_write_is_the_reason(slippery: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("Access Denied")

    monkeypatch.setattr(Slippery, "pipe_file", refuse)
    assert reasons(build(slippery)) == {"cannot be written: Access Denied"}


NEEDS = "Install what is missing with: pip install 'scormpack[cluster]'"


@pytest.mark.parametrize(
    ("out", "missing", "said"),
    [
        ("s3://bucket", "fsspec", f"Addresses need fsspec. {NEEDS}"),
        ("s3://bucket", "s3fs", f"Nothing here can write to `s3://`. {NEEDS}"),
        ("gs://bucket", "gcsfs", "Nothing here can write to `gs://`. Please install gcsfs to access Google Storage"),
        ("nowhere://at/all", "", "There is no kind of address `nowhere://`."),
        ("file://tmp/out", "", "`file://tmp/out` has two slashes where three belong: `file:///tmp/out`."),
    ],
)
def test_an_address_that_nothing_can_write_to(
    out: str, missing: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing:
        monkeypatch.setitem(sys.modules, missing, None)  # as if it were not installed
        monkeypatch.delitem(_registry, out.partition(":")[0], raising=False)
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        sink_of(out)
    assert str(caught.value) == said


def test_the_command_says_what_is_wrong_with_an_address_and_writes_to_a_good_one() -> None:
    command = [sys.executable, "-m", "scormpack", "build", "--library", "lib", "--target", "web", "--out"]
    wrong = subprocess.run([*command, "nowhere://at/all"], capture_output=True, text=True)
    assert wrong.returncode == 2
    assert wrong.stderr.endswith("Invalid value for '--out': There is no kind of address `nowhere://`.\n")
    there = Path("there").resolve().as_uri()
    right = subprocess.run([*command, there], capture_output=True, text=True, check=True)
    assert len(right.stdout.splitlines()) == len(list(Path("there").rglob("*.zip"))) == len(PROVIDERS)


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--library", "lib", "--target", "web"]])
def test_who_builds_into_a_folder_pays_for_no_driver(arguments: list[str]) -> None:
    ask = f"import sys; from scormpack.cli import main; sys.argv[1:] = {arguments!r}\n"
    ask += "try: main()\nfinally: print({'fsspec', 's3fs', 'distributed'} & {*sys.modules}, file=sys.stderr)"
    found = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True)
    assert found.stderr.splitlines()[-1] == "set()"
