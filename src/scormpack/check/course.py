"""Rules about a course as a provider gets it."""

from __future__ import annotations

import re

from scormpack.check.rule import Findings, Rule, rule
from scormpack.course.model import Course
from scormpack.diagnostics import Severity

RULES: list[Rule[Course]] = []

_NUMBER = re.compile(r"\+?[0-9](?:[ ()-]*[0-9]){2,14}")


@rule(RULES, "LOC-02", Severity.WARNING, "Fill it under `local` in the provider's file.")
def slot_without_a_value(course: Course) -> Findings:
    """The worker reads "ask your manager" where a number should stand, perhaps at three in the morning."""
    needed = [*course.module.local_slots, *course.settings.help_local]
    for name in dict.fromkeys(needed):
        if course.local[name].value is None:
            yield course.provider.place("local"), f"{course.provider.name} has not filled `{name}`"


@rule(RULES, "LOC-04", Severity.WARNING, "Write the number with digits and spaces only.")
def number_that_cannot_be_called(course: Course) -> Findings:
    """A link that a phone cannot call is worse than none."""
    for detail in course.local.values():
        if detail.kind == "phone" and detail.value is not None and not _NUMBER.fullmatch(detail.value):
            place = course.provider.place("local")
            yield place, f"`{detail.name}` of {course.provider.name} is no phone number: {detail.value[:40]}"


@rule(RULES, "MOD-11", Severity.WARNING, "Change the minutes of the steps, or those of the plan.")
def plan_that_does_not_add_up(course: Course) -> Findings:
    """Who leads a group in a break between shifts has the minutes that were promised, and no more."""
    guide = course.module.facilitator_guide
    for plan in guide.plans if guide else ():
        steps = sum(step.minutes for step in plan.steps)
        if steps != plan.minutes:
            yield plan.place("minutes"), f"the plan is for {plan.minutes} minutes, its steps take {steps}"


@rule(RULES, "REL-01", Severity.INFO, "Do it, then remove the line from `todo_before_release`.")
def left_to_do(course: Course) -> Findings:
    """Somebody noted that this has to be checked before a worker relies on it."""
    for todo in course.module.todo_before_release:
        yield course.module.place("todo_before_release"), todo
    for name in course.module.signposts:
        contact = course.contacts[name]
        for todo in contact.todo_before_release:
            yield contact.place("todo_before_release"), f"{contact.name}: {todo}"
