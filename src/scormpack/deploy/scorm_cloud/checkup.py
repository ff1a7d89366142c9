"""Whether an application of SCORM Cloud is ready for packages."""

from __future__ import annotations

from collections.abc import Iterator

from scormpack.deploy.checkup import Line, Verdict, encrypted, wrong
from scormpack.deploy.door import There
from scormpack.deploy.http import address
from scormpack.deploy.scorm_cloud.client import Cloud
from scormpack.deploy.scorm_cloud.door import CloudDoor
from scormpack.deploy.token import token_for
from scormpack.diagnostics import ContentError
from scormpack.report.words import counted

_STAY = "Set “WhenToRestartRegistration” of this course to NEVER: then whoever has begun stays with their version."
_LOAD = "Run `scormpack deploy scorm-cloud`: it makes what was released the newest version again."


def examine(site: str, course: str) -> Iterator[Line]:
    """Look at one thing after another, as far as we are let in."""
    about = "Address"
    try:
        at = address(site)
        yield encrypted(at)
        about = "Application"
        door = CloudDoor(Cloud(at, token_for(at.origin)), course)
        door.cloud.ping()
        yield Line(about, Verdict.OK, "It is known, and its secret key is right.")
        about = "Courses"
        found = door.packages()
        yield Line(about, Verdict.OK, f"{counted(len(found), 'course')} loaded by machine.")
        for each in found:
            yield _course(door, each)
    except ContentError as error:
        yield wrong(about, error)


def _course(door: CloudDoor, there: There) -> Line:
    if there.is_by_hand:
        return Line(there.package, Verdict.LOOK, "Somebody has put another file there by hand.", _LOAD)
    if door.cloud.moves_learners(there.ref):
        says = "Whoever has begun is moved to a new version, and loses what they have done."
        return Line(there.package, Verdict.LOOK, says, _STAY)
    return Line(there.package, Verdict.OK, f"{there.version}; whoever has begun stays with their version.")
