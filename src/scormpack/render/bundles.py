"""What esbuild made of the player, when the wheel or the editable install was made."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

BUNDLES = Path(__file__).parent.parent / "bundles"


@cache
def bundle(name: str) -> str:
    """The text of a bundle: `course.css`, or `<driver>.js`."""
    file = BUNDLES / name
    if not file.is_file():
        raise RuntimeError(f"{name} has not been built: run `make player`")
    return file.read_text(encoding="utf-8")


@cache
def player_words() -> tuple[str, ...]:
    """The names of the words that scripts say, in any of the bundles."""
    return tuple(json.loads(bundle("words.json")))
