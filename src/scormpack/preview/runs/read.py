"""What a course or its page sends to the preview, read with care: it may be a stranger's."""

from __future__ import annotations

from typing import Any

from scormpack.lms.exchange import Refusal, Request
from scormpack.lms.judge.values import parse


def read_json(request: Request) -> dict[str, Any]:
    """The object that is the body of a request. Raises a Refusal (400) for anything else."""
    try:
        found = parse(request.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refusal(400, "the body is no JSON object")
    return found
