"""A small local platform: it shows a real package, keeps what the course saves, and records every call."""

from __future__ import annotations

from scormpack.platform.server import serve as serve
