"""Barriers on the screens that are seen, as axe-core finds them, where it is installed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from importlib.resources import files
from typing import Any

from playwright.sync_api import Error, Frame

from scormpack.check.played import RUN_16
from scormpack.inspect.play.diary import Diary
from scormpack.source.patterns import pattern

MOST_SCREENS = 10
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
_CRITERION = pattern("wcag([0-9])([0-9])([0-9]+)")
_READ = """async tags => {
  const {violations} = await axe.run(document, {runOnly: tags, resultTypes: ['violations'], iframes: false});
  return violations.map(({id, help, tags, nodes}) => [id, help, tags.join(' '), nodes[0].html]);
}"""


def axe_script() -> str:
    """The script of axe-core that `scormpack[play]` brings; empty where it is not installed."""
    with suppress(ModuleNotFoundError, FileNotFoundError):
        return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    return ""


class Barriers:
    """Reads screens with the script `axe`, and writes into `diary` what it finds: each of its rules once."""

    def __init__(self, axe: str, diary: Diary) -> None:
        self._axe = axe
        self._diary = diary
        self._rules: set[str] = set()
        self._screens = 0

    def read(self, frames: Iterable[Frame]) -> None:
        """Read one more screen, unless there were many."""
        self._screens += 1
        if not self._axe or self._screens > MOST_SCREENS:
            return
        for frame in frames:
            with suppress(Error, TypeError, ValueError):
                if not frame.evaluate("'axe' in window"):
                    frame.evaluate(self._axe)
                for found in frame.evaluate(_READ, _TAGS):
                    self._tell(frame, *map(str, found))

    def _tell(self, frame: Frame, rule: str, words: str, tags: str, element: str, *_: Any) -> None:
        if rule not in self._rules:
            self._rules.add(rule)
            criteria = ", ".join(".".join(found) for found in _CRITERION.findall(tags))
            message = f"{words} (axe: {rule}; WCAG {criteria}), for example {element[:120]}"
            self._diary.note("browser", message, bad=True)
            self._diary.find(RUN_16, message, self._diary.place(frame.url))
