"""Which platforms can be loaded by machine, and how the door of each is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from scormpack.deploy.door import Door
from scormpack.deploy.http import address
from scormpack.deploy.token import token_for


class Destination(NamedTuple):
    """Where a provider's packages go: as somebody wrote it."""

    platform: str
    site: str
    course: str
    section: int = -1


def open_door(to: Destination) -> Door:
    """The door of a destination. Nothing is asked yet. Raises ContentError where it is none, or has no token."""
    return DOORS[to.platform](to)


def _moodle(to: Destination) -> Door:
    from scormpack.deploy.moodle.client import Moodle, course  # here, as each platform needs libraries of its own
    from scormpack.deploy.moodle.door import MoodleDoor

    at, where = address(to.site), course(to.course)
    return MoodleDoor(Moodle(at, token_for(at.origin)), where, to.section)


def _scorm_cloud(to: Destination) -> Door:
    from scormpack.deploy.scorm_cloud.client import SITE, Cloud
    from scormpack.deploy.scorm_cloud.door import CloudDoor

    at = address(to.site or SITE)
    return CloudDoor(Cloud(at, token_for(at.origin)), to.course)


DOORS: Final[Mapping[str, Callable[[Destination], Door]]] = {"moodle": _moodle, "scorm-cloud": _scorm_cloud}
