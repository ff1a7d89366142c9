"""What the player keeps in the browser: that it is there afterwards, in order, and that no browser holds it up.

And that what it calls by a shorter name is its own, and nothing that the browser has.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from paths import ROOT
from playwright.sync_api import Browser, BrowserContext, Page
from test_player import esbuild

import hatch_build
from scormpack.targets import TARGETS

ADDRESS = "https://course.example/"
OPENED = """() => {
  window.bases = [];
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    request.addEventListener('success', () => window.bases.push(request.result));
    return request;
  };
}"""
NONE = {
    "blocked": "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no'); }})",
    "unknown": "Object.defineProperty(window, 'indexedDB', {value: undefined})",
    "forbidden": "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }",
    "refused": """IDBFactory.prototype.open = () => {
      const request = {};
      queueMicrotask(() => request.onerror());
      return request;
    }""",
}
SILENT = {
    "opening": "IDBFactory.prototype.open = () => ({})",
    "a transaction": """IDBDatabase.prototype.transaction = () => ({
      objectStore: () => ({put: () => ({}), get: () => ({}), delete: () => ({})}),
    })""",
}
NAME_OF_ERROR = "(run => { try { run(); return ''; } catch (error) { return error.name; } })"
EVERYTHING = "Promise.all([device.keep('a', '1'), device.kept('a'), device.forget('a')])"


@pytest.fixture(scope="module")
def script() -> str:
    """The player's storage as a script, alone."""
    command = [str(esbuild()), "--bundle", "--format=iife", "--global-name=device", "src/scormpack/player/device.ts"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout


@pytest.fixture
def device(browser: Browser, script: str) -> Iterator[BrowserContext]:
    """A device whose every page can keep things."""
    with browser.new_context() as context:
        context.route(ADDRESS, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        context.add_init_script(f"({OPENED})()")
        context.add_init_script(f"{script}\nwindow.device = device;")
        yield context


def opened(device: BrowserContext, fault: str = "") -> Page:
    """A new page of a course; `fault` is done to its browser before."""
    page = device.new_page()
    if fault:
        page.add_init_script(fault)
    page.goto(ADDRESS)
    return page


def test_what_was_kept_is_there_in_another_page(device: BrowserContext) -> None:
    page = opened(device)
    assert page.evaluate("device.kept('a')") is None
    assert page.evaluate("device.keep('a', 'Zoë ✓')") is True
    page.close()
    page = opened(device)
    assert page.evaluate("device.kept('a')") == "Zoë ✓"
    page.evaluate("device.forget('a')")
    assert page.evaluate("device.kept('a')") is None


def test_writes_are_done_in_order_and_none_waits_for_its_caller(device: BrowserContext) -> None:
    page = opened(device)
    many = "Array.from({length: 50}, (_, n) => device.keep('a', `${n}`))"
    assert page.evaluate(f"Promise.all({many})") == [True] * 50  # the first ones before the base is open
    assert page.evaluate("device.kept('a')") == "49"
    page.evaluate("device.keep('a', 'x'); device.forget('a'); device.keep('b', 'y'); device.keep('b', 'z')")
    assert page.evaluate("Promise.all([device.kept('a'), device.kept('b')])") == [None, "z"]


@pytest.mark.parametrize("fault", NONE)
def test_a_browser_that_keeps_nothing_says_so(device: BrowserContext, fault: str) -> None:
    page = opened(device, NONE[fault])
    assert page.evaluate(EVERYTHING) == [False, None, False]
    assert page.evaluate(EVERYTHING) == [False, None, False]


@pytest.mark.parametrize("fault", SILENT)
def test_a_browser_that_never_answers_holds_nothing_up(device: BrowserContext, fault: str) -> None:
    page = device.new_page()
    page.clock.install()
    page.goto(ADDRESS)
    page.evaluate(SILENT[fault])
    page.evaluate(f"() => {{ {EVERYTHING}.then(told => {{ window.told = told; }}); }}")
    if fault == "a transaction":
        page.wait_for_function("window.bases.length > 0")
    page.clock.run_for(3_000)
    page.wait_for_function("window.told")
    assert page.evaluate("window.told") == [False, None, False]


def test_a_base_that_is_opened_too_late_is_closed_and_writes_nothing_old(device: BrowserContext) -> None:
    page = device.new_page()
    page.clock.install()
    page.goto(ADDRESS)
    page.evaluate(
        """() => {
          const open = IDBFactory.prototype.open;
          IDBFactory.prototype.open = function (...given) {
            const request = open.apply(this, given);
            IDBFactory.prototype.open = open;
            return window.late = {
              set onupgradeneeded(run) { request.onupgradeneeded = run; },
              get result() { return request.result; },
            };
          };
          device.keep('a', 'old').then(told => { window.told = told; });
        }"""
    )
    page.clock.run_for(3_000)
    page.wait_for_function("window.told === false")
    assert page.evaluate("device.keep('a', 'new')") is True
    page.wait_for_function("window.bases.length === 2")
    page.evaluate("window.late.onsuccess()")
    assert page.evaluate("device.kept('a')") == "new"
    assert page.evaluate(f"{NAME_OF_ERROR}(() => window.bases[0].transaction('kept'))") == "InvalidStateError"


def test_a_full_device_says_so_and_keeps_what_it_had(device: BrowserContext) -> None:
    page = opened(device)
    quota = {"origin": ADDRESS.rstrip("/"), "quotaSize": 1_000_000}
    device.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    assert page.evaluate("device.keep('a', 'before')") is True
    assert page.evaluate("device.keep('a', 'x'.repeat(2e6))") is False
    assert page.evaluate("device.kept('a')") == "before"
    assert page.evaluate("device.keep('a', 'after')") is True


def test_a_base_that_the_browser_has_closed_is_opened_again(device: BrowserContext) -> None:
    """As an iPhone does in the background: it says nothing, and the next transaction throws."""
    page = opened(device)
    assert page.evaluate("device.keep('a', '1')") is True
    page.evaluate("window.bases.at(-1).close()")
    kept = page.evaluate("Promise.all([device.keep('a', '2'), device.keep('a', '3'), device.kept('a')])")
    assert kept == [True, True, "3"]


LOST = """(() => {
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    const lost = real.apply(this, given);
    lost.commit = undefined;
    queueMicrotask(() => lost.abort());
    if (--window.losing === 0) IDBDatabase.prototype.transaction = real;
    return lost;
  };
})()"""


def test_what_is_lost_on_the_way_is_tried_again_unless_there_is_something_newer(device: BrowserContext) -> None:
    page = opened(device)
    page.evaluate(f"window.losing = 2; {LOST}")
    assert page.evaluate("Promise.all([device.keep('a', '1'), device.keep('a', '2')])") == [False, True]
    assert page.evaluate("device.kept('a')") == "2"


@pytest.mark.parametrize("change", ["open('scormpack', 7)", "deleteDatabase('scormpack')"])
def test_another_tab_may_change_the_base_or_take_it_away(device: BrowserContext, change: str) -> None:
    page, other = opened(device), opened(device)
    assert page.evaluate("device.keep('a', '1')") is True
    done = f"""new Promise((done, fail) => {{
      const request = indexedDB.{change};
      request.onblocked = () => fail('blocked');
      request.onsuccess = () => {{ request.result?.close(); done(true); }};
    }})"""
    assert other.evaluate(done) is True
    assert page.evaluate("device.keep('a', '2')") is True
    assert other.evaluate("device.kept('a')") == "2"


@pytest.mark.parametrize("driver", sorted({target.driver for target in TARGETS.values()}))
def test_no_short_name_stands_for_what_an_element_has(driver: str, browser: Browser) -> None:
    page = browser.new_page()
    has = "names => names.filter(name => name in HTMLElement.prototype || name in CustomEvent.prototype)"
    assert page.evaluate(has, ["hidden", "detail"]) == ["hidden", "detail"]
    assert page.evaluate(has, hatch_build.inner_names(esbuild(), driver)) == []
    page.close()
