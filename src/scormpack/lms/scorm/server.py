"""Serves a package beside the page that plays it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from scormpack.lms.exchange import Answer, Request
from scormpack.lms.faults import kinds
from scormpack.lms.files import Files, package_files
from scormpack.lms.server import Server
from scormpack.package import Package
from scormpack.render.bundles import bundle

COURSE = "course/"
Standard = Literal["scorm12", "scorm2004"]
_PAGE = Path(__file__).with_name("page.html")


@contextmanager
def serve(package: Package, engine: Path | None = None) -> Iterator[str]:
    """Serve `package` while the context is open; gives the address of the platform's page.

    `engine` is a script that brings an API of its own, scorm-again's, for `address(..., api="engine")`.
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


def address(
    page: str,
    standard: Standard,
    *,
    api: Literal["memory", "engine"] = "memory",
    fault: str = "",
    seconds: float = 1.5,
    learner: str = "somebody",
    elements: Mapping[str, str] | None = None,
) -> str:
    """The address at which the course is launched, on the `page` that `serve` gave.

    `api` is ours in memory, or that of the engine; `fault` is one of `kinds("api")`, and `seconds` is how late a late
    API is. `elements` are what the platform says at the start, by their names, such as `cmi.mode`.
    Raises ValueError for a fault that is none of the API's, or an element that is none of the data model.
    """
    if fault and fault not in kinds("api"):
        raise ValueError(f"{fault!r} is not one of {', '.join(kinds('api'))}")
    if wrong := [name for name in elements or {} if not name.startswith("cmi.")]:
        raise ValueError(f"not in the data model: {', '.join(wrong)}")
    trouble = {"fault": fault, "after": f"{seconds * 1000:.0f}"} if fault else {}
    return (
        f"{page}?{urlencode({'standard': standard, 'api': api, **trouble, 'learner': learner, **(elements or {})})}"
    )
