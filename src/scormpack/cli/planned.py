"""The plan for what a command was asked to do. It needs everything, so what can do without it is quicker."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scormpack.batch import Plan, plan
from scormpack.cli.library import refuse_unknown
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.diagnostics import ContentError, Diagnostic
from scormpack.targets import ALIASES, TARGETS


def planned(
    root: Path,
    modules: Iterable[str] = (),
    providers: Iterable[str] = (),
    targets: Iterable[str] = (),
    overdue: bool = False,
    courses: Iterable[str] = (),
) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan, or what is wrong with the library; a name that the library does not have ends the command."""
    refuse_unknown("target", targets, [*TARGETS, *ALIASES])
    try:
        library = load_library(root)
        refuse_unknown("module", modules, library.modules)
        refuse_unknown("provider", providers, library.providers.names)
        refuse_unknown("course", courses, library.courses)
        return plan(library, today(), tuple(modules), tuple(providers), tuple(targets), overdue, tuple(courses)), []
    except ContentError as error:
        return None, list(error.diagnostics)
