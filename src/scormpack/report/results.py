"""What results say: who has finished what and in which version, who is overdue, how long it took, what was hard."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from scormpack.blocks import Confidence, Question
from scormpack.content.module import Module
from scormpack.report.values import (
    Answers,
    Finishing,
    GivenOut,
    Learner,
    Month,
    ReadFile,
    Results,
    Sureness,
)
from scormpack.results.values import Gathered, Took

FEWEST: Final = 5  # people of whom something is said as a group
Names = Literal["keep", "omit", "replace"]


def results(
    found: Gathered,
    modules: Sequence[Module],
    day: datetime.date,
    versions: Iterable[GivenOut] = (),
    due: datetime.date | None = None,
    names: Names = "keep",
    alias: Callable[[str], str] = str,
) -> Results:
    """What was `found`, about `modules`, on a `day`.

    `versions` are those that were given out; `due` is the day by which all was to be finished, where the platform
    names none. People are called by their names, by an `alias` for what tells them apart, or not at all.
    """
    teller = _Teller(found, modules, day, due, alias if names == "replace" else None)
    given = defaultdict(list)
    for each in versions:
        given[each.module].append(each)
    by_module: defaultdict[str, list[tuple[Learner, Took]]] = defaultdict(list)
    for (person, module), took in found.took.items():
        if module in teller.titles:
            by_module[module].append((teller.learner(person, module, took, given[module]), took))
    learners = (row for rows in by_module.values() for row, _ in rows)
    answers, few_answers = _answers(found, modules)
    sureness, few_scales = _sureness(found, modules)
    return Results(
        names=names,
        people=len({person for person, module in found.took if module in by_module}),
        due=due,
        read=tuple(ReadFile(each.file, each.form, each.rows, each.notes) for each in found.read),
        modules=tuple(_finishing(module, by_module[module.id]) for module in modules if module.id in by_module),
        learners=() if names == "omit" else tuple(sorted(learners, key=_overdue_first)),
        months=tuple(_months(found, {module.id: module.duration_minutes for module in modules})),
        answers=answers,
        sureness=sureness,
        too_few=few_answers + few_scales,
    )


def _overdue_first(row: Learner) -> tuple[bool, str, str]:
    return not row.overdue, row.person.casefold(), row.title


@dataclass
class _Teller:
    """What is the same for all that is told of one person and one module."""

    found: Gathered
    modules: Sequence[Module]
    day: datetime.date
    due: datetime.date | None
    alias: Callable[[str], str] | None

    @cached_property
    def titles(self) -> dict[str, str]:
        return {module.id: module.title for module in self.modules}

    def called(self, person: str) -> str:
        """The name of somebody, or where that is not told, what tells her apart."""
        return self.found.people.get(person) or self.found.spelled.get(person, person)

    def learner(self, person: str, module: str, took: Took, given: Iterable[GivenOut]) -> Learner:
        due = took.due or self.due
        version, said_by = _version(took, given)
        return Learner(
            person=self.alias(person) if self.alias else self.called(person),
            module=module,
            title=self.titles[module],
            state=took.state,
            finished=took.finished,
            version=version,
            version_from=said_by,
            due=due,
            overdue=took.state != "finished" and due is not None and due < self.day,
            sources=tuple(f"{origin.file}, row {origin.row}" for origin in took.origins),
        )


def _version(took: Took, given: Iterable[GivenOut]) -> tuple[str, Literal["platform", "record", ""]]:
    """The version that somebody finished: as the platform has it, or the only one that was given out by that day."""
    if took.version:
        return took.version, "platform"
    if took.finished is None:
        return "", ""
    day = took.finished
    held = {each.version for each in given if each.since <= day and (each.until is None or day < each.until)}
    return (held.pop(), "record") if len(held) == 1 else ("", "")


def _finishing(module: Module, rows: Sequence[tuple[Learner, Took]]) -> Finishing:
    states = Counter(row.state for row, _ in rows)
    files = sorted({origin.file for _, took in rows for origin in took.origins})
    return Finishing(
        module=module.id,
        title=module.title,
        people=len(rows),
        finished=states["finished"],
        not_passed=states["not_passed"],
        begun=states["begun"],
        not_begun=states["not_begun"],
        overdue=sum(row.overdue for row, _ in rows),
        sources=tuple(files),
    )


def _months(found: Gathered, minutes: Mapping[str, int]) -> Iterator[Month]:
    """What was finished in each month, the first one first."""
    by_month: defaultdict[str, list[tuple[str, Took]]] = defaultdict(list)
    for (_, module), took in found.took.items():
        if took.state == "finished" and module in minutes:
            by_month[f"{took.finished:%Y-%m}" if took.finished else ""].append((module, took))
    for month, rows in sorted(by_month.items()):
        measured = [took.seconds for _, took in rows if took.seconds is not None]
        planned = sum(minutes[module] for module, _ in rows)
        yield Month(month, len(rows), planned, len(measured), round(sum(measured) / 60))


def _answers(found: Gathered, modules: Iterable[Module]) -> tuple[tuple[Answers, ...], int]:
    """Questions that at least five people have answered, those first that most had wrong; and how many others."""
    rows: list[Answers] = []
    few = 0
    for module in modules:
        texts = {name: block.prompt for name, block in module.named_blocks().items() if isinstance(block, Question)}
        for (name, task), told in found.answers.items():
            if name == module.id and len(told) >= FEWEST:
                right = sum(each.value for each in told.values())
                text = texts.get(task) or found.texts.get((name, task), task)
                rows.append(Answers(module.id, module.title, task, text, len(told), right))
            elif name == module.id:
                few += 1
    return tuple(sorted(rows, key=lambda row: (row.right / row.people, row.title, row.question))), few


def _sureness(found: Gathered, modules: Iterable[Module]) -> tuple[tuple[Sureness, ...], int]:
    """Of modules that ask how sure somebody is at the beginning and at the end: the means of those who told both."""
    rows: list[Sureness] = []
    few = 0
    for module in modules:
        scales = list(module.blocks(Confidence))
        if len(scales) < 2:
            continue
        before, after = (found.sure.get((module.id, scales[index].id), {}) for index in (0, -1))
        both = before.keys() & after.keys()
        if len(both) >= FEWEST:
            means = (sum(before[each][0].value for each in both), sum(after[each][1].value for each in both))
            first, last = (round(total / len(both), 1) for total in means)
            texts = scales[0].prompt, scales[-1].prompt
            rows.append(Sureness(module.id, module.title, *texts, len(both), first, last))
        else:
            few += bool(before or after)
    return tuple(rows), few
