"""What is played: a package on a platform for one learner, kept up to date with what it is made from."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, get_args

from scormpack.lms.exchange import Answer, Refusal, Request
from scormpack.lms.files import Files, package_files
from scormpack.preview.as_if import USUAL, Appearance, as_if
from scormpack.preview.findings import plain
from scormpack.preview.made import Made
from scormpack.preview.runs.run import Mode, Run
from scormpack.preview.trouble import platforms_of
from scormpack.render import GUIDE

LONGEST = 80  # characters of a name
_BESIDE = "beside"  # the folder from which the guide is served, beside the course


@dataclass(frozen=True)
class Chosen:
    """What the page asks to see."""

    subject: str = ""
    provider: str = ""
    target: str = ""
    learner: str = "Sam Example"
    mode: Mode = "normal"
    platform: str = ""
    appearance: Appearance = USUAL

    @classmethod
    def read(cls, body: dict[str, Any]) -> Chosen:
        """What the JSON of the page asks for. Raises a Refusal for what nobody can choose."""
        names = ("subject", "provider", "target", "learner", "mode", "platform")
        words = {name: body[name] for name in names if body.get(name)}
        if not all(isinstance(word, str) and len(word) <= LONGEST and word.isprintable() for word in words.values()):
            raise Refusal(400, f"each choice is a text of at most {LONGEST} characters")
        if words.get("mode", "normal") not in get_args(Mode):
            raise Refusal(400, f"`mode` is one of {', '.join(get_args(Mode))}")
        look = body.get("appearance")
        return cls(**words, appearance=Appearance.read(look if isinstance(look, dict) else {}))

    @property
    def key(self) -> str:
        """The name under which progress is kept: another look or manner is no other learner."""
        return "\n".join((self.subject, self.provider, self.target, self.learner))


class Playing:
    """One learner's run. `begin` makes a run of a package; `id` cannot be guessed."""

    def __init__(self, id: str, chosen: Chosen, begin: Callable[[Playing, Made], Run]) -> None:  # noqa: A002
        self.id = id
        self.chosen = chosen
        self.made = Made("")
        self.findings: list[dict[str, Any]] = []
        self.run: Run | None = None
        self.is_kept = True  # what is on record now, on the shelf
        self._begin = begin
        self._times = 0  # that somebody new has come
        self._beside = Files({})
        self._lock = threading.RLock()

    def show(self, made: Made, root: Path) -> None:
        """Play what was made now; its findings are about the library `root`."""
        with self._lock:
            before = self.made
            if made == before:
                return
            if made.package is not None and made.stamp != before.stamp:
                self._beside = Files(package_files(made.package, f"{self.id}/{_BESIDE}/"))
                if self.run is not None and made.standard == before.standard:
                    self.run.replace(made.package)
                else:
                    self.run = self._begin(self, made)
            self.findings = plain(made.findings, root)
            self.made = made  # last: whoever sees the new stamp asks for the new files at once

    def begin_anew(self) -> None:
        """Play the same for somebody of whom nothing is on record."""
        with self._lock:
            if self.run is not None:
                self.run = self._begin(self, self.made)
                self._times += 1

    def choose(self, chosen: Chosen) -> None:
        """The same learner, looking or launching in another way."""
        with self._lock:
            before, self.chosen = self.chosen, chosen
            if self.run is not None and replace(before, appearance=chosen.appearance) != chosen:
                self.run.choose(chosen.mode, chosen.platform)

    def as_if(self, path: str, data: bytes) -> bytes:
        """A file of the course as the learner's device has to see it."""
        return as_if(path, data, self.chosen.appearance)

    def hear(self, request: Request) -> Answer | None:
        """The answer to a request of the course, of its platform, or for the guide beside it."""
        if request.path.startswith(f"/{self.id}/{_BESIDE}/"):
            return self._beside.answer(request)
        if self.run is None:
            raise Refusal(404, "there is nothing to play yet")
        return self.run.hear(request)

    @property
    def stamp(self) -> str:
        """A word that changes with whatever the learner sees."""
        look = repr((self.chosen.appearance, self.chosen.mode, self.chosen.platform, self._times))
        return f"{self.made.stamp}-{hashlib.blake2b(look.encode(), digest_size=4).hexdigest()}"

    @property
    def _guide(self) -> str | None:
        """Where the facilitator's guide is, on the platform's origin; None where there is none."""
        has_one = self.made.package is not None and self.made.package.find(GUIDE) is not None
        return f"/{self.id}/{_BESIDE}/{GUIDE}" if has_one else None

    def shown(self, since: int) -> dict[str, Any]:
        """Everything that the page shows, as JSON: of the record's entries those after the one numbered `since`."""
        return {
            "id": self.id,
            "kind": self.made.standard,
            "title": self.made.title,
            "version": self.made.version,
            "stamp": self.stamp,
            "stale": self.made.stale,
            "findings": self.findings,
            "url": self.run.url if self.run else None,
            "guide": self._guide,
            "record": self._times,
            "platforms": [{"id": each.name, "name": each.title} for each in platforms_of(self.made.standard)],
            **(self._recorded(self.run, since) if self.run else {}),
        }

    def _recorded(self, run: Run, since: int) -> dict[str, Any]:
        found = run.recorded(since)
        return {
            "entries": [asdict(entry) for entry in found.entries],
            "data": found.data,
            "state": {"text": found.state, "size": len(found.state), "limit": found.limit},
            "result": asdict(found.result),
            "open": found.is_open,
            "troubles": run.troubles(),
        }
