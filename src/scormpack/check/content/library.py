"""Rules about a library as a whole: what it covers, and whether its registers are fresh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from scormpack.blocks import Question
from scormpack.check.content.english.wordings import numbers_in
from scormpack.check.content.local import LOC_04
from scormpack.check.content.safety import NAME_IT, SAF_04
from scormpack.check.content.subject import Collection
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.content.module import Module
from scormpack.content.recommendation import Recommendation
from scormpack.course.phone import dialled
from scormpack.diagnostics import Severity
from scormpack.vocabulary import Stage

RULES: list[Rule[Collection]] = []

STAGES: Sequence[str] = get_args(Stage)


@rule_for(RULES, SAF_04, "Look it up on the official page, and set `checked_on`.")
def number_that_nobody_has_checked(c: Collection) -> Findings:
    """Find entries of the register that were never checked, or long ago: a warning first, then an error."""
    soon, late = (c.library.settings.limit(name) for name in ("contact_warning_days", "contact_error_days"))
    for contact in c.library.contacts.values():
        if contact.checked_on is None:
            message = f"nobody has checked the entry for {contact.name} yet"
            yield Found(contact.place("id"), message, Severity.WARNING)
            continue
        days = (c.today - contact.checked_on).days
        if days > soon:
            severity = Severity.ERROR if days > late else Severity.WARNING
            message = f"the entry for {contact.name} was last checked {days} days ago"
            yield Found(contact.place("checked_on"), message, severity)


@rule_for(RULES, SAF_04, NAME_IT)
def number_in_a_notice(c: Collection) -> Findings:
    """Find numbers that stand in a notice, and so in every module."""
    for name, notice in c.library.settings.notices.items():
        for found in numbers_in(notice):
            place = c.library.settings.place("notices", name)
            yield Found(place, f"the number {found} is written into a notice", words=found)


@rule_for(RULES, LOC_04)
def contact_that_cannot_be_called(c: Collection) -> Findings:
    """Find numbers of the register that a phone cannot call, or cannot write to."""
    for contact in c.library.contacts.values():
        for field, number in (("phone", contact.phone), ("text_number", contact.text_number)):
            if number and not dialled(number):
                message = f"`{field}` of {contact.name} is not a phone number: {number}"
                yield Found(contact.place(field), message, words=number)


@rule(
    RULES,
    "MOD-12",
    "Prerequisite that cannot come first",
    Severity.ERROR,
    "Remove the prerequisite, or change the `stage` of one of the two.",
)
def prerequisite_that_cannot_come_first(c: Collection) -> Findings:
    """A new worker is sent to a course that is meant for later, or round in a circle, and gives up."""
    for module in c.modules.values():
        for name in module.prerequisites:
            before = c.modules.get(name)
            if before is None:
                continue
            if module.id in {name, *_needed_before(before, c)}:
                message = f"`{name}` can only come after `{module.id}` itself"
                yield Found(module.place("prerequisites"), message, words=name)
            elif STAGES.index(before.stage) > STAGES.index(module.stage):
                message = f"`{name}` is for the stage `{before.stage}`, later than `{module.stage}`"
                yield Found(module.place("prerequisites"), message, words=name)


@rule(
    RULES,
    "QUZ-13",
    "Recall of what has not been learned yet",
    Severity.ERROR,
    "Recall a module that comes earlier, or leave `recalls` out.",
)
def recall_of_what_has_not_been_learned_yet(c: Collection) -> Findings:
    """A question brings back what she once knew. Of what she never met she can only guess, and then feels she forgot.

    Not, in a module for the first weeks, `recalls: leading-the-team`, which is for later.
    """
    for module in c.modules.values():
        for question in module.blocks(Question):
            name = question.recalls
            before = c.modules.get(name) if name else None
            if before is module:
                yield Found(question.place("recalls"), f"`{name}` is this module itself", words=str(name))
            elif before and STAGES.index(before.stage) > STAGES.index(module.stage):
                message = f"`{name}` is for the stage `{before.stage}`, later than `{module.stage}`"
                yield Found(question.place("recalls"), message, words=str(name))


def _needed_before(module: Module, c: Collection) -> set[str]:
    """The ids of everything that has to come before `module`."""
    found: set[str] = set()
    waiting = list(module.prerequisites)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += c.modules[name].prerequisites if name in c.modules else ()
    return found


@rule(
    RULES,
    "LNK-02",
    "Recommended content that is nowhere",
    Severity.ERROR,
    "Address it in a module for these learners, or set `signposted_to`.",
)
def recommended_content_that_is_nowhere(c: Collection) -> Findings:
    """A recommendation without anything to learn from is a promise that nobody keeps."""
    for found in _current(c) if c.complete else ():
        if found.theme == "content" and not found.signposted_to and not _answered(found, c):
            message = f"`{found.id}` recommends content, but no module for its stages and learners addresses it"
            yield found.place("id"), message


def _answered(found: Recommendation, c: Collection) -> bool:
    return any(
        str(found.id) in module.addresses
        and module.stage in found.stages
        and set(module.audiences) & set(found.learners)
        for module in c.modules.values()
    )


@rule(
    RULES,
    "LNK-04",
    "Topic that nobody teaches",
    Severity.WARNING,
    "Write a module about it, or say under `signposted_to` where it can be learned.",
)
def topic_that_nobody_teaches(c: Collection) -> Findings:
    """A known gap can be filled from elsewhere; an unknown one shows itself at a bedside."""
    if not c.complete:
        return
    covered = {topic for module in c.modules.values() for topic in module.topics}
    covered |= {topic for found in _current(c) if found.signposted_to for topic in found.topics}
    for topic in c.library.settings.topics:
        if topic.id not in covered and not topic.signposted_to:
            yield topic.place("id"), f"no module is about “{topic.title}”"


@rule(
    RULES,
    "LNK-05",
    "Learners with nothing to learn",
    Severity.WARNING,
    "Name them under `audiences` of a module that is for them too.",
)
def learners_with_nothing_to_learn(c: Collection) -> Findings:
    """Someone is named among those who benefit, opens the library, and finds nothing for herself."""
    if not c.complete:
        return
    served = {audience for module in c.modules.values() for audience in module.audiences}
    told: set[str] = set()
    for found in _current(c):
        for learner in found.learners:
            if learner not in served | told:
                told.add(learner)
                message = f"`{found.id}` is for `{learner}`, but no module is"
                yield Found(found.place("learners"), message, words=learner)


def _current(c: Collection) -> Iterator[Recommendation]:
    return (found for found in c.library.recommendations.values() if found.status == "current")
