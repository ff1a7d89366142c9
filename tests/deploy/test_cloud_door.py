"""The door into SCORM Cloud: what loading would do there, what it does, and what is known of what is there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from scormpack.deploy import http
from scormpack.deploy.door import Action, Foreseen, Loaded, There
from scormpack.deploy.http import CallError, address
from scormpack.deploy.scorm_cloud import client
from scormpack.deploy.scorm_cloud.client import Cloud
from scormpack.deploy.scorm_cloud.door import CloudDoor
from scormpack.deploy.token import Token
from scormpack.diagnostics import ContentError

from .cloud_service import Cloud as Service
from .cloud_service import cloud


@dataclass(frozen=True)
class Package:
    version: str = "1.0.0"
    package: str = "your-role"
    target: str = "scorm12"
    title: str = "Your role"
    is_marked: bool = True

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.read()).hexdigest()

    @property
    def size(self) -> int:
        return len(self.read())

    @property
    def name(self) -> str:
        return f"{self.package}-{self.version}-scorm12.zip"

    def read(self) -> bytes:
        return f"PK {self.package} {self.version}".encode()


FIRST, SECOND = Package(), Package("1.1.0")


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(client, "WAITS", (0.0,) * 4)


@pytest.fixture
def service() -> Iterator[Service]:
    with cloud() as found:
        yield found


def door(service: Service, course: str = "") -> CloudDoor:
    return CloudDoor(Cloud(address(service.url), Token(f"{service.app}:{service.secret}")), course)


def nobody(*_: int) -> None:
    """Nobody wants to hear how far it is."""


def foreseen(service: Service, package: Package) -> Foreseen:
    return door(service).foresee(package, nobody)


def load(service: Service, package: Package) -> Loaded:
    return door(service).load(package, foreseen(service, package), nobody)


def test_new_then_the_same_then_an_update(service: Service) -> None:
    assert foreseen(service, FIRST).action is Action.NEW
    assert load(service, FIRST) == Loaded(Action.NEW, "your-role")
    assert foreseen(service, FIRST).action is Action.SAME
    service.fault("parser-warns", 1)
    assert load(service, SECOND) == Loaded(Action.UPDATE, "your-role", notes=("No mastery score was given.",))
    assert foreseen(service, SECOND).action is Action.SAME
    assert service.versions("your-role") == ["your-role-1.0.0-scorm12.zip", "your-role-1.1.0-scorm12.zip"]
    back = foreseen(service, FIRST)
    assert (back.action, back.was, back.was_sha256) == (Action.UPDATE, "1.1.0", SECOND.sha256)


def test_whoever_has_begun_stays_with_the_version_they_began(service: Service) -> None:
    load(service, FIRST)
    service.courses["your-role"].registrations = 1_200
    found = foreseen(service, SECOND)
    assert (found.loses, found.learners) == ("", 0)
    assert found.notes == (
        "Registrations of earlier versions: 1,200. They stay with these; whoever begins from now on gets this one.",
    )


def test_where_the_course_is_set_to_move_them_progress_is_lost(service: Service) -> None:
    load(service, FIRST)
    service.courses["your-role"].registrations = 3
    service.courses["your-role"].restart = "WHEN_NEWER_PACKAGE_VERSION_EXISTS"
    found = foreseen(service, SECOND)
    assert (found.learners, found.notes) == (3, ())
    assert found.loses.startswith("The course is set to move whoever has begun")


def test_what_is_there(service: Service) -> None:
    load(service, FIRST)
    service.put_by_hand("somebody-elses", "Fire safety")
    service.courses["your-role"].registrations = 2
    assert door(service).packages() == (
        There(
            package="your-role",
            name="The title of your-role",
            version="1.0.0",
            sha256=FIRST.sha256,
            standard="1.2",
            since=1796029200,
            learners=2,
            ref="your-role",
        ),
    )


def test_a_day_from_before_all_time_is_read(service: Service) -> None:
    load(service, FIRST)
    service.courses["your-role"].updated = "0001-01-01T00:00:00"
    (there,) = door(service).packages()
    assert there.since < 0


def test_what_somebody_has_loaded_by_hand_is_seen_and_replaced(service: Service) -> None:
    load(service, FIRST)
    service.put_by_hand("your-role", "")
    (there,) = door(service).packages()
    assert (there.is_by_hand, there.version) == (True, "1.0.0")
    found = foreseen(service, FIRST)
    assert (found.action, found.is_by_hand, found.was) == (Action.UPDATE, True, "")
    load(service, FIRST)
    assert foreseen(service, FIRST).action is Action.SAME
    assert len(service.versions("your-role")) == 3


def test_several_providers_in_one_application(service: Service) -> None:
    for course in ("", "willow-lane", "oak"):
        at = door(service, course)
        at.load(FIRST, at.foresee(FIRST, nobody), nobody)
    assert sorted(service.courses) == ["oak.your-role", "willow-lane.your-role", "your-role"]
    assert [[each.ref for each in door(service, course).packages()] for course in ("", "oak")] == [
        ["your-role"],
        ["oak.your-role"],
    ]


@pytest.mark.parametrize("known", [(), (FIRST,)])
def test_an_answer_that_was_lost_is_found_again(known: tuple[Package, ...], service: Service) -> None:
    """The tag was sent with the file, so that whoever asks again sees that it has arrived."""
    for package in known:
        load(service, package)
    service.fault("cut-after-upload", 1)
    with pytest.raises(CallError) as caught:
        load(service, SECOND)
    assert caught.value.is_open
    assert foreseen(service, SECOND).action is Action.SAME
    (there,) = door(service).packages()
    assert (there.sha256, there.is_by_hand) == (SECOND.sha256, False)


def test_an_import_that_came_to_nothing_leaves_nothing_behind(service: Service) -> None:
    load(service, FIRST)
    service.courses["your-role"].tags.append(f"scormpack:0:9.9.9:{'0' * 64}")  # as if it had kept the tag
    service.fault("parser-refuses", 1)
    with pytest.raises(CallError) as caught:
        load(service, SECOND)
    assert [each.code for each in caught.value.diagnostics] == ["DPL-09"]
    load(service, SECOND)
    assert foreseen(service, SECOND).action is Action.SAME


def test_what_was_loaded_meanwhile_is_not_replaced(service: Service) -> None:
    load(service, FIRST)
    then = foreseen(service, SECOND)
    service.put_by_hand("your-role", "")
    with pytest.raises(ContentError) as caught:
        door(service).load(SECOND, then, nobody)
    assert [each.code for each in caught.value.diagnostics] == ["DPL-13"]
    assert len(service.versions("your-role")) == 2


def test_tags_of_others_say_nothing(service: Service) -> None:
    load(service, FIRST)
    service.courses["your-role"].tags += ["care", "scormpack:x", "scormpack:77:1.0.0:" + "0" * 64]
    assert foreseen(service, FIRST).action is Action.SAME
