"""Patterns that are compiled only when something is looked for: of a hundred, a command needs a few."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Waiting:
    """A pattern that nobody has asked anything."""

    def __init__(self, *given: Any) -> None:
        self._given = given

    def __getattr__(self, name: str) -> Any:
        """What the compiled pattern has of this name, which is at hand from now on."""
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def pattern(words: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern `words`, as `re.compile` gives it, but compiled when it is first used.

    Mistakes in it are raised only then: `re.error`.
    """
    return cast("re.Pattern[AnyStr]", _Waiting(words, flags))
