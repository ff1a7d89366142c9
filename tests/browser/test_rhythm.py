"""The rhythm of a module on a phone: no screen over two windows, and the one main button always in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from learner import Learner
from test_page import SAMPLE_MODULES

WINDOW = (375, 667)
MOST = 2 * WINDOW[1]
# Where the bar ends, how high the screen is, and the words that it begins with.
SEEN = """() => {
  scrollTo(0, 0);
  const shown = document.querySelector('main > section:not([hidden])').innerText.trim();
  const {bottom} = document.querySelector('.foot').getBoundingClientRect();
  return [Math.round(bottom * 10) / 10, document.documentElement.scrollHeight, shown.slice(0, 60)];
}"""

Open = Callable[..., Any]


def screens(learner: Learner) -> list[tuple[float, int, str]]:
    """Each screen as it is before anything is answered, with the backs of the cards, to the result."""
    found: list[tuple[float, int, str]] = []
    while True:
        found.append(tuple(learner.frame.evaluate(SEEN)))
        sight = learner.sight()
        if sight.page == "result":
            return found
        learner.press(learner.frame.locator(".past .later" if sight.has_later else ".bar .next"))


@pytest.mark.parametrize("module", SAMPLE_MODULES)
def test_no_screen_is_over_two_windows_and_the_bar_stays_in_its_place(module: str, opened_module: Open) -> None:
    with opened_module(module, *WINDOW) as page:
        seen = screens(Learner(page.main_frame))
    assert [(height, words) for _, height, words in seen if height > MOST] == []
    assert {bottom for bottom, _, _ in seen} == {WINDOW[1]}
