"""The calls of SCORM Cloud's programming interface, version 2, that are made here.

Source: https://pypi.org/project/rustici-software-cloud-v2/5.0.0/, which makes the requests and reads the answers; and
https://cloud.scorm.com/docs/v2/guides/versioning: a course keeps its versions, and whoever has begun stays with hers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scormpack.check.deployed import DPL_06, DPL_09, DPL_10, DPL_15
from scormpack.deploy.http import Address, CallError, Told, Web
from scormpack.deploy.scorm_cloud.answers import (
    BegunAnswer,
    CourseAnswer,
    CoursesAnswer,
    ImportedAnswer,
    JobAnswer,
    PingAnswer,
    RegistrationAnswer,
    RegistrationsAnswer,
    SettingsAnswer,
)
from scormpack.deploy.scorm_cloud.transport import Transport
from scormpack.deploy.token import Token
from scormpack.deploy.told import told
from scormpack.diagnostics import ContentError
from scormpack.source.signs import brief

WAITS: tuple[float, ...] = (1,) * 10 + (5,) * 180  # seconds between two questions how far an import is
_MOST_PAGES = 10_000
_NOT_FOUND = 404
_RESTART = "WhenToRestartRegistration"

Read = TypeVar("Read", bound=BaseModel)
Page = TypeVar("Page", CoursesAnswer, RegistrationsAnswer)


class Cloud:
    """SCORM Cloud, spoken to as an application with its secret: `ID:SECRET`, as one token.

    Every call raises CallError where it comes to nothing.
    """

    def __init__(self, at: Address, token: Token) -> None:
        self.at = at
        self.application = f"{at.origin} {token.reveal().partition(':')[0]}"  # all that is no secret of the token
        self._transport = Transport(Web(at))
        self._library = _library(at, token, self._transport)

    def ping(self) -> None:
        """See that the application is known and its secret is right."""
        self._read(PingAnswer, self._library.ping_app_id)

    def courses(self) -> Iterator[CourseAnswer]:
        """All courses of the application, each in its newest version."""
        for page in self._pages(CoursesAnswer, self._library.get_courses):
            yield from page.courses

    def versions(self, course: str) -> tuple[CourseAnswer, ...]:
        """The versions of a course, the oldest first; none where there is no such course."""
        ask = partial(self._library.get_course_versions, course, include_registration_count=True)
        with _nothing_there():
            found = self._read(CoursesAnswer, ask).courses
            return tuple(sorted(found, key=lambda each: each.version))
        return ()

    def moves_learners(self, course: str) -> bool:
        """Whether whoever has begun a version is moved to a newer one, and begins anew."""
        found = self._read(SettingsAnswer, lambda: self._library.get_course_configuration(course))
        kept = (each.effective_value for each in found.setting_items if each.id == _RESTART)
        return next(kept, None) not in (None, "", "NEVER")

    def forget_tag(self, course: str, tag: str) -> None:
        """Take a tag off a course."""
        self._call(lambda: self._library.delete_course_tags(course, {"tags": [tag]}))

    def load(self, course: str, name: str, data: bytes, tag: str, sent: Told = lambda *_: None) -> ImportedAnswer:
        """Make the file a course, or the new version of one, and wait until that is done.

        `sent` hears how far the file is.
        """
        self._transport.told = sent
        begun = self._read(BegunAnswer, lambda: self._library.upload(course, name, data, tag))
        for wait in WAITS:
            job = self._job(begun.result)
            if job.status == "ERROR":
                words = brief(" ".join((job.message or "It says nothing more.").split()), 500)
                raise CallError(told(DPL_09, f"SCORM Cloud could not import it: {words}", str(self.at)))
            if job.status == "COMPLETE":
                return job.import_result or ImportedAnswer()
            time.sleep(wait)
        raise self._not_known("SCORM Cloud is still importing it, and nobody waits any longer.")

    def _job(self, name: str) -> JobAnswer:
        """How far an import is. Whatever goes wrong here, it goes on there."""
        try:
            return self._read(JobAnswer, lambda: self._library.get_import_job_status(name))
        except CallError as error:
            words = " ".join(each.message for each in error.diagnostics)
            raise self._not_known(f"The file was sent, and what came of it could not be asked. {words}") from None

    def _not_known(self, message: str) -> CallError:
        return CallError(told(DPL_10, message, str(self.at)), is_open=True)

    def registrations(self, course: str) -> Iterator[RegistrationAnswer]:
        """How far each learner came with a course, in any of its versions."""
        with _nothing_there():
            for page in self._pages(RegistrationsAnswer, self._library.get_registrations, course_id=course):
                yield from page.registrations

    def _pages(self, model: type[Page], ask: Callable[..., Any], **first: str) -> Iterator[Page]:
        """Page after page; where one leads to one that was there already, the answer is none."""
        page = self._read(model, lambda: ask(**first))
        seen: set[str] = set()
        yield page
        while token := page.more:
            if token in seen or len(seen) == _MOST_PAGES:
                raise self._transport.no_answer()
            seen.add(token)
            page = self._read(model, partial(ask, more=token))
            yield page

    def _read(self, model: type[Read], call: Callable[[], Any]) -> Read:
        try:
            return model.model_validate(self._call(call))
        except ValidationError:
            raise self._transport.no_answer() from None

    def _call(self, call: Callable[[], Any]) -> Any:
        """What the library makes of an answer. It trips over anything that is none, in many ways."""
        try:
            return call()
        except ContentError:
            raise
        except Exception:
            raise self._transport.no_answer() from None


@contextmanager
def _loggers_as_they_are() -> Iterator[None]:
    """Undo what the library does to loggers, those of urllib3 too: their levels, and what writes to the screen."""
    loggers = [logging.getLogger(name) for name in ("urllib3", "rustici_software_cloud_v2")]
    before = [(each.level, list(each.handlers)) for each in loggers]
    yield
    for logger, (level, handlers) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers[:] = handlers


@contextmanager
def _nothing_there() -> Iterator[None]:
    """Take it as said that there is nothing where the platform does not know what it is asked about."""
    try:
        yield
    except CallError as error:
        if error.status != _NOT_FOUND:
            raise


class _Library:
    """The maker's library, with our transport under it."""

    def __init__(self, client: Any, *apis: Any) -> None:
        self._client, self._apis = client, apis

    def __getattr__(self, name: str) -> Any:
        return next(getattr(each, name) for each in self._apis if hasattr(each, name))

    def upload(self, course: str, name: str, data: bytes, tag: str) -> Any:
        """As its `create_upload_and_import_course_job`, of bytes: that one takes files only."""
        return self._client.call_api(
            "/courses/importJobs/upload",
            "POST",
            query_params=[("courseId", course), ("mayCreateNewVersion", "true"), ("tags", [tag])],
            header_params={"Accept": "application/json"},
            post_params=[("file", (name, data, "application/zip"))],
            response_type="StringResultSchema",
            auth_settings=["APP_NORMAL"],
            collection_formats={"tags": "csv"},
            _return_http_data_only=True,
        )


def _library(at: Address, token: Token, transport: Transport) -> _Library:
    """The library, for one application. Raises ContentError where it is not installed or the token is none."""
    try:
        import rustici_software_cloud_v2 as library
    except ImportError:
        message = "Calls to SCORM Cloud need its maker's library: rustici-software-cloud-v2"
        raise ContentError([told(DPL_15, message, str(at))]) from None
    with _loggers_as_they_are():
        configuration = library.Configuration()
    configuration.host = ""  # the transport knows where
    configuration.username, _, configuration.password = token.reveal().partition(":")
    if not (configuration.username and configuration.password):
        message = "A token for SCORM Cloud is the ID of the application, a colon, and its secret key."
        raise ContentError([told(DPL_06, message, str(at), "Keep it with `scormpack deploy login scorm-cloud`.")])
    client = library.ApiClient(configuration)
    client.rest_client = transport
    return _Library(client, library.PingApi(client), library.CourseApi(client), library.RegistrationApi(client))
