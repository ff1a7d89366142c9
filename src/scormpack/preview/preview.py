"""Starts and ends everything that a preview needs, and keeps it up to date."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from scormpack.lms.exchange import Answer, Request
from scormpack.lms.record_store import Stores
from scormpack.lms.server import HOST, Server
from scormpack.preview.desk import Desk
from scormpack.preview.guard import Guard
from scormpack.preview.shelf import Shelf
from scormpack.preview.stage import Stage
from scormpack.preview.stranger import Stranger
from scormpack.preview.workshop import Workshop
from scormpack.source.changes import changes

_SAVED_EVERY = 1  # seconds
_PATIENCE = 2  # seconds; where the folder is missing there is nothing to watch
_PORTS = "ports"  # under which the shelf keeps those of the last time


class Preview:
    """A preview of a library or a zip while its context is open, on this machine's own address or that of `host`.

    The page is the one at `address()`; the courses come from an origin of their own, so that no course can reach the
    page. Both have the ports that they had last time, if these are free, or `port` for the page. Progress lies in the
    file `progress`; None keeps none. With a `host` other than this machine's own nothing is read without a token:
    when one was used, `opened` is called with the next address to open. `may_review` lets readers comment, on `day`.
    `changed` is called with the paths after each change.
    """

    def __init__(
        self,
        source: Workshop | Stranger,
        day: datetime.date,
        *,
        progress: Path | None = None,
        host: str = HOST,
        port: int = 0,
        may_review: bool = False,
        opened: Callable[[str], object] = lambda address: None,  # noqa: ARG005
        changed: Callable[[list[Path]], object] = lambda paths: None,  # noqa: ARG005
    ) -> None:
        shelf = Shelf(progress)
        self._guard = Guard(host != HOST, lambda: opened(self.address()))
        self._stores = Stores(host)
        self.stage = Stage(source, self._stores, shelf)
        self._desk = Desk(self.stage, self._guard, day, may_review)
        before = _ports(shelf)
        self._page = Server(self._desk.hear, host, port or before[0])
        self._platform = Server(self._play, host, before[1])
        shelf.put(_PORTS, [self._page.port, self._platform.port])
        self._changed = changed
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=work) for work in (self._watch, self._survey, self._save)]
        self._watching = threading.Event()
        self._unseen = threading.Event()  # by the survey
        self._open = ExitStack()

    def address(self, path: str = "") -> str:
        """What to open in a browser; where a token is needed, with one that opens it once."""
        token = f"?token={self._guard.token()}" if self._guard.is_closed else ""
        return f"{self._page.address}/{path}{token}"

    def __enter__(self) -> Self:
        self.stage.desk = self._desk.origin = self._page.address
        self.stage.origin = self._desk.platform = self._platform.address
        for server in (self._stores, self._platform, self._page):
            self._open.enter_context(server)
        self._unseen.set()
        for thread in self._threads:
            thread.start()
        self._watching.wait(_PATIENCE)  # so that nothing is missed that changes from now on
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._unseen.set()
        self.stage.news.close()
        for thread in self._threads:
            thread.join()
        self._open.close()
        self.stage.save()

    def _play(self, request: Request) -> Answer | None:
        if (admitted := self._guard.admit(request)) is not None:
            return admitted
        self._guard.check_reader(request)
        return self.stage.hear(request)

    # What goes on beside the requests ---------------------------------------------------------------

    def _watch(self) -> None:
        source = self.stage.source
        folder = source.root if isinstance(source, Workshop) else source.file.parent
        for number, paths in enumerate(changes(folder, self._ended, source.concerns)):
            self._watching.set()
            if number:
                self.stage.changed(paths)
                self._unseen.set()
                self._changed(paths)

    def _survey(self) -> None:
        """Find out about all modules, beginning again whenever something has changed."""
        while not self._ended.is_set():
            self._unseen.wait()
            self._unseen.clear()
            if isinstance(self.stage.source, Workshop):
                for _ in self.stage.source.survey():
                    if self._unseen.is_set():
                        break
                self.stage.news.tell()

    def _save(self) -> None:
        while not self._ended.wait(_SAVED_EVERY):
            self.stage.save()


def _ports(shelf: Shelf) -> tuple[int, int]:
    """The ports of the page and of the courses the last time; 0 for any that is free."""
    match shelf.get(_PORTS):
        case [int(page), int(courses)] if 0 < page < 1 << 16 and 0 < courses < 1 << 16:
            return page, courses
        case _:
            return 0, 0
