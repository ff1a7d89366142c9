"""What learners have achieved in the courses of an application of SCORM Cloud."""

from __future__ import annotations

from collections.abc import Mapping

from scormpack.deploy.scorm_cloud.answers import RegistrationAnswer, moment
from scormpack.deploy.scorm_cloud.tags import Load
from scormpack.results.fetched import Fetched, Reached


def fetched(application: str, package: str, known: Mapping[int, Load], found: RegistrationAnswer) -> Fetched:
    """How far somebody came with a package. `known` says what each version there was loaded from."""
    who = found.learner
    version = known.get(-1 if found.course.version is None else found.course.version)
    return Fetched(
        key=f"{application} {who.id}",
        person=who.id,
        name=f"{who.first_name or ''} {who.last_name or ''}".strip(),
        email=who.email or "",
        module=package,
        attempt=(found.instance or 0) + 1,
        status=_status(found),
        score=found.score.scaled if found.score else None,
        seconds=found.total_seconds_tracked or 0,
        started=moment(found.first_access_date),
        last=moment(found.completed_date or found.last_access_date),
        version=version.version if version else "",
    )


def _status(found: RegistrationAnswer) -> Reached:
    """The status in one word: whoever has not completed a course has neither passed nor failed it yet."""
    if found.registration_completion != "COMPLETED":
        return "incomplete" if found.registration_completion == "INCOMPLETE" else "not attempted"
    if found.registration_success in ("PASSED", "FAILED"):
        return "passed" if found.registration_success == "PASSED" else "failed"
    return "completed"
