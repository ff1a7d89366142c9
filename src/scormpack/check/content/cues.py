"""Rules about cues: what gives an answer away by its form, so that nobody has to know it.

Most cues show only in many questions, and there each count is held against chance. If form and truth had nothing to
do with each other, the longest of four options would be right in one question of four, and the count over all of them
would be binomial. What is told is a count that chance alone reaches less than once in a hundred times: five of five
where a hit is one in three, seven of seven or 24 of 30 where it is one in two. So a few questions are never enough.
Where the chances of questions differ, their mean is taken: it makes a high count look likelier than it is
(Hoeffding 1956), so the error is on the side of silence.

A count that one module is told of is left out of the count over the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import comb, exp, lgamma, log
from typing import NamedTuple, TypeAlias

from scormpack.blocks import Multiple, Scenario, Single, TrueFalse
from scormpack.blocks.block import ChoiceQuestion
from scormpack.check.content.english.prose import Wording, beginnings, said, without_quotes, without_references
from scormpack.check.content.subject import Collection, Manuscript
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.content.module import Module
from scormpack.diagnostics import Code, Place, Severity
from scormpack.source.node import Node
from scormpack.vocabulary import PLACEHOLDER, is_english

RULES: list[Rule[Manuscript]] = []
LIBRARY_RULES: list[Rule[Collection]] = []

_RARE = 0.01
_MUCH = 1.5  # times as long as any other
_VISIBLE = 20  # signs: a smaller difference does not meet the eye
_NUMBERS = ("one option is", *(f"{many} options are" for many in ("two", "three", "four", "five", "six", "seven")))
_STRONG = Wording(
    r"all(?! right)|every|each|always|never|only|none|nothing|nobody|no one|every(?:one|body|thing)",
    r"completely|totally|entirely|at all times|in any case|no matter what|under no circumstances",
)
_ASKING = "best does firs from have mean most need than that them then they this what when wher whic will with your"
_IN_EVERY_QUESTION = frozenset(_ASKING.split())  # what says nothing of the subject, by its first four letters
_BEFORE_A_NOUN = re.compile(r"\b(an?)\W*$", re.IGNORECASE)
_VOWEL = re.compile(r"\W*[aeiou]", re.IGNORECASE)
_THEM = r"(?:him|her|them|the (?:person|family|patient|client|wife|husband|son|daughter|nurse))"
_NOT_MEANT = Wording(
    rf"(?:laugh|shout|swear|yell|scream) (?:back )?at {_THEM}|make fun of|roll (?:my|your) eyes",
    rf"(?:hit|slap|smack|kick|punish|scold|threaten|mock|insult) {_THEM}|(?:hit|slap|push|shove) back",
    rf"tell {_THEM} (?:off|to (?:shut up|go away|get over it|stop (?:crying|moaning|complaining|fussing)))",
    rf"ignore {_THEM}|do nothing(?! (?:more|else|until|before|that|but|by))|run away|(?:take|have) a nap",
    rf"leave {_THEM} (?:to die|to suffer|in pain|on the floor)|let {_THEM} (?:suffer|starve)",
    r"not my (?:job|problem)|who cares|watch (?:tv|telly|television)|take a selfie|ha(?:ha)+|lol|unicorns?",
)


class Trial(NamedTuple):
    """One question in which a cue could lead to the right answer: by what chance it did so, and whether it did.

    `cue` says what was counted, with a gap for the hits and one for the trials.
    """

    cue: str
    place: Place
    chance: float
    hit: bool


class Tally(NamedTuple):
    """All trials of one cue."""

    trials: Sequence[Trial]

    @property
    def message(self) -> str:
        """What was counted, and the counts."""
        return self.trials[0].cue.format(self.hits, len(self.trials))

    @property
    def hits(self) -> int:
        """How often the cue led to the right answer."""
        return sum(trial.hit for trial in self.trials)

    @property
    def by_chance(self) -> float:
        """How likely chance alone is to reach as many hits: the upper tail of a binomial distribution."""
        n = len(self.trials)
        p = sum(trial.chance for trial in self.trials) / n
        return sum(
            exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p))
            for k in range(self.hits, n + 1)
        )


Pattern: TypeAlias = Callable[[Module], Iterator[Trial]]


def tallies(trials: Iterable[Trial]) -> list[Tally]:
    """The trials of each cue together."""
    found: dict[str, list[Trial]] = {}
    for trial in trials:
        found.setdefault(trial.cue, []).append(trial)
    return [Tally(each) for each in found.values()]


def over_modules(pattern: Pattern, modules: Iterable[Module]) -> list[Tally]:
    """The trials of each cue in all modules but those that are told of it by themselves."""
    counted = [each for module in modules for each in tallies(pattern(module))]
    return tallies(trial for each in counted if each.by_chance >= _RARE for trial in each.trials)


def _told(pattern: Pattern, module: Module, severity: Severity | None = None) -> Findings:
    for each in tallies(pattern(module)):
        if each.by_chance < _RARE:
            yield Found(each.trials[0].place, each.message, severity)


def _over_the_library(pattern: Pattern, meaning: Code, severity: Severity | None) -> None:
    """Add the rule that holds the count over the whole library against chance."""

    @rule_for(LIBRARY_RULES, meaning)
    def search(c: Collection) -> Findings:
        for each in over_modules(pattern, c.modules.values()) if c.complete and len(c.modules) > 1 else ():
            if each.by_chance < _RARE:
                yield Found(c.library.settings.place("title"), each.message, severity)


def lengths(module: Module) -> Iterator[Trial]:
    """Whether the right option of a question, and the best choice in a story, is among the longest or shortest."""
    for question in module.blocks(Single):
        right = [option.correct for option in question.options]
        texts = [option.text for option in question.options]
        yield from _by_length("in {} of {} questions the right option is ", question, texts, right)
    for story in module.blocks(Scenario):
        for situation in story.situations:
            best = [choice.rating == "best" for choice in situation.choices]
            if sum(best) == 1:
                texts = [choice.text for choice in situation.choices]
                yield from _by_length("in {} of {} situations the best choice is ", situation, texts, best)


def _by_length(cue: str, node: Node, texts: Sequence[str], right: Sequence[bool]) -> Iterator[Trial]:
    sizes = [_size(text) for text in texts]
    mine = sizes[right.index(True)]
    ranks = {"longest": sum(size >= mine for size in sizes), "shortest": sum(size <= mine for size in sizes)}
    for word, rank in ranks.items():
        for most, among in ((1, f"the {word}"), (2, f"one of the two {word}")):
            if len(sizes) > most:
                yield Trial(cue + among, node.place(), most / len(sizes), rank <= most)


def _size(text: str) -> int:
    """How many signs a learner sees, about: what is filled in is about as long as its name."""
    return len(PLACEHOLDER.sub(r"\2", text))


def places(module: Module) -> Iterator[Trial]:
    """Whether the right option is the first, the second and so on."""
    for question in module.blocks(Single):
        for number, option in enumerate(question.options, 1):
            cue = f"in {{}} of {{}} questions the right option is number {number}"
            yield Trial(cue, question.place(), 1 / len(question.options), option.correct)


def strong_words(module: Module) -> Iterator[Trial]:
    """Whether words such as “always” stand in what is wrong, and in nothing that is right."""
    cue = "in {} of {} questions words such as “always” or “only” stand in what is wrong alone"
    if not is_english(module.language):
        return
    for question in module.blocks(ChoiceQuestion):
        strong = [option for option in question.options if _STRONG.search(option.text)]
        wrong = sum(not option.correct for option in question.options)
        chance = comb(wrong, len(strong)) / comb(len(question.options), len(strong))
        if 0 < chance < 1:
            yield Trial(cue, question.place(), chance, not any(option.correct for option in strong))
    for statement in module.blocks(TrueFalse):
        if _STRONG.search(statement.prompt):
            yield Trial(cue, statement.place(), 1 / 2, not statement.answer)


def kinds(module: Module) -> Iterator[Trial]:
    """Whether statements are true or false, and how many options of a question with several right ones are wrong."""
    for statement in module.blocks(TrueFalse):
        for word, answer in (("true", True), ("false", False)):
            yield Trial(f"{{}} of {{}} statements are {word}", statement.place(), 1 / 2, statement.answer is answer)
    for question in module.blocks(Multiple):
        wrong = sum(not option.correct for option in question.options)
        most = len(question.options) - 1
        for number, words in enumerate(_NUMBERS[:most] if most > 1 else (), 1):
            cue = f"in {{}} of {{}} questions with several right options exactly {words} wrong"
            yield Trial(cue, question.place(), 1 / most, wrong == number)


def repeated_words(module: Module) -> Iterator[Trial]:
    """Whether the one option that repeats a word of the question is the right one."""
    if not is_english(module.language):
        return
    for question in module.blocks(Single):
        asked = _telling(question.prompt)
        holders = [option for option in question.options if asked & _telling(option.text)]
        if len(holders) == 1:
            cue = "in {} of {} questions the one option that repeats a word of the question is right"
            yield Trial(cue, question.place(), 1 / len(question.options), holders[0].correct)


def _telling(text: str) -> frozenset[str]:
    """The beginnings of the words that say what a text is about."""
    found = beginnings(without_references(text)) - _IN_EVERY_QUESTION
    return frozenset(word for word in found if len(word) == 4)


@rule(
    RULES,
    "QUZ-04",
    "Right answer that gives itself away",
    Severity.WARNING,
    "Shorten some right options, or say more in the others; let them stand in other places.",
)
def right_answer_that_gives_itself_away(m: Manuscript) -> Findings:
    """A learner who notices that the longest answer is right needs to know nothing else, and learns nothing.

    It is counted in a module and in the library, and told where chance alone would hardly reach the count.
    """
    return _told(lengths, m.module)


@rule_for(RULES, right_answer_that_gives_itself_away.meaning)
def right_answer_in_the_same_place(m: Manuscript) -> Findings:
    """Find right options that all have one number."""
    return _told(places, m.module, Severity.INFO)


@rule(
    RULES,
    "QUZ-08",
    "Right option that stands out by its length",
    Severity.WARNING,
    "Say only what matters in the right option, or let a wrong one say as much.",
)
def right_option_that_stands_out_by_its_length(m: Manuscript) -> Findings:
    """The eye finds the odd one out before a word of it is read, and what is read afterwards only confirms it."""
    for question in m.module.blocks(Single):
        right = next(_size(option.text) for option in question.options if option.correct)
        others = [_size(option.text) for option in question.options if not option.correct]
        if _much_longer(right, max(others)):
            yield question.place("options"), "the right option is much longer than each of the others"
        elif _much_longer(min(others), right):
            yield question.place("options"), "the right option is much shorter than each of the others"


def _much_longer(one: int, other: int) -> bool:
    return one >= max(_MUCH * other, other + _VISIBLE)


@rule(
    RULES,
    "QUZ-09",
    "Strong words that are always wrong",
    Severity.WARNING,
    "Leave the strong word out, or let what is right be as firm where it is so.",
    english=True,
)
def strong_words_that_are_always_wrong(m: Manuscript) -> Findings:
    """Who has sat a few tests crosses out each answer with “always” or “never” in it, and knows no more than before.

    It is counted in a module and in the library, and told where chance alone would hardly reach the count.
    """
    return _told(strong_words, m.module)


@rule(
    RULES,
    "QUZ-10",
    "Answers that are all of a kind",
    Severity.WARNING,
    "Make some statements true, and let one, two or three options be wrong.",
)
def answers_that_are_all_of_a_kind(m: Manuscript) -> Findings:
    """When each statement so far was false, the next one is false too, and nobody stops to think whether it is.

    It is counted in a module and in the library, and told where chance alone would hardly reach the count.
    """
    return _told(kinds, m.module)


@rule(
    RULES,
    "QUZ-11",
    "Option that nobody would choose",
    Severity.WARNING,
    "Write what a thoughtful colleague might do in a hurry, or out of kindness.",
    english=True,
)
def option_that_nobody_would_choose(m: Manuscript) -> Findings:
    """An answer that is cruel, or a joke, leaves fewer to choose from, and insults the worker who is asked.

    Not `Tell her to stop crying` but `Tell her that it will be all right`.
    """
    for owner, text in _wrong_texts(m.module):
        if found := _NOT_MEANT.search(without_quotes(text)):
            words = said(text, found)
            yield Found(owner.place("text"), f"nobody who cares for people would choose “{words}”", words=words)


def _wrong_texts(module: Module) -> Iterator[tuple[Node, str]]:
    for question in module.blocks(ChoiceQuestion):
        yield from ((option, option.text) for option in question.options if not option.correct)
    for story in module.blocks(Scenario):
        for situation in story.situations:
            yield from ((choice, choice.text) for choice in situation.choices if choice.rating != "best")


@rule(
    RULES,
    "QUZ-12",
    "Right option that repeats the question",
    Severity.WARNING,
    "Use the word in a wrong option too, or say it in another way; end the question before “a” or “an”.",
    english=True,
)
def right_option_that_repeats_the_question(m: Manuscript) -> Findings:
    """An answer that sounds like the question, or is the only one to fit its grammar, is found without the subject.

    Repeated words are counted in a module and in the library, and told where chance alone would hardly reach the
    count. Not `She needs an …` but `What does she need?`
    """
    yield from _told(repeated_words, m.module)
    for question in m.module.blocks(Single):
        if found := _BEFORE_A_NOUN.search(question.prompt):
            fitting = [option for option in question.options if _fits(found[1], option.text)]
            if len(fitting) == 1:
                message = f"only one option can follow “{found[1]}”"
                yield Found(question.place("prompt"), message, words=found[1])


def _fits(article: str, text: str) -> bool:
    return (_VOWEL.match(text) is not None) is (article.lower() == "an")


PATTERNS: Sequence[tuple[Pattern, Code, Severity | None]] = (
    (lengths, right_answer_that_gives_itself_away.meaning, None),
    (places, right_answer_that_gives_itself_away.meaning, Severity.INFO),
    (strong_words, strong_words_that_are_always_wrong.meaning, None),
    (kinds, answers_that_are_all_of_a_kind.meaning, None),
    (repeated_words, right_option_that_repeats_the_question.meaning, None),
)

for _pattern, _meaning, _severity in PATTERNS:
    _over_the_library(_pattern, _meaning, _severity)
