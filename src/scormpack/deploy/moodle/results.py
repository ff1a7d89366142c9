"""What learners have achieved in a course of a Moodle."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scormpack.check.deployed import DPL_09
from scormpack.deploy.http import CallError
from scormpack.deploy.moodle.answers import ResultAnswer
from scormpack.deploy.moodle.client import Course, Moodle, RefusedError
from scormpack.deploy.told import told
from scormpack.results.fetched import Fetched

_SEE = "See with `scormpack deploy status` which modules are there, and name these."


def fetch(moodle: Moodle, where: Course, packages: Collection[str] = ()) -> Iterator[Fetched]:
    """Every attempt of every learner at these packages, or at all. Raises CallError."""
    for package in packages or ("",):
        try:
            for each in moodle.get_results(where, package):
                yield _fetched(moodle.at.origin, each)
        except RefusedError as error:
            raise _not_there(error) if error.errorcode == "nosuchpackage" else error from None


def _not_there(error: RefusedError) -> CallError:
    """The same, with a remedy for whoever looks for results."""
    (found,) = error.diagnostics
    return CallError(told(DPL_09, found.message, found.place.path, _SEE))


def _fetched(origin: str, found: ResultAnswer) -> Fetched:
    """One attempt. A learner's number is there for ever; names and addresses only where the token may see them."""
    return Fetched(
        key=f"{origin} {found.userid}",
        person=found.username or f"{origin} {found.userid}",
        name=found.fullname,
        email=found.email,
        module=found.package,
        attempt=found.attempt,
        status="not attempted" if found.status == "notattempted" else found.status,
        score=found.score,
        seconds=found.seconds,
        started=found.started,
        last=found.last,
        version=found.version,
    )
