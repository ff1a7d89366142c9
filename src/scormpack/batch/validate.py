"""What a build would find, without building."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from scormpack.batch.plan import Plan
from scormpack.cache import NOTHING, Cache
from scormpack.check.waivers import spent
from scormpack.content.module import Module
from scormpack.content.provider import Provider
from scormpack.diagnostics import ContentError, Diagnostic
from scormpack.processes import results_of
from scormpack.road import Examined, examine, prepare, suits
from scormpack.source.node import Node
from scormpack.targets import Target


def validate_all(work: Plan, cache: Cache = NOTHING, processes: int = 1) -> Iterator[Diagnostic]:
    """Everything that a build of `work` would find before it renders, each finding once.

    With several `processes`, as many modules are checked at once; what is found comes in the same order.
    """
    return iter(dict.fromkeys(_findings(work, cache, processes)))


class Checked(NamedTuple):
    """What was found in a module, and of that what is about each provider's course.

    None where a reference leads nowhere: then not everything was looked for.
    """

    findings: Sequence[Diagnostic]
    about_provider: Mapping[str, Sequence[Diagnostic]] | None


def _findings(work: Plan, cache: Cache, processes: int) -> Iterator[Diagnostic]:
    yield from work.findings
    yield from (finding for found in work.barred.values() for finding in found)
    whole = work.complete
    about_provider: dict[str, list[Diagnostic]] = {provider.id: [] for provider in work.providers}
    for found, about in results_of(work.modules, lambda module: [_checked(module, work, cache)], processes):
        yield from found
        whole = whole and about is not None  # a waiver may cover what was not looked for
        for name, findings in (about or {}).items():
            about_provider[name] += findings
    if whole:
        yield from _spent_elsewhere(work, about_provider)


def _checked(module: Module, work: Plan, cache: Cache) -> Checked:
    try:
        examined = examine(module, work.library, work.day, work.overdue, cache)
    except ContentError as error:
        return Checked(error.diagnostics, None)
    return check_examined(examined, work.providers, work.every_target, _in_file(work, module), work.day)


def check_examined(
    examined: Examined,
    providers: Iterable[Provider],
    targets: Iterable[Target],
    beside: Sequence[Diagnostic],
    day: datetime.date,
) -> Checked:
    """What is found in a module for these providers and targets; `beside` is what the library's rules found in it."""
    found = [*examined.findings, *(each for target in targets for each in suits(examined, target))]
    about: dict[str, Sequence[Diagnostic]] = {each.id: _course_findings(examined, each) for each in providers}
    found += (finding for findings in about.values() for finding in findings)
    return Checked([*found, *spent(examined.module.waive, [*found, *beside], day)], about)


def _course_findings(examined: Examined, provider: Provider) -> list[Diagnostic]:
    try:
        return list(prepare(examined, provider).findings)
    except ContentError as error:
        return list(error.diagnostics)


def _spent_elsewhere(work: Plan, about_provider: Mapping[str, Sequence[Diagnostic]]) -> Iterator[Diagnostic]:
    """Needless waivers outside of modules: what they cover is known only when everything has been checked."""
    for provider in work.providers:
        yield from spent(provider.waive, about_provider[provider.id], work.day)
    for recommendation in work.library.recommendations.values():
        yield from spent(recommendation.waive, _in_file(work, recommendation), work.day)
    yield from spent(work.library.settings.waive, work.findings, work.day)


def _in_file(work: Plan, node: Node) -> list[Diagnostic]:
    """What was found about the library in the file of `node`, or in the folder if that is a module."""
    begin = node.place().path.removesuffix("module.yaml")
    return [finding for finding in work.findings if finding.place.path.startswith(begin)]
