"""The player's own words in the language of the module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from scormpack.course.codes import FRM_12
from scormpack.diagnostics import Place, Problems
from scormpack.locales import SOURCE, known, shipped
from scormpack.locales.pseudo import PSEUDO
from scormpack.source.node import nearest
from scormpack.vocabulary import is_english

if TYPE_CHECKING:
    from scormpack.content.locale import Forms, Locale


class Words(dict[str, str]):
    """The player's words by name, in `language`, and whether somebody who knows it well has read them all."""

    language = SOURCE
    is_reviewed = True


class Counted(str):
    """A word with a form for each kind of number that its language tells apart: “1 minute”, “2 minutes”.

    It is the form for most numbers. `by` names the place of the number, and `forms` has the others by the names that
    Unicode gives such kinds (https://cldr.unicode.org/index/cldr-spec/plural-rules).
    """

    by: str
    forms: Mapping[str, str]
    language: str

    @classmethod
    def of(cls, language: str, by: str, forms: Mapping[str, str]) -> Counted:
        """The word with these forms, of which one is `other`."""
        word = cls(forms["other"])
        word.language, word.by = language, by
        word.forms = {kind: form for kind, form in forms.items() if kind != "other"}
        return word

    def format(self, *args: Any, **places: Any) -> str:
        """The form for the number in its place, with all places filled in."""
        kind = _kinds(self.language)(places[self.by])
        return self.forms.get(kind, str(self)).format(*args, **places)


def words_for(language: str, own: Mapping[str, Locale], place: Place) -> Words:
    """The words for a BCP 47 tag: of its file, or of the nearest more general one; the library's own come first.

    Raises ContentError (FRM-12) where neither the library nor the tool has any.
    """
    for name in more_general(language):
        if name in own or name in known() or name in PSEUDO:
            return _words(name, own.get(name))
    problems = Problems()
    problems.add(FRM_12, f"the player has no words for `{language}`", place, nearest(language, [*known(), *own]))
    problems.stop()
    raise AssertionError


def more_general(language: str) -> Iterator[str]:
    """A tag, and the more general ones: `zh-Hant-TW`, `zh-Hant`, `zh` (RFC 4647, 3.4)."""
    parts = language.split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])


def _words(language: str, own: Locale | None) -> Words:
    file = shipped(language)
    words = Words({name: _read(word, language) for name, word in file["words"].items()})
    reviewed = [language == SOURCE or bool(file.get("reviewed_by"))] if file["words"] else []
    if own:
        words |= {name: _own(word, language) for name, word in own.words.items()}
        reviewed.append(own.reviewed_by is not None)
    words.language, words.is_reviewed = language, all(reviewed)
    return words


def _read(word: str | Mapping[str, str], language: str) -> str:
    if isinstance(word, str):
        return word
    return Counted.of(language, word["by"], {kind: form for kind, form in word.items() if kind != "by"})


def _own(word: str | Forms, language: str) -> str:
    return word if isinstance(word, str) else Counted.of(language, word.by, word.written())


@cache
def _kinds(language: str) -> Callable[[float], str]:
    """Which kind of number one is, in a language."""
    if is_english(language):  # which need not wait for the rules of all others
        return lambda number: "one" if number == 1 else "other"
    from babel import Locale, UnknownLocaleError

    for name in more_general(language):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(name, sep="-").plural_form
    return lambda _: "other"  # Unicode knows no rule for it
