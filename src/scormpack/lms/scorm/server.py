"""Serves a package beside the page that plays it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from scormpack.lms.exchange import Answer, Request
from scormpack.lms.files import Files, package_files
from scormpack.lms.server import Server
from scormpack.package import Package
from scormpack.render.bundles import bundle

COURSE = "course/"
_PAGE = Path(__file__).with_name("page.html")


@contextmanager
def serve(package: Package, engine: Path | None = None) -> Iterator[str]:
    """Serve `package` while the context is open; gives the address of the platform's page.

    `engine` is a script that brings an API of its own, such as scorm-again; page.ts says how it is chosen.
    """
    files = Files(
        {
            **package_files(package, COURSE),
            "/page.html": _PAGE.read_bytes(),
            "/lms.js": bundle("lms.js").encode(),
            "/engine.js": engine.read_bytes() if engine else b"",
        }
    )

    def hear(request: Request) -> Answer:
        return files.answer(replace(request, path="/page.html") if request.path == "/" else request)

    with Server(hear) as server:
        yield f"{server.address}/"
