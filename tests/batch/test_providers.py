"""The providers of a library: each is read when it is asked for, and no more of them are kept than is good."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from many_providers import provider, write

from scormpack.content import providers as room
from scormpack.content.load import load_library
from scormpack.content.provider import Provider
from scormpack.content.providers import Providers
from scormpack.diagnostics import ContentError
from scormpack.source.codes import FRM_01
from scormpack.source.node import NOWHERE

NAMES = ("c", "a", "bad", "b")
read: list[str] = []


def reader(name: str) -> Provider:
    read.append(name)
    if name == "bad":
        raise ContentError([FRM_01.finding("`name`: is missing", NOWHERE)])
    return Provider.model_validate({"id": name, "name": name})


@pytest.fixture
def found() -> Providers:
    read.clear()
    return Providers(NAMES, reader)


def test_nothing_is_read_before_it_is_asked_for_and_nothing_twice(found: Providers) -> None:
    assert found.names == NAMES
    assert read == []
    assert [found["b"].id, found.read("b").id, found.get("b") is found["b"]] == ["b", "b", True]
    assert read == ["b"]


def test_they_come_in_the_order_of_their_names_without_those_that_cannot_be_read(found: Providers) -> None:
    assert (list(found), len(found)) == (["c", "a", "b"], 3)
    assert [each.id for each in found.values()] == ["c", "a", "b"]
    assert {name: [each.code for each in mistakes] for name, mistakes in found.unread.items()} == {"bad": ["FRM-01"]}
    assert sorted(read) == sorted(NAMES)


def test_one_with_mistakes_says_them_and_is_not_there(found: Providers) -> None:
    for _ in range(2):
        with pytest.raises(ContentError, match="FRM-01"):
            found.read("bad")
    assert ("bad" in found, found.get("bad")) == (False, None)
    with pytest.raises(KeyError):
        found["bad"]
    assert read == ["bad"]


def test_one_that_does_not_exist_is_not_looked_for(found: Providers) -> None:
    for ask in (found.read, found.__getitem__):
        with pytest.raises(KeyError):
            ask("nobody")
    assert read == []


def test_one_that_is_forgotten_is_read_again(found: Providers) -> None:
    for _ in range(2):
        found.read("a")
        found.forget("a")
    found.forget("nobody")
    assert read == ["a", "a"]


def test_no_more_are_kept_than_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MOST", 10)
    many = Providers([f"p{number}" for number in range(1_000)], reader)
    assert len(many) == 1_000
    assert len(many._recent) == 10


def test_another_process_reads_for_itself(found: Providers) -> None:
    found.read("a")
    there = pickle.loads(pickle.dumps(found))
    assert (there.names, there["b"].id, there._recent.keys()) == (NAMES, "b", {"b"})


def test_a_file_that_changes_is_read_once_for_one_library(tmp_path: Path) -> None:
    folder = write(tmp_path / "lib", ("full",))
    provider(folder, "broken", "nme: x\n")
    library = load_library(folder)
    assert library.providers.names == ("broken", "full")
    assert library.providers["full"].name == "Full Homecare"
    provider(folder, "full", "name: Another\n")
    assert library.providers["full"].name == "Full Homecare"
    assert load_library(folder).providers["full"].name == "Another"
    assert set(library.unread) == {"broken"}
