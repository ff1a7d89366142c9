"""The platform's page and the files of the course, as a preview serves them: from memory, and never an old one."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import unquote

from scormpack.lms.exchange import Answer, Refusal, Request, answer_json
from scormpack.lms.files import answer_file
from scormpack.lms.scorm import page_with
from scormpack.package import Package
from scormpack.render.bundles import BUNDLES, bundle

COURSE = "course/"
ENGINE = "engine.js"
_NOTE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>body {{ font: 1.125rem/1.5 system-ui, sans-serif; max-width: 30em; margin: 2em auto; padding: 0 1em; }}</style>
</head>
<body>
<h1>{title}</h1>
<p>{text}</p>
</body>
</html>
"""


class House:
    """Everything below `/<id>/` that is only read. `desk` is the origin of the page that may show it in a frame."""

    def __init__(self, id: str, package: Package, desk: str, as_if: Callable[[str, bytes], bytes]) -> None:  # noqa: A002
        self.path = f"/{id}/"
        self._desk = desk
        self._as_if = as_if
        self._tags: dict[str, tuple[bytes, str]] = {}
        self.package = package
        self.move_in(package)

    def move_in(self, package: Package) -> None:
        """Serve the files of `package` from now on."""
        self.package = package
        self._files = {entry.path: entry.data for entry in package.entries}

    def inner(self, request: Request) -> str:
        """The path of a request below that of the run. Raises a Refusal (404) for any other."""
        if not request.path.startswith(self.path):
            raise Refusal(404, "there is no such run")
        return request.path.removeprefix(self.path)

    def read(self, request: Request, path: str) -> Answer:
        """What is there for each kind of run: the page and its script, and the files of the course."""
        match request.method, path:
            case "GET", "":
                return self.page()
            case _, "run.js":
                return self.script(request, path)
        return self.file(request, path.removeprefix(COURSE)) if path.startswith(COURSE) else Answer(404)

    def page(self, *engine: str) -> Answer:
        """The platform's page, which asks for a launch; `engine` is the script of its API, where there is one."""
        return self._html(page_with("Preview", *engine, "run.js"))

    def launch(self, facts: dict[str, Any]) -> Answer:
        """What the page has to know of a launch: `Facts` in page.ts has the words."""
        whole = {"desk": self._desk, "scorm": None, "owner": "", "by": "", **facts}
        return answer_json(whole, Cache_Control="no-store")

    def script(self, request: Request, name: str, standard: str = "") -> Answer:
        """The script of the page, or the API of a standard."""
        return self._kept(request, name, _engine(standard) if name == ENGINE else bundle(name).encode())

    def login(self) -> Answer:
        """The page of a platform that has forgotten who is logged in."""
        text = "The session has expired. Switch this trouble off, and open the course again."
        return self._html(_NOTE.format(title="Log in", text=text))

    def left(self) -> Answer:
        """The page that a course leads to when it is left."""
        text = "This is where your platform takes over again."
        return self._html(_NOTE.format(title="You have left the course", text=text))

    def file(self, request: Request, path: str) -> Answer:
        """A file of the course, as the learner's device has to see it."""
        path = unquote(path)
        data = self._files.get(path)
        if data is None or request.method not in ("GET", "HEAD"):
            return answer_file(request, path, data)
        return self._kept(request, path, self._as_if(path, data))

    def _kept(self, request: Request, path: str, data: bytes) -> Answer:
        """A page is never kept by the browser; it asks whether the rest is still the same."""
        answer = answer_file(request, path, data)
        if answer.headers["Content-Type"].startswith("text/html"):
            return self._framed(answer)
        tag = self._tag(path, data)
        headers = {**answer.headers, "Cache-Control": "no-cache", "ETag": tag}
        if request.header("If-None-Match") == tag:
            return Answer(304, headers=headers)
        return replace(answer, headers=headers)

    def _tag(self, path: str, data: bytes) -> str:
        known, tag = self._tags.get(path, (None, ""))
        if known is not data:
            tag = f'"{crc32(data):08x}-{len(data)}"'
            self._tags[path] = (data, tag)
        return tag

    def _html(self, text: str) -> Answer:
        return self._framed(Answer(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"}))

    def _framed(self, answer: Answer) -> Answer:
        policy = f"frame-ancestors 'self' {self._desk}"
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", **answer.headers}
        return replace(answer, headers=headers)


@cache
def _engine(standard: str) -> bytes:
    """The API of a standard: scorm-again's, as it is."""
    return (BUNDLES / "scorm-again" / f"{standard}.min.js").read_bytes()
