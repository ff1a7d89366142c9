"""A SCORM platform: it shows a package beside an API, keeps what the course saves, and records every call.

    with serve(package) as page:
        open(address(page, "scorm2004", elements={"cmi.mode": "review"}))

What it has kept lies in the browser's storage, so that it outlives a closed tab: `window.platform.record` on its
page, and `window.platform.sessions`, the calls of each launch, for `check_session`.

A platform with a server keeps what arrives there, in the manner of a real one, and requests can get lost on the way:

    records = Records()
    with serve(package, records=records) as page:
        records.faults.append(drop(method="POST", nth=3))
        open(address(page, "scorm12", api="marking"))
    records.of["somebody"]["cmi.core.lesson_status"]
"""

from __future__ import annotations

from scormpack.lms.scorm.server import MANNERS as MANNERS
from scormpack.lms.scorm.server import Records as Records
from scormpack.lms.scorm.server import Standard as Standard
from scormpack.lms.scorm.server import address as address
from scormpack.lms.scorm.server import page_with as page_with
from scormpack.lms.scorm.server import serve as serve
