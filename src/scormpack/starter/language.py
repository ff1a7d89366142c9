"""A language's words for the player, as a file to write over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from scormpack.course.words import more_general
from scormpack.locales import SOURCE, known, shipped

_OWN: Final = """\
# Words of the player that this library says in its own way. What is not given is said as the tool says it:
# take away the sign before what you want to say otherwise, and write over it.
"""
_NEW: Final = """\
# The player's words: write over each of them. What is in braces is filled in, and has to stay.
# A word that changes with a number has a form for each kind of number that the language tells apart.
# Then name who has read all of them under `reviewed_by: {name: …, role: …, date: …}`.
"""


def language_file(tag: str) -> str:
    """The text of `locales/<tag>.yaml`: the tool's own words as comments, or all words to write over.

    These are those of the nearest more general language: of `pt` for `pt-BR`, and else of English.
    """
    if tag in known():
        first, *others = _lines(shipped(tag)["words"])
        return "\n".join([f"{_OWN}\nid: {tag}", "words:", f"  {first}", *(f"#  {line}" for line in others), ""])
    near = next((name for name in more_general(tag) if name in known()), None)
    words = shipped(near)["words"] if near else shipped(SOURCE)["words"] | _known_of(tag)
    return "\n".join([f"{_NEW}\nid: {tag}", "words:", *(f"  {line}" for line in _lines(words)), ""])


def _lines(words: Mapping[str, Any]) -> Iterator[str]:
    for name, word in words.items():
        yield f"{name}: {_written(word)}"


def _written(word: Any) -> str:
    """A word as YAML, on one line."""
    if isinstance(word, str):
        return json.dumps(word, ensure_ascii=False)
    return f"{{{', '.join(f'{kind}: {json.dumps(form, ensure_ascii=False)}' for kind, form in word.items())}}}"


def _known_of(tag: str) -> dict[str, Any]:
    """What Unicode knows of a language: its direction, its months, and which kinds of number it tells apart."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    months = [locale.months["format"]["wide"][number] for number in range(1, 13)]
    found: dict[str, Any] = {"direction": locale.text_direction}
    if not any(" " in month for month in months):
        found["months"] = " ".join(months)
    kinds = sorted(locale.plural_form.tags - {"other"})
    for name, word in shipped(SOURCE)["words"].items():
        if isinstance(word, dict):
            forms = {kind: word.get(kind, word["other"]) for kind in kinds}
            found[name] = {"by": word["by"], **forms, "other": word["other"]}
    return found
