"""The player's own words in the language of the module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scormpack.course.codes import FRM_12
from scormpack.diagnostics import Place, Problems
from scormpack.source.node import nearest

LOCALES = Path(__file__).parent.parent / "locales"


def words_for(language: str, place: Place) -> Mapping[str, str]:
    """The words for a BCP 47 tag: of its own file, or of its first part's. ContentError if there is neither."""
    for name in (language, language.split("-")[0]):
        if (LOCALES / f"{name}.json").is_file():
            return _words(name)
    problems = Problems()
    known = sorted(file.stem for file in LOCALES.glob("*.json"))
    problems.add(FRM_12, f"the player has no words for `{language}`", place, nearest(language, known))
    problems.stop()
    raise AssertionError


@cache
def _words(name: str) -> Mapping[str, str]:
    words: dict[str, str] = json.loads((LOCALES / f"{name}.json").read_text(encoding="utf-8"))
    return words
