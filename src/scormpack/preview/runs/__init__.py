"""The platforms that play a package in the preview: SCORM, cmi5, Tin Can, and none at all.

| file | what it knows |
| --- | --- |
| `run.py` | what the preview asks of each of them |
| `scorm.py`, `calls.py` | SCORM: the launch and the record; the calls, judged while they grow |
| `store.py`, `statements.py` | record stores: launches and documents; requests and statements in words |
| `web.py` | a course by itself |
| `house.py` | the page and the files below a run's address |
| `log.py`, `read.py` | entries, with bounds; bodies of requests, with care |
| `page.ts`, `channel.ts`, `where.ts` | the page around the course, in the browser |
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from scormpack.check.session.data_model import Standard
from scormpack.lms import Stores
from scormpack.package import Package
from scormpack.preview.runs.house import House
from scormpack.preview.runs.run import Mode, Run
from scormpack.preview.runs.scorm import ScormRun
from scormpack.preview.runs.store import StoreRun
from scormpack.preview.runs.web import WebRun
from scormpack.preview.trouble import SCORM, STORES


def start(
    package: Package,
    *,
    id: str,  # noqa: A002
    standard: str,
    learner: str,
    mode: Mode,
    platform: str,
    kept: Any,
    stores: Stores,
    origin: str,
    desk: str,
    changed: Callable[[], None],
    as_if: Callable[[str, bytes], bytes],
) -> Run:
    """Put a package onto a platform of its `standard`, for one learner, and return the run.

    Requests below `/<id>/` at `origin` are for it; its page may be shown in a frame by `desk` only. `platform` is one
    of `PLATFORMS`. `kept` is what an earlier run's `keep` gave, or None for a new learner; anything else is left
    aside. If it needs a record store, that is among `stores`. `changed` is called when there is something new on
    record, `as_if` with the path and the bytes of each file that is served.
    """

    def make() -> ScormRun | StoreRun | WebRun:
        house = House(id, package, desk, as_if)
        if standard in SCORM:
            return ScormRun(house, cast("Standard", standard), learner, mode, platform, changed)
        if standard in STORES:
            return StoreRun(house, standard, learner, mode, platform, changed, stores, origin)
        return WebRun(house)

    run = make()
    if kept is None:
        return run
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        run.restore(kept)
        return run
    return make()  # what was half restored is left aside
