"""What the plugin answers. A newer plugin may say more than is read here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=20_000)]
Completion = Literal["passed", "completed", "either", "other"]


class Answer(BaseModel):
    """A frozen answer, of which what is not known is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class SiteAnswer(Answer):
    """The site, and what the token's user may do in the course that was asked for."""

    plugin: Text
    pluginversion: int
    moodle: Text
    branch: Text
    php: Text
    maxbytes: int
    cronlast: int
    completion: bool
    coursecompletion: bool
    protecteddownloads: bool
    allowed: bool
    course: Text
    courseid: int
    time: int


class PutAnswer(Answer):
    """What was done with a package, or would be done."""

    action: Literal["new", "update", "settings", "same"]
    dryrun: bool
    cmid: int
    courseid: int
    section: int
    name: Text
    standard: Literal["1.2", "2004", ""]
    version: Text
    oldversion: Text
    oldsha256: Text
    progress: Literal["none", "stays", "lost"]
    why: Text
    learners: int
    partway: int
    inside: int
    changedbyhand: bool
    url: Text
    warnings: tuple[Text, ...] = ()


class PackageAnswer(Answer):
    """An activity with a package of ours."""

    cmid: int
    package: Text
    name: Text
    section: int
    visible: bool
    standard: Literal["1.2", "2004", ""]
    version: Text
    sha256: Text
    since: int
    learners: int
    partway: int
    changedbyhand: bool
    completion: Completion
    url: Text


class PackagesAnswer(Answer):
    """All activities with packages of ours in a course."""

    courseid: int
    course: Text
    packages: tuple[PackageAnswer, ...]


class ResultAnswer(Answer):
    """One learner's attempt at one activity."""

    userid: int
    idnumber: Text
    username: Text
    fullname: Text
    email: Text
    package: Text
    cmid: int
    attempt: int
    status: Literal["passed", "failed", "completed", "incomplete", "browsed", "notattempted"]
    score: float | None
    seconds: int
    started: int
    last: int
    version: Text


class ResultsAnswer(Answer):
    """A page of results; `next` is the cursor of the page that follows, empty after the last."""

    results: tuple[ResultAnswer, ...]
    next: Text


class RemovedAnswer(Answer):
    """What became of an activity."""

    removed: bool
    cmid: int
    learners: int


class DraftAnswer(Answer):
    """A file that waits to be put somewhere."""

    itemid: int


class ErrorAnswer(Answer):
    """What Moodle says where it refuses: a code, and a sentence."""

    errorcode: Text = ""
    message: Text = ""
    error: Text = ""
    errortype: Text = ""  # in place of a code, of a file that was sent
