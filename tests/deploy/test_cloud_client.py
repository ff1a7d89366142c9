"""Calls to SCORM Cloud, through its maker's library: what is asked, what is read, and what every fault is told as."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from _pytest.logging import LogCaptureFixture
from hypothesis import given
from hypothesis import strategies as st

from scormpack.deploy import http
from scormpack.deploy.http import CallError, address
from scormpack.deploy.scorm_cloud import client
from scormpack.deploy.scorm_cloud.client import Cloud
from scormpack.deploy.token import Token
from scormpack.diagnostics import ContentError

from .cloud_service import Answer, cloud, registration
from .cloud_service import Cloud as Service

PACKAGE = b"PK and so on"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(client, "WAITS", (0.0,) * 4)


@pytest.fixture
def service() -> Iterator[Service]:
    with cloud() as found:
        yield found


def known(service: Service) -> Cloud:
    return Cloud(address(service.url), Token(f"{service.app}:{service.secret}"))


def refused(service: Service) -> tuple[str, bool]:
    """What loading a package is refused with, and whether it may be there all the same."""
    with pytest.raises(CallError) as caught:
        known(service).load("first", "first.zip", PACKAGE, "tag")
    (finding,) = caught.value.diagnostics
    assert finding.place.path == service.url
    return f"{finding.code} {finding.message}", caught.value.is_open


def test_a_course_is_made_and_gets_a_new_version(service: Service) -> None:
    sent: list[tuple[int, int]] = []
    speaks = known(service)
    speaks.ping()
    assert speaks.versions("first") == ()
    speaks.load("first", "first-1.0.0.zip", PACKAGE, "new:1.0.0", lambda *each: sent.append(each))
    service.fault("parser-warns")
    made = speaks.load("first", "first-1.1.0.zip", PACKAGE * 9_000, "0:1.1.0")
    assert made.parser_warnings == ("No mastery score was given.",)
    assert service.versions("first") == ["first-1.0.0.zip", "first-1.1.0.zip"]
    assert [(each.version, each.tags) for each in speaks.versions("first")] == [
        (0, ("new:1.0.0", "0:1.1.0")),
        (1, ("new:1.0.0", "0:1.1.0")),
    ]
    assert sent[-1][0] == sent[-1][1] > len(PACKAGE)


def test_a_tag_is_taken_off(service: Service) -> None:
    speaks = known(service)
    speaks.load("first", "first.zip", PACKAGE, "new:1.0.0")
    speaks.forget_tag("first", "new:1.0.0")
    assert service.courses["first"].tags == []


def test_courses_and_registrations_come_page_by_page(service: Service) -> None:
    speaks = known(service)
    for course in ("a", "b", "c", "d", "e"):
        service.put_by_hand(course, course.upper())
    service.registrations = [registration("a", f"r{each}", f"who{each}") for each in range(5)]
    service.registrations.insert(2, registration("b", "other"))
    assert [(each.id, each.title) for each in speaks.courses()] == [(each, each.upper()) for each in "abcde"]
    assert [each.learner.id for each in speaks.registrations("a")] == [f"who{each}" for each in range(5)]
    assert list(known(service).registrations("nobody-has-this")) == []
    assert len(service.asked("/api/v2/courses")) == len(service.asked("/api/v2/registrations")) - 1 == 3


def test_a_slow_import_is_waited_for(service: Service) -> None:
    service.asks = 3
    known(service).load("first", "first.zip", PACKAGE, "tag")
    assert len(service.asked("/api/v2/courses/importJobs/job-1")) == 4


SAYS = "SCORM Cloud says:"
PARSER = "The imsmanifest.xml could not be parsed: line 3, 'resource' is not closed."
ODD = "DPL-05 What answers there does not answer as SCORM Cloud does."
ASKED = "The file was sent, and what came of it could not be asked."
FAULTS = {
    "parser-refuses": (f"DPL-09 SCORM Cloud could not import it: {PARSER}", False),
    "full": (f"DPL-09 {SAYS} The course limit of this account has been reached.", False),
    "no-end": ("DPL-10 SCORM Cloud is still importing it, and nobody waits any longer.", True),
    "job-lost": (f"DPL-10 {ASKED} {SAYS} Could not find import job 'job-1'", True),
    "busy": ("DPL-02 The site answers with HTTP status 429.", True),
    "broken": (f"DPL-05 {SAYS} An unexpected error occurred.", True),
    "cut-at-upload": ("DPL-02 The connection to the site was cut.", True),
    "cut-after-upload": ("DPL-02 The connection to the site was cut.", True),
    "cut-at-job": (f"DPL-10 {ASKED} The connection to the site was cut.", True),
    "login-page": (ODD, True),
    "other-answer": (ODD, True),
    "redirect": ("DPL-04 The site sends on to https://elsewhere.example, and nothing was sent there.", False),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told(fault: str, service: Service) -> None:
    service.fault(fault)
    assert refused(service) == FAULTS[fault]
    assert len(service.asked("/api/v2/courses/importJobs/upload")) == 1


def test_an_answer_without_an_end_is_left(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LARGEST", 100_000)
    service.fault("huge-answer")
    said, is_open = refused(service)
    assert said.startswith("DPL-05 The answer does not end:")
    assert is_open


def test_pages_that_lead_in_a_circle_are_left(service: Service) -> None:
    service.put_by_hand("a", "A")
    service.fault("same-page")
    with pytest.raises(CallError) as caught:
        list(known(service).courses())
    assert [each.code for each in caught.value.diagnostics] == ["DPL-05"]


def test_whoever_has_another_secret_is_not_let_in(service: Service) -> None:
    speaks = known(service)
    service.secret = "another"
    with pytest.raises(CallError) as caught:
        speaks.ping()
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.message) == ("DPL-07", f"{SAYS} Authorization Required.")


@pytest.mark.parametrize("text", ["no-colon", ":secret-only", "name-only:"])
def test_a_token_without_one_of_its_halves_is_none(text: str, service: Service) -> None:
    with pytest.raises(ContentError) as caught:
        Cloud(address(service.url), Token(text))
    assert [each.code for each in caught.value.diagnostics] == ["DPL-06"]
    assert text not in str(caught.value)


def test_the_secret_is_in_no_address_and_in_no_log(service: Service, caplog: LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    service.put_by_hand("first", "First")
    speaks = known(service)
    speaks.ping()
    list(speaks.courses())
    speaks.load("first", "first.zip", PACKAGE, "tag")
    assert service.secret not in caplog.text + repr(speaks)
    assert not [path for _, path, _ in service.requests if service.secret in path or service.app in path]


def test_loggers_of_others_stay_as_they_are(service: Service) -> None:
    logger = logging.getLogger("urllib3")
    before = logger.level, list(logger.handlers)
    known(service).ping()
    assert (logger.level, logger.handlers) == before


def test_what_has_to_be_installed_is_said(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rustici_software_cloud_v2", None)
    with pytest.raises(ContentError) as caught:
        known(service)
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.hint) == ("DPL-15", 'Run `pip install "scormpack[deploy]"`.')


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
NAMES = st.sampled_from(
    ("courses", "registrations", "more", "id", "version", "course", "learner", "tags", "settingItems")
)
ANSWERS = st.recursive(PLAIN, lambda inside: st.lists(inside) | st.dictionaries(NAMES, inside), max_leaves=12)


def test_whatever_answers_is_read_or_refused() -> None:
    """The library trips over what is no answer in many ways; whoever calls meets one."""
    with cloud() as service:
        speaks = known(service)
        calls: list[Callable[[], object]] = [
            speaks.ping,
            lambda: list(speaks.courses()),
            lambda: speaks.versions("first"),
            lambda: speaks.moves_learners("first"),
            lambda: list(speaks.registrations("first")),
        ]

        @given(answer=ANSWERS, call=st.sampled_from(calls))
        def try_it(answer: object, call: Callable[[], object]) -> None:
            service.answer = lambda *_: Answer(200, answer)  # type: ignore[method-assign]
            with suppress(CallError):
                call()

        try_it()
