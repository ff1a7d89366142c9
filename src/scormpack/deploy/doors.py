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

    @property
    def lacks(self) -> str:
        """What somebody still has to say: the site, the course, or nothing."""
        if not self.site:
            return "the site"
        return "the course" if not self.course and self.platform not in WHOLE else ""

    def __str__(self) -> str:
        return f"{self.course} at {self.site}" if self.course else self.site


def destination(platform: str, site: str, course: str, section: int = -1) -> Destination:
    """A destination; where no site is given, it is the platform's own, if it has one."""
    return Destination(platform, site or SITES.get(platform, ""), course, section)


def open_door(to: Destination) -> Door:
    """The door of a destination. Nothing is asked yet. Raises ContentError where it is none, or has no token."""
    return DOORS[to.platform](to)


def _moodle(to: Destination) -> Door:
    from scormpack.deploy.moodle.client import Moodle, course  # here, as each platform needs libraries of its own
    from scormpack.deploy.moodle.door import MoodleDoor

    at, where = address(to.site), course(to.course)
    return MoodleDoor(Moodle(at, token_for(at.origin)), where, to.section)


def _scorm_cloud(to: Destination) -> Door:
    from scormpack.deploy.scorm_cloud.client import Cloud
    from scormpack.deploy.scorm_cloud.door import CloudDoor

    at = address(to.site)
    return CloudDoor(Cloud(at, token_for(at.origin)), to.course)


DOORS: Final[Mapping[str, Callable[[Destination], Door]]] = {"moodle": _moodle, "scorm-cloud": _scorm_cloud}
SITES: Final[Mapping[str, str]] = {"scorm-cloud": "https://cloud.scorm.com/api/v2"}  # of platforms with but one
WHOLE: Final = {"scorm-cloud"}  # where packages need no course to be in: each is one
