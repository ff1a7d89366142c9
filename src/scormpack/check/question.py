"""Rules about stories and questions: fair, explained, never a trap."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from scormpack.blocks import Scenario, Single
from scormpack.blocks.block import ChoiceQuestion
from scormpack.blocks.scenario import Situation
from scormpack.check.prose import words
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.check.subject import Manuscript
from scormpack.diagnostics import Severity

RULES: list[Rule[Manuscript]] = []

_LEAST_EXPLAINED = 6  # words
_VERDICT = re.compile(
    r"(?:no|not|nope|wrong|incorrect|false|not (?:quite|right|correct|true)|that is (?:wrong|incorrect|not right)|"
    r"try again|sorry|unsafe|bad|yes|right|correct|good|well done|true)[ ,.!]*",
    re.IGNORECASE,
)
_ALL_OF = re.compile(
    r"\b(?:all|none|any|both|either) of the (?:above|below)\b|(?:all|none|any|both) of (?:these|them)\.?$",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:NOT|EXCEPT|LEAST)\b|\bwhich\b[^.?!]{0,60}\b(?:is|are|does|do|should|would|can)(?: not|n[’']t)\b"
    r"|\ball\b[^.?!]{0,40}\bexcept\b|\bexcept (?:for )?which\b|\bwhich\b[^.?!]{0,40}\bexcept\b|\bleast likely\b"
)
_ENOUGH_TO_SEE = 4  # questions: with fewer, a pattern is chance
_NEARLY_ALWAYS = 0.8


@rule(RULES, "SCN-02", Severity.ERROR, "Give one choice `rating: best`.")
def situation_without_a_best_choice(m: Manuscript) -> Findings:
    """A worker who can only choose between bad ways learns that there is no good one."""
    for scenario in m.module.blocks(Scenario):
        for situation in scenario.situations:
            if all(choice.rating != "best" for choice in situation.choices):
                yield situation.place("choices"), f"no choice of `{situation.id}` is rated `best`"


@rule(
    RULES,
    "SCN-03",
    Severity.ERROR,
    "Leave `next` out; say why, and what to do.",
)
def unsafe_choice_without_a_way_back(m: Manuscript) -> Findings:
    """The story stops before harm is done, explains, and lets her choose again: she may meet this tomorrow."""
    for scenario in m.module.blocks(Scenario):
        for situation in scenario.situations:
            for choice in situation.choices:
                if choice.rating == "unsafe" and choice.next is not None:
                    yield choice.place("next"), "the story goes on after an unsafe choice"
                if choice.rating == "unsafe" and len(words(choice.feedback)) < _LEAST_EXPLAINED:
                    yield (
                        choice.place("feedback"),
                        "the feedback does not say why it is unsafe and what to do instead",
                    )


@rule(RULES, "SCN-04", Severity.WARNING, "Make two stories of it.")
def story_too_long_to_finish(m: Manuscript) -> Findings:
    """After eight decisions on a phone, between two visits, nobody thinks of the person in the story any more."""
    most = round(m.limit("decisions"))
    for scenario in m.module.blocks(Scenario):
        longest = _longest_path(scenario)
        if longest > most:
            yield scenario.place("situations"), f"the longest way through has {longest} decisions, more than {most}"


def _longest_path(scenario: Scenario) -> int:
    situations: dict[str, Situation] = {situation.id: situation for situation in scenario.situations}

    @cache
    def from_here(name: str) -> int:
        if name not in situations:
            return 0
        return 1 + max(from_here(choice.next) for choice in situations[name].choices if choice.next)

    return from_here(scenario.situations[0].id)


@rule(RULES, "QUZ-02", Severity.ERROR, "Say why, and what to do instead, in a short sentence.")
def answer_without_an_explanation(m: Manuscript) -> Findings:
    """“Wrong” teaches nothing and hurts. Who is told why remembers it at the next visit."""
    for question in m.module.blocks(ChoiceQuestion):
        for option in question.options:
            if _VERDICT.fullmatch(option.feedback):
                message = "the feedback is a verdict, not an explanation"
                yield Found(option.place("feedback"), message, words=option.feedback)


@rule(RULES, "QUZ-03", Severity.WARNING, "Write three or four options that each stand alone, and ask what is right.")
def question_that_tests_reading(m: Manuscript) -> Findings:
    """A tired reader, or one in her second language, misses a *not*, and is marked down for that alone.

    Not `Which of these is not your task?` but `Which of these is the nurse's task?`
    """
    for question in m.module.blocks(ChoiceQuestion):
        if isinstance(question, Single) and len(question.options) not in (3, 4):
            yield question.place("options"), f"there are {len(question.options)} options, not three or four"
        if found := _NEGATIVE.search(question.prompt):
            yield Found(question.place("prompt"), "the question asks for what is not so", words=found[0])
        for option in question.options:
            if found := _ALL_OF.search(option.text):
                yield Found(option.place("text"), f"“{found[0]}” is no answer of its own", words=found[0])


@rule(RULES, "QUZ-04", Severity.WARNING, "Move some right options, shorten them, or say more in the others.")
def right_answer_that_gives_itself_away(m: Manuscript) -> Findings:
    """Who finds out that the longest answer is right needs to know nothing else, and learns nothing."""
    singles = list(m.module.blocks(Single))
    if len(singles) < _ENOUGH_TO_SEE:
        return
    enough = _NEARLY_ALWAYS * len(singles)
    longest = sum(_longest_is_right(question) for question in singles)
    if longest >= enough:
        yield singles[0].place(), f"in {longest} of {len(singles)} questions the right option is the longest"
    (letter, often) = Counter(question.correct_answer() for question in singles).most_common(1)[0]
    if often >= enough:
        number = "abcdefgh".index(letter) + 1
        yield singles[0].place(), f"in {often} of {len(singles)} questions the right option is number {number}"


def _longest_is_right(question: Single) -> bool:
    lengths = {len(option.text): option.correct for option in question.options}
    return lengths[max(lengths)] and len(lengths) == len(question.options)
