"""A package without a platform: its page, and progress that the browser keeps by itself."""

from __future__ import annotations

import secrets
from typing import Any

from scormpack.lms.exchange import Answer, Request
from scormpack.package import Package
from scormpack.preview.runs.house import COURSE, House
from scormpack.preview.runs.run import Mode, Recorded


class WebRun:
    """A package as a web page: see `Run`. Nothing is on record, and nothing of a platform can go wrong."""

    def __init__(self, house: House) -> None:
        self.url = house.path
        self._house = house
        self._owner = secrets.token_hex(8)  # who is at the browser: another learner finds it empty

    def restore(self, kept: Any) -> None:
        """Go on from what `keep` gave. Raises KeyError or TypeError for anything else."""
        self._owner = str(kept["owner"])

    def keep(self) -> Any:
        return {"owner": self._owner}

    def choose(self, mode: Mode, platform: str) -> None:
        """A page by itself knows no modes and no platforms."""

    def replace(self, package: Package) -> None:
        self._house.move_in(package)

    def troubles(self) -> list[dict[str, Any]]:
        return []

    def trouble(self, name: str, is_on: bool) -> None:
        """There is none to begin or to end."""

    def recorded(self, since: int = 0) -> Recorded:  # noqa: ARG002
        return Recorded(data=(("record", "This package has no platform: progress is in the browser only."),))

    def hear(self, request: Request) -> Answer | None:
        path = self._house.inner(request)
        match request.method, path:
            case "POST", "launch":
                facts = {"title": "Course", "course": f"{COURSE}index.html", "session": 1, "owner": self._owner}
                return self._house.launch(facts)
            case "POST", "calls":  # there is no platform to call
                return Answer()
        return self._house.read(request, path)
