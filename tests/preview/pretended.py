"""A preview that only pretends: its page is the real one, and what it is told is what a test says."""

from __future__ import annotations

import threading
from typing import Any

from scormpack.lms.exchange import Answer, Refusal, Request, answer_json
from scormpack.lms.server import Server
from scormpack.render.bundles import bundle

PATIENCE = 20  # seconds that the page waits for news
HEARD = 20  # seconds that a test waits for what the page says
TYPES = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript"}

# A platform with a course in it, as the page sees it: it tells where the learner is, and does what it is told.
PLATFORM = b"""<!doctype html><html lang="en"><title>Course</title><main><h1>A course</h1><p id="place"></p>
<button>Next</button></main>
<script>
const [page, screen] = (location.hash.slice(1) || "begin~0").split("~");
let at = Number(screen);
const tell = () => {
  document.querySelector("#place").textContent = `${page} ${at}`;
  parent.postMessage({ scormpack: "where", page, screen: at }, "*");
};
document.querySelector("button").onclick = () => { at += 1; tell(); };
addEventListener("message", ({ data }) => { if (data.scormpack === "close") document.body.textContent = "Closed."; });
tell();
</script></html>"""


def finding(code: str = "FRM-02", severity: str = "error", **more: Any) -> dict[str, Any]:
    """A finding as the server tells it."""
    return {
        "code": code,
        "severity": severity,
        "message": "`promt`: no such field",
        "place": {"path": "hands/pages/when.md", "line": 5, "column": 1},
        "hint": "Did you mean `prompt`?",
        "excerpt": "promt: Which of these do you do first?\n^^^^^",
        "reason": "What is spelled in another way is not read, and the learner misses it.",
        "waived": False,
        **more,
    }


def entry(number: int, what: str = "LMSSetValue", **more: Any) -> dict[str, Any]:
    """An entry of the record as the server tells it."""
    return {
        "number": number,
        "session": 1,
        "at": number / 4,
        "what": what,
        "given": ["cmi.core.lesson_location", f"page-{number}"],
        "answer": "true",
        "refused": False,
        "flaws": [],
        "trouble": "",
        "detail": {"call": what, "arguments": ["cmi.core.lesson_location", f"page-{number}"], "error": "0"},
        **more,
    }


def trouble(name: str, platform: str = "Moodle", **more: Any) -> dict[str, Any]:
    """Something that can go wrong, as the server tells it."""
    return {
        "name": name,
        "title": f"As {platform} does when the signal goes",
        "platform": platform,
        "sentence": "It says that all is saved, and nothing is.",
        "kind": "requests",
        "on": False,
        **more,
    }


def module(name: str, title: str, **more: Any) -> dict[str, Any]:
    """A module as the server tells it."""
    counts = {"errors": 0, "warnings": 0, "notes": 0, "comments": 0}
    return {"id": name, "title": title, "version": "1.0.0", "minutes": 12, "readable": True, **counts, **more}


class Pretended:
    """`library` and `run` are what the page is told; after a change call `tell`. `heard` is what it has said."""

    def __init__(self) -> None:
        self.library: dict[str, Any] = {
            "title": "Sample library",
            "folder": "/home/ada/modules",
            "zip": None,
            "findings": [],
            "modules": [module("hands", "Clean hands"), module("feet", "Feet")],
            "providers": [{"id": "willow", "name": "Willow Lane"}, {"id": "harbour", "name": "Harbour Hands"}],
            "targets": [{"id": "scorm12", "name": "SCORM 1.2"}, {"id": "xapi", "name": "xAPI"}],
        }
        self.run: dict[str, Any] = {
            "id": "r1",
            "kind": "scorm12",
            "title": "Clean hands",
            "version": "1.0.0",
            "stamp": "a",
            "stale": False,
            "guide": None,
            "record": 0,
            "findings": [],
            "entries": [],
            "data": [],
            "state": {"text": "", "size": 0, "limit": 4096},
            "result": {"completion": None, "success": None, "score": None, "seconds": None, "page": None},
            "open": True,
            "troubles": [],
            "platforms": [],
            "comments": [],
            "blocks": [],
        }
        self.review = False
        self.refuses = ""
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.launches = 0
        self.platform = Server(self._play)
        self.platform.start()
        self._desk: Server | None = None
        self._port = 0
        self._version = 1
        self._changed = threading.Condition()
        self.begin()

    def begin(self) -> None:
        """Begin to answer; at the same address as before, if it is not the first time."""
        self._is_over = False
        self._desk = Server(self._answer, port=self._port)
        self._desk.start()
        self.address, self._port = self._desk.address, self._desk.port

    def end(self) -> None:
        """Answer no more."""
        assert self._desk is not None
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        self._desk.close()
        self._desk = None

    def close(self) -> None:
        """Free everything."""
        if self._desk is not None:
            self.end()
        self.platform.close()

    def tell(self, **run: Any) -> None:
        """The page learns that the run is now so, or that anything else has changed."""
        with self._changed:
            self.run = {**self.run, **run}
            self._version += 1
            self._changed.notify_all()

    def hears(self, path: str, **body: Any) -> dict[str, Any]:
        """Wait until what the page has said last is this, and maybe more; all that it has said with it."""
        with self._changed:
            said = self._changed.wait_for(lambda: self._last_is(path, body), HEARD)
            assert said, f"the page has said {self.heard[-1:]}, not {(path, body)}"
            return self.heard[-1][1]

    def _last_is(self, path: str, body: dict[str, Any]) -> bool:
        return bool(self.heard) and self.heard[-1][0] == path and self.heard[-1][1] | body == self.heard[-1][1]

    def _play(self, request: Request) -> Answer:
        if request.path != "/r1/":
            return Answer(404)
        self.launches += 1
        return Answer(200, PLATFORM, {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"})

    def _answer(self, request: Request) -> Answer:
        if request.path == "/api/news":
            return answer_json(self._news(request), Cache_Control="no-store")
        if request.method == "POST":
            with self._changed:
                self.heard.append((request.path, request.json))
                self._changed.notify_all()
            if self.refuses:
                raise Refusal(404, self.refuses)
            return answer_json({"run": "r1"})
        name = request.path.removeprefix("/")
        return self._file(name if name in ("desk.js", "desk.css") else "desk.html")

    def _news(self, request: Request) -> dict[str, Any]:
        seen, since = int(request.query["seen"]), int(request.query["from"])
        with self._changed:
            self._changed.wait_for(lambda: self._version > seen or self._is_over, PATIENCE)
            newer = [each for each in self.run["entries"] if each["number"] > since]
            run = {"url": f"{self.platform.address}/r1/", **self.run, "entries": newer}
            is_known = request.query["run"] == "r1"
            return {
                "version": self._version,
                "library": self.library,
                "run": run if is_known else None,
                "review": self.review,
            }

    def _file(self, name: str) -> Answer:
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            f"frame-src {self.platform.address}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        )
        headers = {"Content-Type": TYPES[name.split(".")[1]], "Content-Security-Policy": policy}
        return Answer(200, bundle(name).encode(), headers)
