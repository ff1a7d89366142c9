"""The door into an application of SCORM Cloud, where each package is a course of its own.

Source: https://cloud.scorm.com/docs/v2/guides/versioning
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scormpack.check.deployed import DPL_13
from scormpack.deploy.door import Action, Foreseen, Loaded, Parcel, Sent, There
from scormpack.deploy.scorm_cloud.answers import CourseAnswer, moment
from scormpack.deploy.scorm_cloud.client import Cloud
from scormpack.deploy.scorm_cloud.results import fetched
from scormpack.deploy.scorm_cloud.tags import Load, loads, stale, tag_for
from scormpack.deploy.told import told
from scormpack.diagnostics import ContentError
from scormpack.results.fetched import Fetched
from scormpack.source.signs import brief

_STAY = "Registrations of earlier versions: {:,}. They stay with these; whoever begins from now on gets this one."
_MOVES = (
    "The course is set to move whoever has begun to its newest version (WhenToRestartRegistration), without progress."
)
_CHANGED = "{} is no longer there as it was a moment ago: somebody has loaded something else."
_AGAIN = "Run the command again, and look at what it would do now."
_UNKNOWN = -1


@dataclass(frozen=True)
class CloudDoor:
    """Courses of an application whose ids begin with `course` and a dot; where it is empty, those without any."""

    cloud: Cloud
    course: str = ""
    platform: str = "scorm-cloud"

    @property
    def site(self) -> str:
        return str(self.cloud.at)

    def id_of(self, package: str) -> str:
        """What the course of a package is called there."""
        return f"{self.course}.{package}" if self.course else package

    def packages(self) -> tuple[There, ...]:
        """Courses that were loaded by machine: by their tags, and by how their ids begin."""
        begins = self.id_of("")
        found = (
            each for each in self.cloud.courses() if any(tag.startswith("scormpack:") for tag in each.tags or ())
        )
        ours = [each.id for each in found if each.id.startswith(begins) and "." not in each.id.removeprefix(begins)]
        return tuple(_there(name.removeprefix(begins), self.cloud.versions(name)) for name in ours)

    def foresee(self, parcel: Parcel, sent: Sent) -> Foreseen:  # noqa: ARG002 - it is sent when it is loaded
        """By what is there already: it is the platform's own business how a package is read."""
        name = self.id_of(parcel.package)
        versions = self.cloud.versions(name)
        if not versions:
            return Foreseen(Action.NEW, ref=name, ticket=_UNKNOWN)
        newest = loads(versions).get(versions[-1].version)
        if newest and newest.sha256 == parcel.sha256:
            return Foreseen(Action.SAME, newest.version, newest.sha256, ref=name, ticket=versions[-1].version)
        return self._update(name, versions, newest)

    def _update(self, name: str, versions: Sequence[CourseAnswer], newest: Load | None) -> Foreseen:
        """A new version. Whoever has begun meets it only where the course is set so."""
        begun = sum(each.registration_count or 0 for each in versions)
        moves = bool(begun) and self.cloud.moves_learners(name)
        return Foreseen(
            action=Action.UPDATE,
            was=newest.version if newest else "",
            was_sha256=newest.sha256 if newest else "",
            loses=_MOVES if moves else "",
            learners=begun if moves else 0,
            is_by_hand=newest is None,
            ref=name,
            notes=(_STAY.format(begun),) if begun and not moves else (),
            ticket=versions[-1].version,
        )

    def results(self, packages: Collection[str]) -> Iterator[Fetched]:
        for package in packages or [each.package for each in self.packages()]:
            name = self.id_of(package)
            known = loads(self.cloud.versions(name))
            for each in self.cloud.registrations(name):
                yield fetched(self.cloud.application, package, known, each)

    def load(self, parcel: Parcel, foreseen: Foreseen, sent: Sent) -> Loaded:
        name = self.id_of(parcel.package)
        versions = self.cloud.versions(name)
        if (versions[-1].version if versions else _UNKNOWN) != foreseen.ticket:
            raise ContentError([told(DPL_13, _CHANGED.format(name), self.site, _AGAIN)])
        for tag in stale(versions):
            self.cloud.forget_tag(name, tag)
        tag = tag_for(versions, Load(parcel.version, parcel.sha256))
        done = self.cloud.load(name, parcel.name, parcel.read(), tag, sent)
        return Loaded(foreseen.action, name, notes=tuple(brief(each, 500) for each in done.parser_warnings or ()))


def _there(package: str, versions: Sequence[CourseAnswer]) -> There:
    newest = versions[-1]
    known = loads(versions)
    last = known.get(newest.version) or next((known[key] for key in sorted(known, reverse=True)), Load("", ""))
    return There(
        package=brief(package, 100),
        name=brief(newest.title or "", 200),
        version=brief(last.version, 100),
        sha256=last.sha256,
        standard=_standard(newest.course_learning_standard or ""),
        since=int(moment(newest.updated)),
        learners=sum(each.registration_count or 0 for each in versions),
        is_by_hand=newest.version not in known,
        ref=newest.id,
    )


def _standard(name: str) -> str:
    """`1.2` or `2004`; empty for any other."""
    return next((ours for theirs, ours in (("SCORM12", "1.2"), ("SCORM2004", "2004")) if name.startswith(theirs)), "")
