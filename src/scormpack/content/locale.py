"""A library's own words for the player, in a language that the tool has none for, or where they suit better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Final

from pydantic import Discriminator, Field, Tag

from scormpack.content.codes import LNG_01
from scormpack.content.provenance import Reviewer
from scormpack.diagnostics import Problems
from scormpack.locales import SOURCE, shipped
from scormpack.source.node import Node, nearest
from scormpack.vocabulary import Language

MOST_WORDS = 1_000
LONGEST = 1_000  # characters of a word; the longest English one has 300
KINDS: Final = ("zero", "one", "two", "few", "many", "other")  # of numbers, in https://cldr.unicode.org
_PLACE = re.compile(r"\{(\w*)\}")

Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Forms(Node):
    """A word that changes with a number: its form for each kind of number that the language tells apart."""

    by: str
    """The place of the number that the form is chosen by, without the braces.
    Example: `minutes`
    """
    zero: Text | None = None
    """For nothing, where the language has a form for it."""
    one: Text | None = None
    """For one, and for what the language counts like one.
    Example: `"{minutes} minute"`
    """
    two: Text | None = None
    """For two, where the language has a form for it."""
    few: Text | None = None
    """For a few, where the language has a form for it."""
    many: Text | None = None
    """For many, where the language has a form for it."""
    other: Text
    """For all other numbers.
    Example: `"{minutes} minutes"`
    """

    def written(self) -> dict[str, str]:
        """The forms that there are, by kind."""
        return {kind: form for kind in KINDS if (form := getattr(self, kind))}


Word = Annotated[
    Annotated[Text, Tag("text")] | Annotated[Forms, Tag("forms")],
    Discriminator(lambda word: "forms" if isinstance(word, dict | Forms) else "text"),
]


class Locale(Node):
    """A file in `locales/`: the words of buttons, labels and messages in one language."""

    id: Language
    """The language, as a tag; the name of this file.
    Example: `es`
    """
    reviewed_by: Reviewer | None = None
    """Who has read all words, and knows the language well."""
    words: dict[Annotated[str, Field(max_length=40)], Word] = Field(default={}, max_length=MOST_WORDS)
    """The words, by their names; those that the tool has in this language may be left out.
    Example: `{next: Siguiente}`
    """


def check_locale(locale: Locale, problems: Problems) -> None:
    """Add a problem (LNG-01) for each word that is missing, not known, or does not have the places of the English."""
    english = shipped(SOURCE)["words"]
    own = locale.words
    for name in own:
        if name not in english:
            hint = nearest(name, list(english))
            problems.add(LNG_01, f"`words.{name}`: the player has no such word", locale.place("words", name), hint)
        elif wrong := places_wrong(own[name], english[name]):
            problems.add(LNG_01, f"`words.{name}`: {wrong}", locale.place("words", name))
    missing = [name for name in english if name not in own and name not in shipped(locale.id)["words"]]
    if missing:
        some = ", ".join(f"`{name}`" for name in missing[:10])
        more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""
        problems.add(LNG_01, f"words are missing: {some}{more}", locale.line_of("words"))


def places_wrong(word: str | Forms, english: str | Mapping[str, str]) -> str:
    """What is wrong with the {places} of a word, beside the English one; empty if nothing is.

    The number that a form is chosen by may be left out: "One thing is left."
    """
    number = english["by"] if isinstance(english, Mapping) else ""
    wanted = places_of(english["other"] if isinstance(english, Mapping) else english)
    counted = {number}
    if isinstance(word, Forms):
        if word.by not in {*wanted, number}:
            return f"`by` has to be one of {_listed(sorted({*wanted, number} - {''}))}"
        counted.add(word.by)
    for form in word.written().values() if isinstance(word, Forms) else [word]:
        found = places_of(form)
        if wrong := sorted(each for each in {*wanted, *found} - counted if found[each] != wanted[each]):
            return f"it needs {_listed(wrong)} as often as the English word has it"
    return ""


def places_of(text: str) -> Counter[str]:
    """The {places} of a text, and how often each is in it."""
    return Counter(_PLACE.findall(text))


def _listed(places: Iterable[str]) -> str:
    return ", ".join(f"`{{{place}}}`" for place in places)
