"""A small SCORM Cloud, as far as version 2 of its programming interface is used here.

    with cloud() as service:
        service.fault("parser-refuses")
        ...  # service.url, service.app, service.secret
        assert service.versions("may-have-died") == ["may-have-died.zip"]

Its paths, parameters and answers are those of the maker's own library (`rustici-software-cloud-v2`), whose models a
test holds them to. What its documentation says besides: a course keeps all of its versions; registrations stay with
the version that they began; tags are added to those that are there; a token `more` goes alone.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from .going_wrong import Cut, send_without_end

APP, SECRET = "HOMECARE7X", "s3cret-of-the-application"
PAGE = 2  # courses or registrations in one answer: there are always several

# What can go wrong, and where: `fault()` takes one of these names.
FAULTS = {
    "parser-refuses": "the job ends in an error, with the parser's words",
    "parser-warns": "the job ends well, with the parser's warnings",
    "no-end": "the job runs for ever",
    "job-lost": "nobody knows the job any longer",
    "full": "the account has no room left",
    "busy": "too many requests",
    "broken": "an error of the service",
    "cut-at-upload": "the connection ends while the file is on its way",
    "cut-after-upload": "the job has begun, and the answer is lost",
    "cut-at-job": "the connection ends when the job is asked for",
    "login-page": "a proxy in front answers with its page, and 200",
    "redirect": "the service has another address",
    "huge-answer": "an answer without an end",
    "other-answer": "JSON of another form",
    "same-page": "the token of the next page is always the same",
}


class Answer(NamedTuple):
    """A status, and what is said with it."""

    status: int
    body: Any = None


@dataclass
class Course:
    """A course: the names of the files of its versions, the first one first."""

    id: str
    title: str
    files: list[str]
    tags: list[str] = field(default_factory=list)
    registrations: int = 0  # of each version
    restart: str = "NEVER"
    updated: str = "2026-11-30T09:00:00.000Z"


@dataclass
class Job:
    """An import: how often it is still asked for in vain, and what it ends with."""

    asks: int
    ends: Answer


def registration(course: str, name: str, who: str = "lucja", **more: Any) -> dict[str, Any]:
    """A registration of somebody for a course."""
    return {
        "id": name,
        "instance": 0,
        "updated": "2026-09-01T22:54:53.000Z",
        "registrationCompletion": "COMPLETED",
        "registrationSuccess": "PASSED",
        "score": {"scaled": 87.5},
        "totalSecondsTracked": 754.0,
        "createdDate": "2026-09-01T22:00:00.000Z",
        "firstAccessDate": "2026-09-01T22:33:20.000Z",
        "lastAccessDate": "2026-09-01T22:54:53.000Z",
        "completedDate": "2026-09-01T22:54:53.000Z",
        "course": {"id": course, "title": f"The title of {course}", "version": 0},
        "learner": {"id": who, "email": f"{who}@example.org", "firstName": who.title(), "lastName": "Example"},
        **more,
    }


class Cloud:
    """What the service keeps, and how it is told to go wrong."""

    def __init__(self) -> None:
        self.app, self.secret, self.url = APP, SECRET, ""
        self.courses: dict[str, Course] = {}
        self.registrations: list[dict[str, Any]] = []
        self.jobs: dict[str, Job] = {}
        self.asks = 1  # how often a job says that it is running
        self.requests: list[tuple[str, str, dict[str, str]]] = []  # method, path with query, headers
        self.ended = threading.Event()
        self._faults: dict[str, int] = {}
        self._lock = threading.RLock()

    def fault(self, name: str, times: int = 10**6) -> None:
        """Go wrong in this way, the next so many times."""
        assert name in FAULTS, f"{name} is none of {', '.join(FAULTS)}"
        self._faults[name] = times

    def goes_wrong(self, name: str) -> bool:
        """Whether this is to go wrong now."""
        with self._lock:
            left = self._faults.get(name, 0)
            self._faults[name] = max(left - 1, 0)
            return left > 0

    def versions(self, course: str) -> list[str]:
        """The files of a course's versions."""
        return self.courses[course].files if course in self.courses else []

    def put_by_hand(self, course: str, title: str) -> None:
        """Somebody loads a file on the pages of the service."""
        with self._lock:
            found = self.courses.setdefault(course, Course(course, title, []))
            found.files.append("by-hand.zip")

    def asked(self, path: str) -> list[str]:
        """The requests for a path that begins so, each with its method."""
        return [f"{method} {each}" for method, each, _ in self.requests if each.startswith(path)]

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes, kind: str) -> Answer:
        """What the service answers."""
        with self._lock:
            for pattern, work in _PATHS.items():
                if found := re.fullmatch(pattern, f"{method} {path}"):
                    return work(self, [unquote(each) for each in found.groups()], query, (kind, body))
        return Answer(404, {"message": "No such resource."})

    def _ping(self, *_: Any) -> Answer:
        return Answer(200, {"apiMessage": "OK", "currentTime": "2026-11-30T09:00:00.000Z"})

    def _list(self, _: list[str], query: dict[str, str], __: Any) -> Answer:
        return self._paged("courses", [self._course(each) for each in self.courses.values()], query)

    def _one(self, names: list[str], *_: Any) -> Answer:
        found = self.courses.get(names[0])
        return Answer(200, self._course(found)) if found else self._no_course(names[0])

    def _no_course(self, course: str) -> Answer:
        return Answer(404, {"message": f"Could not find course with id '{course}'"})

    def _course(self, course: Course) -> dict[str, Any]:
        return {
            "id": course.id,
            "title": course.title,
            "created": "2026-11-01T08:00:00.000Z",
            "updated": course.updated,
            "version": len(course.files) - 1,
            "registrationCount": course.registrations,
            "activityId": f"https://cloud.example/{course.id}",
            "courseLearningStandard": "SCORM12",
            "tags": course.tags,
            "dispatched": False,
        }

    def _configuration(self, names: list[str], *_: Any) -> Answer:
        found = self.courses.get(names[0])
        if found is None:
            return self._no_course(names[0])
        value = {"effectiveValue": found.restart, "effectiveValueSource": "default"}
        return Answer(200, {"settingItems": [{"id": "WhenToRestartRegistration", **value}]})

    def _upload(self, _: list[str], query: dict[str, str], sent: tuple[str, bytes]) -> Answer:
        if self.goes_wrong("full"):
            return Answer(400, {"message": "The course limit of this account has been reached."})
        name, data = _file(*sent)
        course = query["courseId"]
        if course in self.courses and query.get("mayCreateNewVersion", "").lower() != "true":
            return Answer(400, {"message": f"A course with id '{course}' already exists."})
        job = f"job-{len(self.jobs) + 1}"
        self.jobs[job] = self._job(job, course, name, data, query.get("tags", ""))
        if self.goes_wrong("cut-after-upload"):
            raise Cut
        return Answer(200, {"result": job})

    def _job(self, job: str, course: str, name: str, data: bytes, tags: str) -> Job:
        if self.goes_wrong("parser-refuses") or not data.startswith(b"PK"):
            message = "The imsmanifest.xml could not be parsed: line 3, 'resource' is not closed."
            return Job(self.asks, Answer(200, {"jobId": job, "status": "ERROR", "message": message}))
        found = self.courses.setdefault(course, Course(course, f"The title of {course}", []))
        found.files.append(name)
        found.tags += [each for each in tags.split(",") if each and each not in found.tags]
        warns = self.goes_wrong("parser-warns")
        result = {
            "webPathToCourse": f"/courses/{course}/{len(found.files) - 1}/",
            "parserWarnings": ["No mastery score was given."] if warns else [],
            "courseLanguages": ["en"],
            "course": self._course(found),
        }
        ends = {"jobId": job, "status": "COMPLETE", "message": "Import completed.", "importResult": result}
        return Job(self.asks, Answer(200, ends))

    def _asked_job(self, names: list[str], *_: Any) -> Answer:
        if self.goes_wrong("cut-at-job"):
            raise Cut
        found = self.jobs.get(names[0])
        if found is None or self.goes_wrong("job-lost"):
            return Answer(404, {"message": f"Could not find import job '{names[0]}'"})
        found.asks -= 1
        if found.asks >= 0 or self.goes_wrong("no-end"):
            return Answer(200, {"jobId": names[0], "status": "RUNNING", "message": "Importing."})
        return found.ends

    def _untag(self, names: list[str], _: Any, sent: tuple[str, bytes]) -> Answer:
        found = self.courses.get(names[0])
        if found is None:
            return self._no_course(names[0])
        gone = json.loads(sent[1])["tags"]
        found.tags = [each for each in found.tags if each not in gone]
        return Answer(204)

    def _versions(self, names: list[str], *_: Any) -> Answer:
        found = self.courses.get(names[0])
        if found is None:
            return self._no_course(names[0])
        newest = self._course(found)
        return Answer(200, {"courses": [{**newest, "version": number} for number in range(len(found.files))]})

    def _registrations(self, _: list[str], query: dict[str, str], __: Any) -> Answer:
        course = query.get("courseId")
        found = [each for each in self.registrations if course in (None, each["course"]["id"])]
        if course and course not in self.courses:
            return self._no_course(course)
        return self._paged("registrations", found, query)

    def _paged(self, what: str, rows: list[Any], query: dict[str, str]) -> Answer:
        """A page of them. The token of the next one holds what was asked for."""
        more = query.get("more")
        if more and len(query) > 1:
            return Answer(400, {"message": "The more token cannot be combined with other parameters."})
        if more:
            rest, _, course = more.partition(".")
            begin = int(rest)
            rows = [each for each in rows if not course or each.get("course", {}).get("id") == course]
        else:
            begin, course = 0, query.get("courseId", "")
        end = begin + PAGE
        token = f"{end}.{course}" if end < len(rows) else None
        return Answer(200, {what: rows[begin:end], "more": f"0.{course}" if self.goes_wrong("same-page") else token})


_PATHS = {
    r"GET /ping": Cloud._ping,
    r"GET /courses": Cloud._list,
    r"POST /courses/importJobs/upload": Cloud._upload,
    r"GET /courses/importJobs/([^/]+)": Cloud._asked_job,
    r"GET /courses/([^/]+)": Cloud._one,
    r"GET /courses/([^/]+)/versions": Cloud._versions,
    r"GET /courses/([^/]+)/configuration": Cloud._configuration,
    r"DELETE /courses/([^/]+)/tags": Cloud._untag,
    r"GET /registrations": Cloud._registrations,
}


def _file(kind: str, body: bytes) -> tuple[str, bytes]:
    """The name and the bytes of the file in a form that was sent in parts."""
    boundary = re.search(r'boundary="?([^";]+)', kind)
    assert boundary, "the upload is not multipart/form-data"
    (part,) = body.split(b"--" + boundary[1].encode())[1:-1]
    head, _, content = part.partition(b"\r\n\r\n")
    name = re.search(rb'name="file"; filename="([^"]*)"', head)
    assert name, "the part is not called `file`, or its file has no name"
    return name[1].decode(), content.removesuffix(b"\r\n")


class Handler(BaseHTTPRequestHandler):
    """Reads requests, and lets the service answer whoever has the secret."""

    protocol_version = "HTTP/1.1"
    cloud: Cloud

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
        """Nothing: tests look at `Cloud.requests`."""

    def do_GET(self) -> None:
        """Any request."""
        self.cloud.requests.append((self.command, self.path, dict(self.headers.items())))
        try:
            if self.command == "POST" and self.cloud.goes_wrong("cut-at-upload"):
                self.rfile.read(1)
                raise Cut
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if not self._in_front():
                self._answer(body)
        except Cut:
            self.close_connection = True
            self.connection.close()

    do_POST = do_DELETE = do_GET  # noqa: N815  # their names there

    def _in_front(self) -> bool:
        """What answers before the service does, if anything."""
        wrong = self.cloud.goes_wrong
        if wrong("redirect"):
            self._send(302, b"", {"Location": "https://elsewhere.example" + self.path})
        elif wrong("login-page"):
            self._send(200, b"<!DOCTYPE html><html><title>Sign in</title></html>", {"Content-Type": "text/html"})
        elif wrong("busy"):
            self._send_json(Answer(429, {"message": "Too many requests."}))
        elif wrong("broken"):
            self._send_json(Answer(500, {"message": "An unexpected error occurred."}))
        elif wrong("huge-answer"):
            send_without_end(self, self.cloud.ended)
        elif not self._is_known():
            self._send_json(Answer(401, {"error": "Authorization Required."}))
        else:
            return False
        return True

    def _is_known(self) -> bool:
        wanted = base64.b64encode(f"{self.cloud.app}:{self.cloud.secret}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {wanted}"

    def _answer(self, body: bytes) -> None:
        split = urlsplit(self.path)
        query = dict(parse_qsl(split.query, keep_blank_values=True))
        path = split.path.removeprefix("/api/v2")
        answer = self.cloud.answer(self.command, path, query, body, self.headers.get("Content-Type", ""))
        if self.cloud.goes_wrong("other-answer"):
            answer = Answer(200, ["something", "else"])
        self._send_json(answer)

    def _send_json(self, answer: Answer) -> None:
        body = b"" if answer.body is None else json.dumps(answer.body).encode()
        self._send(answer.status, body, {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Says nothing of connections that end in the middle: they are meant to."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Show what is wrong with the service itself."""
        if not isinstance(sys.exc_info()[1], OSError | ValueError):  # of a file that is closed, ValueError
            super().handle_error(request, client_address)


@contextmanager
def cloud() -> Iterator[Cloud]:
    """A service on this machine, on a free port, until the end of the context."""
    service = Cloud()
    handler = type("Handler", (Handler,), {"cloud": service})
    server = Server(("127.0.0.1", 0), handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}/api/v2"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
