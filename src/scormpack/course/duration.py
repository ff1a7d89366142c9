"""How long a module takes: an estimate for each page, and its share of the time that the author declares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scormpack.blocks import Audio, Block, Scenario, Task, Video
from scormpack.content.module import Module, Page
from scormpack.source.node import Node
from scormpack.vocabulary import Markdown

WORDS_A_MINUTE = (
    180  # three quarters of what adults read of such text (238; Brysbaert 2019): tired, or a second language
)
THINKING = 12  # seconds for each question and each situation of a story
NOT_ALL_READ = {"feedback", "follows", "rationale", "transcript", "if_true", "if_false", "if_wrong"}
SHARE = 0.4  # of those words: who answers rightly meets few of them

_WORD = re.compile(r"\w[\w’'-]*")


def estimate(page: Page) -> float:
    """Seconds that a learner needs for a page."""
    return sum(_block_seconds(block) for block in page.blocks)


def page_seconds(module: Module) -> dict[str, int]:
    """Each page's share, in seconds, of the minutes that the module declares; at least one."""
    estimates = {page.id: estimate(page) for page in module.pages}
    if not any(estimates.values()):
        estimates = dict.fromkeys(estimates, 1.0)
    factor = module.duration_minutes * 60 / sum(estimates.values())
    return {name: max(round(seconds * factor), 1) for name, seconds in estimates.items()}


def _block_seconds(block: Block) -> float:
    return _story_seconds(block) if isinstance(block, Scenario) else _reading(block) + _doing(block)


def _story_seconds(story: Scenario) -> float:
    """The way of the best choices: at a fork a learner goes one way."""
    seconds: dict[str, float] = {ending.id: _reading(ending) for ending in story.endings}
    for situation in reversed(story.situations):
        onward = min((choice for choice in situation.choices if choice.next), key=lambda each: each.rating != "best")
        seconds[situation.id] = THINKING + _reading(situation) + seconds[str(onward.next)]
    return seconds[story.situations[0].id]


def _reading(node: Node) -> float:
    return sum(_words(node)) / WORDS_A_MINUTE * 60


def _doing(block: Block) -> float:
    if isinstance(block, (Audio, Video)):
        return block.minutes * 60
    return THINKING if isinstance(block, Task) else 0


def _words(node: Node) -> Iterator[float]:
    for _, field, value in node.strings():
        if isinstance(value, Markdown):
            yield (SHARE if field in NOT_ALL_READ else 1) * len(_WORD.findall(value))
