"""What esbuild made of the player, when the wheel or the editable install was made."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

BUNDLES = Path(__file__).parent.parent / "bundles"
_CUT = "/**/"  # `MARK` in hatch_build.py
_TAG = re.compile(r'customElements\.define\("([^"]+)"')


@cache
def bundle(name: str) -> str:
    """The text of a bundle: `course.css`, or `<driver>.js`."""
    file = BUNDLES / name
    if not file.is_file():
        raise RuntimeError(f"{name} has not been built: run `make player`")
    return file.read_text(encoding="utf-8")


def player(driver: str, page: str) -> str:
    """The player with the driver of a target; of the elements it has those that `page`, as HTML, has."""
    begin, *parts, end = bundle(f"{driver}.js").split(_CUT)
    return "".join([begin, *(part for part in parts if any(f"<{tag}" in page for tag in _TAG.findall(part))), end])


@cache
def player_words() -> tuple[str, ...]:
    """The names of the words that scripts say, in any of the bundles."""
    return tuple(json.loads(bundle("words.json")))
