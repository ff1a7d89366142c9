"""The stories of the sample library: a scene, a fork, two endings, and choices that do not give the best one away."""

from __future__ import annotations

from collections import Counter

import pytest
from paths import SAMPLE

from scormpack.blocks import Scenario
from scormpack.blocks.scenario import Situation
from scormpack.content.load import load_library, load_module

STORIES = {
    story.id: story
    for folder in load_library(SAMPLE).modules.values()
    for story in load_module(folder).blocks(Scenario)
}
SITUATIONS = [situation for story in STORIES.values() for situation in story.situations]


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_story_has_a_scene_a_fork_and_two_endings(story: Scenario) -> None:
    assert any(each.picture and each.picture.alt for each in story.situations)
    assert max(len({choice.next for choice in each.choices if choice.next}) for each in story.situations) > 1
    assert len(story.endings) > 1


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_what_follows_is_shown_for_every_choice(story: Scenario) -> None:
    assert [choice.text for each in story.situations for choice in each.choices if not choice.follows] == []


def best(situation: Situation) -> int:
    """The number of the first choice that is rated best."""
    return [choice.rating for choice in situation.choices].index("best")


def test_the_best_choice_is_not_the_longest_more_often_than_chance() -> None:
    lengths = [[len(choice.text) for choice in each.choices] for each in SITUATIONS]
    longest = [row.index(max(row)) == best(each) for row, each in zip(lengths, SITUATIONS, strict=True)]
    shortest = [row.index(min(row)) == best(each) for row, each in zip(lengths, SITUATIONS, strict=True)]
    assert max(sum(longest), sum(shortest)) <= len(SITUATIONS) / 3


def test_the_best_choice_has_no_place_of_its_own() -> None:
    places = Counter(map(best, SITUATIONS))
    assert max(places.values()) <= len(SITUATIONS) / 2, places
