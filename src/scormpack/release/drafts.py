"""What is about to be given out, module by module, held against what was given out before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scormpack.batch import Plan
from scormpack.check.released import RLS_01, RLS_02
from scormpack.content.module import Module
from scormpack.diagnostics import Diagnostic
from scormpack.inspect.judgement import Judgement, Step, judge, next_version
from scormpack.inspect.shape import Shape
from scormpack.release.content import content_of
from scormpack.release.record import History
from scormpack.release.shape import shape_of


@dataclass(frozen=True)
class Draft:
    """A module that is about to be given out: what it says, as a name, and what progress in it hangs on."""

    module: Module
    content: str
    shape: Shape


def drafts_of(work: Plan) -> dict[str, Draft]:
    """The draft of every module that is planned."""
    return {each.id: Draft(each, content_of(each, work.library), shape_of(each)) for each in work.modules}


def check_versions(drafts: Iterable[Draft], history: History) -> Iterator[Diagnostic]:
    """Whether each version is a new one, or says what it said; and whether a new one says how much has changed."""
    for draft in drafts:
        module = draft.module
        known = history.version(module.id, module.version)
        if known is None:
            yield from _says_too_little(draft, history)
        elif known.content != draft.content:
            first = history.first[module.id, module.version]
            message = f"version {module.version} was given out in release {first}, with other content"
            hint = f"Raise `version` to {_proposed(draft, module.version, history)}."
            yield RLS_01.finding(message, module.place("version"), hint, module.version)


def _proposed(draft: Draft, then: str, history: History) -> str:
    """The version that says how much has changed since version `then`: later than any that was given out."""
    highest = history.versions(draft.module.id)[-1]
    return next_version(highest, _since(draft, then, history).step)


def _since(draft: Draft, then: str, history: History) -> Judgement:
    """What has become of the module since version `then`, which was given out."""
    known = history.version(draft.module.id, then)
    return judge(known.shape, draft.shape) if known else Judgement()


def _says_too_little(draft: Draft, history: History) -> Iterator[Diagnostic]:
    module, given = draft.module, history.versions(draft.module.id)
    if not given:
        return
    highest = given[-1]
    judgement = _since(draft, highest, history)
    if _numbers(module.version) >= _numbers(next_version(highest, judgement.step)):
        return
    if _numbers(module.version) < _numbers(highest):
        message = f"version {module.version} is lower than {highest}, which was given out"
    else:
        message = f"version {module.version} says less than has changed since {highest}: {_CHANGED[judgement.step]}"
    hint = f"Raise `version` to {_proposed(draft, highest, history)}."
    yield RLS_02.finding(message, module.place("version"), hint, module.version)


_CHANGED = {Step.MAJOR: "progress is lost", Step.MINOR: "there is other work to do", Step.PATCH: "other words"}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
