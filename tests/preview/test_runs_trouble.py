"""Trouble on purpose: what the course hears, what comes to be on record, and that it ends when it is switched off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from preview.playing import Table, table
from scormpack.lms.faults import FAULTS
from scormpack.lms.scorm import MANNERS
from scormpack.package import Entry, Package
from scormpack.platforms.known import platform
from scormpack.platforms.names import NAMES
from scormpack.preview.trouble import PLATFORMS, TROUBLES, Trouble, troubles_of

PACKAGE = Package.of("blank", [Entry("index.html", b"<!doctype html><title>Blank</title>")])
CALLS = {
    "scorm12": ("API", "LMS", "cmi.suspend_data", "cmi.core.lesson_status"),
    "scorm2004": ("API_1484_11", "", "cmi.suspend_data", "cmi.completion_status"),
}
SAVE = """([object, prefix, state, status, value]) => {
  const api = window[object];
  api[`${prefix}SetValue`](state, value);
  api[`${prefix}SetValue`](status, "completed");
  return String(api[`${prefix}Commit`](""));
}"""


class Player:
    """A course that does as it is told, on a page of its own."""

    def __init__(self, found: Table, page: Page, standard: str) -> None:
        self.table = found
        self.page = page
        self.standard = standard
        self.lost: list[str] = []  # the kinds of requests that got no answer
        page.on("requestfailed", lambda request: self.lost.append(request.resource_type))
        self.launch()

    def launch(self) -> None:
        """Begin a session."""
        self.page.goto(self.table.address)
        object_, prefix, *_ = CALLS[self.standard]
        call = f"String(window.{object_}.{prefix}Initialize(''))"
        self.begun = self.page.evaluate(f"() => {{ try {{ return {call}; }} catch {{ return 'threw'; }} }}")

    def save(self, value: str) -> str:
        """Save a state, with a status; what the platform says to it."""
        return str(self.page.evaluate(SAVE, [*CALLS[self.standard], value]))

    @property
    def state(self) -> str:
        """The state that is on record."""
        return self.table.now.state


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def play(page: Page) -> Iterator[Any]:
    """`play(standard)` is a course that has begun."""
    with ExitStack() as stack:
        yield lambda standard, **more: Player(stack.enter_context(table(PACKAGE, standard, **more)), page, standard)


# The answer to a save while the trouble is on, to the same once more when it is over, and the states on record then.
SAYS = {
    "signal": ("false", "one", "true", "two"),
    "slow": ("true", "two", "true", "two"),
    "refuses": ("false", "one", "true", "two"),
    "ignores": ("true", "one", "true", "two"),
    "expired": ("false", "one", "true", "two"),
    # Each of these manners takes as sent what was lost, but for Moodle's in SCORM 2004.
    "moodle-signal": ("true", "one", "true", {"scorm12": "one", "scorm2004": "two"}),
    "moodle-busy": ("true", "one", "true", {"scorm12": "one", "scorm2004": "two"}),
    "moodle-login": ("true", "one", "true", {"scorm12": "one", "scorm2004": "two"}),
    "ilias-signal": ("false", "one", "true", "one"),
    "chamilo-drops": ("true", "one", "true", "one"),
    "chamilo-signal": ("true", "one", "true", "one"),
    "frappe-forgets": ("true", "", "true", ""),
}
LIVE = [each for each in TROUBLES if each.kind == "requests" and "scorm12" in each.standards]


def test_every_trouble_of_scorm_is_tried_here() -> None:
    assert [each.name for each in LIVE] == list(SAYS)


@pytest.mark.browser
@pytest.mark.parametrize("trouble", LIVE, ids=lambda trouble: trouble.name)
@pytest.mark.parametrize("standard", CALLS)
def test_a_platform_does_what_its_trouble_says(play: Any, standard: str, trouble: Trouble) -> None:
    player = play(standard)
    heard, during, again, after = SAYS[trouble.name]
    assert (player.begun, player.save("one"), player.state) == ("true", "true", "one")
    player.table.run.trouble(trouble.name, True)
    assert {each["name"] for each in player.table.run.troubles() if each["on"]} == {trouble.name}
    assert (player.save("two"), player.state) == (heard, during)
    if trouble.name == "moodle-signal":  # what was handed to the browser is lost, too
        player.table.wait_for(lambda: "ping" in player.lost, player.page)
    player.table.run.trouble(trouble.name, False)
    assert player.save("two") == again
    assert player.state == (after[standard] if isinstance(after, dict) else after)
    commits = player.table.wait_for(lambda: (found := player.table.said("Commit")) and len(found) == 3 and found)
    assert [entry.trouble for entry in commits] == ["", trouble.name, ""]
    assert [message for _, message in player.table.flaws if "refused" in message] == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "begun"),
    [("missing", "threw"), ("refusing", "false"), ("throwing", "threw"), ("mute", "true"), ("late", "threw")],
)
@pytest.mark.parametrize("standard", CALLS)
def test_a_broken_api_is_there_at_the_next_launch(play: Any, standard: str, name: str, begun: str) -> None:
    player = play(standard)
    player.table.run.trouble(name, True)
    player.launch()
    assert player.begun == begun
    if name in ("refusing", "mute"):  # these have no number for an error either, and the record tells of the call
        _, said = player.table.wait_for(
            lambda: len(found := player.table.said("Initialize")) > 1 and found, player.page
        )
        assert (said.answer, said.trouble, said.refused) == (begun, name, begun == "false")
    player.table.run.trouble(name, False)
    player.launch()
    assert player.begun == "true"


@pytest.mark.browser
def test_a_platform_is_chosen_by_its_name(play: Any) -> None:
    player = play("scorm12", platform="moodle")
    player.table.run.trouble("refuses", True)
    assert player.save("one") == "true"
    player.table.run.choose("normal", "ilias")
    player.launch()
    assert player.save("one") == "false"
    player.table.run.choose("normal", "no such platform")
    player.table.run.trouble("refuses", False)
    player.launch()
    assert player.save("one") == "true"


@pytest.mark.browser
def test_an_expired_session_shows_its_login_page_to_a_launch(play: Any, page: Page) -> None:
    player = play("scorm12")
    player.table.run.trouble("expired", True)
    page.goto(player.table.address)
    assert page.title() == "Log in"


@pytest.mark.browser
def test_nothing_counts_twice_on_a_platform_that_closes_what_is_done(play: Any, page: Page) -> None:
    player = play("scorm12", platform="forma")
    credit = "window.API.LMSGetValue('cmi.core.credit')"
    assert page.evaluate(credit) == "credit"
    player.save("one")
    player.launch()
    assert page.evaluate(credit) == "no-credit"


def test_what_is_said_of_troubles_is_whole() -> None:
    for trouble in TROUBLES:
        assert re.fullmatch(r"[A-Z][^.]*[^.]", trouble.title), trouble.title
        assert re.fullmatch(r"[A-Z][^<>]*\.", trouble.sentence), trouble.sentence
        assert trouble.platform in ("Any platform", "Single sign-on", "Another site's store") or (
            trouble.platform in [platform.title for platform in PLATFORMS.values()]
        )
        assert trouble.fault in FAULTS or trouble.fault == "expired"
    for standard in ("scorm12", "scorm2004", "xapi", "cmi5"):
        assert len(troubles_of(standard)) == len([each for each in TROUBLES if standard in each.standards])
    manners = {platform.manner(standard) for platform in PLATFORMS.values() for standard in CALLS}
    assert manners == set(MANNERS)


def test_a_platform_is_called_as_elsewhere() -> None:
    elsewhere = {name: platform(name).name for name in NAMES}
    others = {name: each.title for name, each in PLATFORMS.items() if elsewhere.get(name) != each.title}
    assert others == {"": "A careful platform", "catapult": "CATAPULT"}  # which providers have none of


# Record stores ------------------------------------------------------------------------------------

ASK = """async ([address, wait]) => {
  const query = new URL(document.querySelector("iframe").src).searchParams;
  const headers = {
    Authorization: query.get("auth"), "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json",
  };
  const registration = query.get("registration");
  const state = { activityId: query.get("activity_id"), agent: query.get("actor"), registration, stateId: "x" };
  const url = `${query.get("endpoint")}activities/state?${new URLSearchParams(state)}`;
  const patience = new AbortController();
  if (wait) setTimeout(() => patience.abort(), wait);
  try {
    const answer = await fetch(url, { method: "PUT", headers, body: '{"a": 1}', signal: patience.signal });
    return [answer.status, answer.headers.get("Retry-After")];
  } catch (error) {
    return [0, error.name];
  }
}"""
HEARD: dict[str, list[Any]] = {
    "signal": [0, "TypeError"],
    "slow": [204, None],
    "never": [0, "AbortError"],
    "unheard": [0, "TypeError"],
    **{name: [int(name), None] for name in ("401", "403", "409", "412", "500")},
    "429": [429, "2"],
    "login": [200, None],
    "cors": [0, "TypeError"],
}
KEPT = ("slow", "unheard")


def test_every_trouble_of_stores_is_tried_here() -> None:
    assert list(troubles_of("xapi")) == list(troubles_of("cmi5"))
    assert set(troubles_of("xapi")) == set(HEARD)


@pytest.mark.browser
@pytest.mark.parametrize("name", HEARD)
def test_a_store_does_what_its_trouble_says(page: Page, name: str) -> None:
    with table(PACKAGE, "xapi") as found:
        page.goto(found.address)
        found.run.trouble(name, True)
        assert page.evaluate(ASK, [found.address, 300 if name == "never" else 0]) == HEARD[name]
        if name != "never":  # what waits is told of when it is over
            assert found.entries[-1].trouble == name
            assert bool(found.now.state) == (name in KEPT)
        found.run.trouble(name, False)
        assert page.evaluate(ASK, [found.address, 0]) == [204, None]
        assert found.now.state == '{"a": 1}'
        assert found.flaws == []
