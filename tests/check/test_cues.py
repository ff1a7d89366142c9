"""Counts of cues: held against chance, in a module and in a library, so that a few questions tell nothing."""

from __future__ import annotations

import random
from typing import Any

import pytest

from scormpack.blocks import Single
from scormpack.check.content.cues import Tally, Trial, lengths, over_modules, tallies
from scormpack.content.module import Module, Page
from scormpack.diagnostics import Place
from scormpack.source.word import Slug

HERE = Place("pages/a.md")
LONG = "A cup of tea and toast"
LONGEST = "in {} of {} questions the right option is the longest"


def tally(hits: int, among: int, chance: float) -> Tally:
    return Tally([Trial("{} of {}", HERE, chance, number < hits) for number in range(among)])


@pytest.mark.parametrize(
    ("hits", "among", "chance", "expected"),
    [
        (0, 7, 0.5, 1.0),
        (7, 7, 0.5, 1 / 128),
        (1, 1, 0.25, 0.25),
        (24, 30, 0.5, 0.000715),  # as any table of the binomial distribution has it
        (4, 5, 1 / 3, 11 / 243),
    ],
)
def test_how_likely_chance_reaches_a_count(hits: int, among: int, chance: float, expected: float) -> None:
    assert tally(hits, among, chance).by_chance == pytest.approx(expected, rel=0.001)


def test_thousands_of_questions_can_be_held_against_chance() -> None:
    assert tally(6_000, 12_000, 0.5).by_chance == pytest.approx(0.5, abs=0.01)


def test_chances_that_differ_count_with_their_mean() -> None:
    """Two of two at one in two and one in four: one in eight, which is no more than (3/8)²."""
    both = Tally([Trial("{} of {}", HERE, 1 / 2, True), Trial("{} of {}", HERE, 1 / 4, True)])
    assert both.by_chance == pytest.approx((3 / 8) ** 2)


def test_trials_of_one_cue_belong_together() -> None:
    found = tallies(Trial(cue, HERE, 0.5, cue == "{} of {} a") for cue in ("{} of {} a", "{} of {} b", "{} of {} a"))
    assert [each.message for each in found] == ["2 of 2 a", "0 of 1 b"]


def question(number: int, right: str) -> Single:
    options = [
        {"text": text, "feedback": "So.", "correct": text == right}
        for text in ("Tea", "A cup of tea", "A cup of tea and toast")
    ]
    return Single.model_validate({"id": f"q-{number}", "prompt": "What?", "rationale": "So.", "options": options})


def module(*right: str) -> Module:
    """A module with a question for each of `right`, which is one of its three options."""
    blocks = tuple(question(number, each) for number, each in enumerate(right))
    fields: dict[str, Any] = {"pages": (Page.model_construct(id=Slug("page"), title="Page", blocks=blocks),)}
    return Module.model_construct(**fields)


def longest(*modules: Module) -> str:
    """What is counted of the longest in all modules together."""
    found = [each.message for each in over_modules(lengths, modules)]
    return next((each for each in found if each.endswith("the longest")), "")


def test_the_counts_of_modules_are_added_up() -> None:
    assert longest(module(LONG, LONG, LONG), module(LONG, "Tea")) == LONGEST.format(4, 5)


def test_a_module_that_is_told_by_itself_is_left_out_of_the_library() -> None:
    assert longest(module(*[LONG] * 5), module(LONG, "Tea")) == LONGEST.format(1, 2)


def test_fair_questions_are_told_of_less_than_once_in_a_hundred_times() -> None:
    dice = random.Random(7)
    told = 0
    for _ in range(2_000):
        trials = [Trial("{} of {}", HERE, 1 / 4, dice.random() < 1 / 4) for _ in range(dice.randint(1, 40))]
        told += Tally(trials).by_chance < 0.01
    assert told < 20
