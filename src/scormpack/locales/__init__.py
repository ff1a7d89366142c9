"""The player's words that come with the tool: a file a language, and English, which all are translated from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from scormpack.locales.pseudo import PSEUDO, pseudo

SOURCE: Final = "en"
FOLDER = Path(__file__).parent


@cache
def known() -> frozenset[str]:
    """The languages that there are words for."""
    return frozenset(file.stem for file in FOLDER.glob("*.json"))


@cache
def shipped(language: str) -> Mapping[str, Any]:
    """A language's file: `words` by name, and `reviewed_by`. Empty where there is none."""
    if language in PSEUDO:
        return {"words": pseudo(language, shipped(SOURCE)["words"])}
    if language not in known():
        return {"words": {}}
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return found
