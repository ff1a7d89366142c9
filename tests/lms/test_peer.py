"""The launcher and the store, met by a library for cmi5 that others wrote."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from paths import NODE_MODULES
from playwright.sync_api import Browser

from scormpack.lms import RecordStore, Session, Unit
from scormpack.lms.launch.cmi5 import Mode
from scormpack.package import Entry, Package

pytestmark = pytest.mark.browser
PAGE = b'<!doctype html><html lang="en"><title>begun</title><script src="peer.js"></script></html>'


@pytest.fixture(scope="module")
def content() -> Package:
    """The page of the peer, its script in one file."""
    script = Path(__file__).with_name("peer.js")
    command = [str(NODE_MODULES / ".bin" / "esbuild"), str(script), "--bundle", "--log-level=error"]
    made = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return Package.of("peer", [Entry("index.html", PAGE), Entry("peer.js", made.stdout)])


def take(browser: Browser, session: Session) -> str:
    """Open the unit; gives how it ended."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(session.url)
        page.wait_for_function("document.title !== 'begun'")
        return page.title()


def said(store: RecordStore) -> list[str]:
    return [statement["verb"]["id"].rpartition("/")[2] for statement in store.statements()]


def test_a_peer_takes_a_whole_session_without_a_failure(browser: Browser, content: Package) -> None:
    steps = "progress answer match order number judge pass complete terminate"
    unit = Unit(move_on="CompletedAndPassed", mastery_score=0.8, launch_parameters=steps)
    with RecordStore() as store:
        session = store.launch_cmi5(f"{store.serve(content)}index.html", unit)
        assert (take(browser, session), session.failures) == ("done", [])
        assert said(store) == [
            *("launched", "initialized", "progressed", *["answered"] * 5),
            *("passed", "completed", "satisfied", "terminated"),
        ]
        assert session.satisfied
        assert store.refused() == []


def test_a_peer_fails_and_passes_in_another_session(browser: Browser, content: Package) -> None:
    with RecordStore() as store:
        url = f"{store.serve(content)}index.html"
        first = store.launch_cmi5(url, Unit(move_on="Passed", launch_parameters="fail terminate"))
        assert (take(browser, first), first.satisfied) == ("done", False)
        second = store.launch_cmi5(url, Unit(move_on="Passed", launch_parameters="pass terminate"), again=first)
        assert (take(browser, second), second.satisfied) == ("done", True)
        assert (first.failures, second.failures, store.refused()) == ([], [], [])


@pytest.mark.parametrize(
    ("steps", "requirement"),
    [
        ("complete complete", "9.3.0.0-2 (d)"),
        ("terminate complete", "9.3.0.0-5 (d2)"),
    ],
)
def test_what_a_peer_may_not_do_is_refused_and_told(
    browser: Browser, content: Package, steps: str, requirement: str
) -> None:
    with RecordStore() as store:
        session = store.launch_cmi5(f"{store.serve(content)}index.html", Unit(launch_parameters=steps))
        assert take(browser, session) == "failed: Request failed with status code 403"
        assert [failure.requirement for failure in session.failures] == [requirement]


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_a_peer_understands_what_its_launch_data_say(browser: Browser, content: Package, mode: Mode) -> None:
    with RecordStore() as store:
        url = f"{store.serve(content)}index.html"
        session = store.launch_cmi5(url, Unit(launch_parameters="complete"), mode=mode)
        assert take(browser, session) == "failed: Can only send COMPLETED when launchMode is 'Normal'"
        assert (session.verbs, session.failures) == (["initialized"], [])
