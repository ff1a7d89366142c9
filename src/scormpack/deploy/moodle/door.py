"""The door into a course of a Moodle."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from scormpack.check.deployed import DPL_13
from scormpack.deploy.door import Action, Foreseen, Loaded, Parcel, Sent, There
from scormpack.deploy.http import Address
from scormpack.deploy.moodle.answers import PackageAnswer, PutAnswer
from scormpack.deploy.moodle.client import Course, Moodle
from scormpack.deploy.moodle.results import fetch
from scormpack.deploy.told import told
from scormpack.diagnostics import ContentError
from scormpack.results.fetched import Fetched
from scormpack.source.signs import brief


@dataclass(frozen=True)
class MoodleDoor:
    """A course of a Moodle; what is new there goes into `section`, its top where that is -1."""

    moodle: Moodle
    where: Course
    section: int = -1
    platform: str = "moodle"

    @property
    def at(self) -> Address:
        """The site."""
        return self.moodle.at

    @property
    def site(self) -> str:
        return str(self.at)

    @property
    def course(self) -> str:
        return str(self.where)

    def packages(self) -> tuple[There, ...]:
        return tuple(_there(each) for each in self.moodle.get_packages(self.where).packages)

    def foresee(self, parcel: Parcel, sent: Sent) -> Foreseen:
        """What Moodle says. It can judge what it has: so whatever is not there already is sent, and waits."""
        plain = self._put(parcel, 0, dry_run=True)
        if plain.action == "same":
            return _foreseen(plain, 0)
        draft = self.moodle.upload(parcel.name, parcel.read(), sent)
        return _foreseen(self._put(parcel, draft, dry_run=True), draft)

    def load(self, parcel: Parcel, foreseen: Foreseen, sent: Sent) -> Loaded:  # noqa: ARG002 - it was sent before
        now = _foreseen(self._put(parcel, foreseen.ticket, dry_run=True), foreseen.ticket)
        if now.was_sha256 != foreseen.was_sha256 or (now.learners and not foreseen.learners):
            raise ContentError([told(DPL_13, _CHANGED.format(parcel.package), self.site, _AGAIN)])
        done = self._put(parcel, foreseen.ticket, dry_run=False)
        return Loaded(Action(done.action), str(done.cmid), brief(done.url, 500), _notes(done))

    def results(self, packages: Collection[str]) -> Iterator[Fetched]:
        return fetch(self.moodle, self.where, packages)

    def _put(self, parcel: Parcel, draft: int, dry_run: bool) -> PutAnswer:
        settings = {} if parcel.is_marked or parcel.target == "scorm12" else _NEVER_PASSED
        return self.moodle.put_package(
            self.where, parcel.package, draft, parcel.sha256, self.section, settings=settings, dry_run=dry_run
        )


# SCORM 2004 has a status for having passed, and one for having completed; nobody passes where nothing is marked.
_NEVER_PASSED = {"completion": "completed"}
_CHANGED = "{} is no longer there as it was a moment ago: somebody has begun it, or has loaded something else."
_AGAIN = "Run the command again, and look at what it would do now."


def _there(each: PackageAnswer) -> There:
    return There(
        package=brief(each.package, 100),
        name=brief(each.name, 200),
        version=brief(each.version, 100),
        sha256=brief(each.sha256, 64),
        standard=each.standard,
        since=each.since,
        learners=each.learners,
        partway=each.partway,
        is_by_hand=each.changedbyhand,
        is_visible=each.visible,
        ref=str(each.cmid),
        url=brief(each.url, 500),
    )


def _foreseen(answer: PutAnswer, draft: int) -> Foreseen:
    return Foreseen(
        action=Action(answer.action),
        was=brief(answer.oldversion, 100),
        was_sha256=brief(answer.oldsha256, 64),
        loses=brief(answer.why or "The platform says so.", 500) if answer.progress == "lost" else "",
        learners=answer.learners,
        partway=answer.partway,
        inside=answer.inside,
        is_by_hand=answer.changedbyhand,
        ref=str(answer.cmid or ""),
        notes=_notes(answer),
        ticket=draft,
    )


def _notes(answer: PutAnswer) -> tuple[str, ...]:
    return tuple(brief(each, 500) for each in answer.warnings)
