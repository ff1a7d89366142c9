"""Rules about stories and questions: fair, explained, never a trap."""

from __future__ import annotations

import re
from functools import cache

from scormpack.blocks import Question, Scenario, Single
from scormpack.blocks.block import ChoiceQuestion
from scormpack.blocks.codes import QUZ_02, SCN_02
from scormpack.blocks.scenario import Situation
from scormpack.check.content.english.prose import Wording, words
from scormpack.check.content.subject import Manuscript
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.diagnostics import Severity

RULES: list[Rule[Manuscript]] = []

_LEAST_EXPLAINED = 6  # words
_JUDGING = """
a absolutely again almost an another answer are bad best brilliant but choice close correct correctly did done exactly
excellent false go good great have i'm incorrect is isn't it it's job nearly no nope not of on one oops option perfect
please quite really right safe sorry spot super that that's the think this true try unfortunately unsafe very well
wrong yep yes you you're your
"""
_VERDICT = frozenset(_JUDGING.split())  # feedback made of these words alone judges and does not explain
_FEEDBACK = {"feedback", "if_true", "if_false", "if_wrong"}
_SAID_ALREADY = re.compile(
    r"[*_“\"]*((?:(?:that|this)(?: is|[’']s) )?(?:not (?:quite )?)?(?:right|correct|wrong|incorrect))\b"
    r"[*_”\"]*\s*[:.!,–—-]",
    re.IGNORECASE,
)
_ALL_OF = re.compile(
    r"(?:all|none|any|both|either|neither)(?: of)?(?: the| these| those| them)?(?: above| below| answers?| options?)?"
    r"(?: (?:is|are) (?:right|correct|true|wrong|false))?"
    r"|(?:both |only )?(?:answers? |options? )?(?:[A-D], )*[A-D] (?:and|or|&) [A-D](?: only)?"
    r"|(?:both|answers|options) [1-4] (?:and|or|&) [1-4]",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:not|\w+n[’']t|never|avoid|except|untrue|incorrect|false|wrong|least likely)\b", re.IGNORECASE
)
_ASKED_FOR = re.compile(r"\b(?:which|what|who)\b", re.IGNORECASE)
# The word that asks, at the beginning, may be one of these itself.
_ASIDE = Wording(
    "when", "while", "if", "that", "because", "where", "why", "how", "(?!^)who", "after", "before", "since"
)
_EXCEPT = re.compile(r"\b(?:NOT|EXCEPT|LEAST|NEVER)\b|\b[Aa]ll\b[^.?!]{0,60}\bexcept\b|\bleast likely\b")


@rule_for(RULES, SCN_02)
def choices_that_teach_nothing(m: Manuscript) -> Findings:
    """Find situations without a choice that is rated best."""
    for scenario in m.module.blocks(Scenario):
        for situation in scenario.situations:
            if all(choice.rating != "best" for choice in situation.choices):
                yield situation.place("choices"), f"no choice of `{situation.id}` is rated `best`"


@rule(
    RULES,
    "SCN-03",
    "Unsafe choice without a way back",
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


@rule(RULES, "SCN-04", "Story too long to finish", Severity.WARNING, "Split it into two stories.")
def story_too_long_to_finish(m: Manuscript) -> Findings:
    """After eight decisions on a phone, between two visits, nobody thinks about the person in the story any more."""
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


@rule(
    RULES,
    "SCN-06",
    "Story with only one way",
    Severity.INFO,
    "Let two choices lead to different situations, or one of them to an ending of its own.",
)
def story_with_only_one_way(m: Manuscript) -> Findings:
    """What she does changes what happens. Where every way comes out the same, she looks for the wanted answer."""
    for scenario in m.module.blocks(Scenario):
        ways = [{choice.next for choice in situation.choices if choice.next} for situation in scenario.situations]
        if max(map(len, ways)) == 1:
            yield scenario.place("situations"), "the story has only one way, and one ending"


@rule(
    RULES,
    "SCN-07",
    "Poor choice that is not played out",
    Severity.INFO,
    "Write under `follows` what happens then.",
)
def poor_choice_that_is_not_played_out(m: Manuscript) -> Findings:
    """A reason is soon forgotten. What came of it, for the person in the bed, stays with her until the next visit."""
    for scenario in m.module.blocks(Scenario):
        choices = [choice for situation in scenario.situations for choice in situation.choices]
        poor = [choice for choice in choices if choice.rating in ("unhelpful", "unsafe")]
        bare = [choice for choice in poor if not choice.follows and not choice.says]
        if bare:
            yield bare[0].place(), f"{len(bare)} of {len(poor)} poor choices do not show what follows"


@rule_for(RULES, QUZ_02, english=True)
def answer_without_an_explanation(m: Manuscript) -> Findings:
    """Find feedback that is nothing but a verdict."""
    for question in m.module.blocks(Question):
        for owner, field, value in question.strings():
            if field in _FEEDBACK and {word.lower().replace("’", "'") for word in words(value)} <= _VERDICT:
                yield Found(owner.place(field), "the feedback is a verdict, not an explanation", words=value)


@rule(
    RULES,
    "QUZ-03",
    "Question that tests reading",
    Severity.WARNING,
    "Write three or four options that each stand alone, and ask what is right.",
    english=True,
)
def question_that_tests_reading(m: Manuscript) -> Findings:
    """A tired reader, or one in her second language, misses a *not*, and is marked down for that alone.

    Not `Which of these is not your task?` but `Which of these is the nurse's task?`
    """
    for question in m.module.blocks(ChoiceQuestion):
        if isinstance(question, Single) and len(question.options) not in (3, 4):
            yield question.place("options"), f"there are {len(question.options)} options, not three or four"
        if found := _asked_for_what_is_not_so(question.prompt):
            yield Found(question.place("prompt"), "the question asks what is not true", words=found)
        for option in question.options:
            if _ALL_OF.fullmatch(option.text.rstrip(".")):
                yield Found(option.place("text"), f"“{option.text}” is not an answer by itself", words=option.text)


def _asked_for_what_is_not_so(prompt: str) -> str:
    """The words that turn the question round; what is said beside it, “when nobody answers”, does not."""
    if found := _EXCEPT.search(prompt):
        return found[0]
    for begin in _ASKED_FOR.finditer(prompt):
        sentence = re.split(r"[.?!]", prompt[begin.start() :])[0]
        aside = _ASIDE.search(sentence)
        asked = sentence[: aside.start()] if aside else sentence
        if found := _NOT_SO.search(asked):
            return asked[: found.end()]
    return ""


@rule(
    RULES,
    "QUZ-07",
    "Verdict that is said twice",
    Severity.WARNING,
    "Leave the word out: the player says it before the feedback. Begin with the reason.",
    english=True,
)
def verdict_that_is_said_twice(m: Manuscript) -> Findings:
    """A voice says “Right: Right:”, and beside a wrong answer “Not right: Correct” nobody knows which it is.

    Not `feedback: "Right: a nurse does it."` but `feedback: A nurse does it.`
    """
    for block in (*m.module.blocks(Question), *m.module.blocks(Scenario)):
        for owner, field, value in block.strings():
            if field in _FEEDBACK and (found := _SAID_ALREADY.match(value)):
                message = f"the player says “Right” or “Not right” itself before “{found[1]}”"
                yield Found(owner.place(field), message, words=found[1])
