"""A SCORM platform: it shows a package beside an API, keeps what the course saves, and records every call."""

from __future__ import annotations

from scormpack.lms.scorm.server import serve as serve
