"""What esbuild made of the player, when the wheel or the editable install was made."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

BUNDLES = Path(__file__).parent.parent / "bundles"
_CUT = "/**/"  # `MARK` in hatch_build.py
_ELEMENT = re.compile("<(sp-[a-z-]+)")
_TAG = re.compile(r'customElements\.define\("([^"]+)"')


@cache
def bundle(name: str) -> str:
    """The text of a bundle: `course.css`, or `<driver>.js`."""
    file = BUNDLES / name
    if not file.is_file():
        raise RuntimeError(f"{name} has not been built: run `make player`")
    return file.read_text(encoding="utf-8")


def elements_in(page: str) -> frozenset[str]:
    """The names of the player's elements that stand in `page`, which is HTML."""
    return frozenset(_ELEMENT.findall(page))


def player(driver: str, elements: frozenset[str]) -> str:
    """The player with the driver of a target, and of its parts those for these elements."""
    begin, *parts, end = bundle(f"{driver}.js").split(_CUT)
    return "".join([begin, *(part for part in parts if not elements.isdisjoint(_TAG.findall(part))), end])


@cache
def player_words() -> tuple[str, ...]:
    """The names of the words that scripts say, in any of the bundles."""
    return tuple(json.loads(bundle("words.json")))
