"""Rules about a course with all that it refers to, whoever gets it."""

from __future__ import annotations

import re

from scormpack.check.codes import LNG_03, REL_01
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.course.codec import rarely_played
from scormpack.course.model import Asset, Course
from scormpack.diagnostics import Place, Severity
from scormpack.locales import SOURCE, shipped
from scormpack.vocabulary import AudioPath, VideoPath, is_english, references

RULES: list[Rule[Course]] = []

_MB = 1_000_000
_LETTERS = re.compile(r"[a-z]{2}(?![^{]*\})")  # outside of places


@rule(
    RULES,
    "ACC-08",
    "Heavier than a phone can carry",
    Severity.WARNING,
    "Make it smaller: fewer or shorter recordings, a lower bit rate, fewer pictures.",
)
def heavier_than_a_phone_can_carry(course: Course) -> Findings:
    """Workers pay for data themselves. On a prepaid card ten megabytes may be a day's worth.

    A warning over 5 MB without recordings, or 10 MB for one recording; above 50 MB nothing is built.
    """
    limit = course.settings.limit
    place = course.module.place("title")
    recordings = _recordings(course)
    for word, (asset, named) in recordings.items():
        if len(asset.data) > limit("media_file_mb") * _MB:
            yield named, f"media/{word} has {_megabytes(len(asset.data))}, more than {limit('media_file_mb'):g} MB"
    whole = sum(len(asset.data) for asset in course.files())
    rest = whole - sum(len(asset.data) for asset, _ in recordings.values())
    if rest > limit("package_mb") * _MB:
        yield place, f"pictures and captions take {_megabytes(rest)}, more than {limit('package_mb'):g} MB"
    if whole > limit("package_most_mb") * _MB:
        message = f"all files together take {_megabytes(whole)}, more than {limit('package_most_mb'):g} MB"
        yield Found(place, message, Severity.ERROR)


@rule_for(RULES, LNG_03)
def words_that_nobody_has_reviewed(course: Course) -> Findings:
    """Find a language whose words for the player nobody has read."""
    if not course.words.is_reviewed:
        message = f"nobody who knows `{course.words.language}` has reviewed the player's words in it"
        yield course.module.place("language"), message


@rule(
    RULES,
    "LNG-04",
    "Words of the player that are still in English",
    Severity.WARNING,
    "Write over them in the language's file in `locales/`.",
)
def words_that_are_still_in_english(course: Course) -> Findings:
    """They stand on buttons and in messages. A worker who reads no English does not know which of them she needs.

    A few words are the same in many languages: it is told from one in ten on.
    """
    words, english = course.words, shipped(SOURCE)["words"]
    if is_english(words.language):
        return
    wanted = {name: word if isinstance(word, str) else word["other"] for name, word in english.items()}
    same = [name for name, word in words.items() if word == wanted[name] and _LETTERS.search(word)]
    if len(same) * 10 >= len(words):
        some = ", ".join(f"`{name}`" for name in same[:5])
        message = f"{len(same)} of {len(words)} words of `{words.language}` are as in English: {some}"
        yield course.module.place("language"), message if len(same) <= 5 else f"{message} and more"


@rule(
    RULES,
    "ACC-12",
    "Film or recording that many phones cannot play",
    Severity.WARNING,
    "Save a film as MP4 with H.264 and AAC, a recording as MP3 or M4A with AAC.",
)
def film_that_many_phones_cannot_play(course: Course) -> Findings:
    """It plays on the phone that filmed it. On a worker's own phone the screen stays black, or there is no sound.

    iPhones film in HEVC, and editors export ProRes or AV1, under names such as `film.mp4`.
    """
    for word, (asset, named) in _recordings(course).items():
        if found := rarely_played(asset.data):
            yield Found(named, f"`{word}` is encoded as {found}, which many phones cannot play", words=word)


def _recordings(course: Course) -> dict[str, tuple[Asset, Place]]:
    """Each recording and film by its name, and where it is named."""
    if not any(isinstance(word, AudioPath | VideoPath) for word in course.assets):
        return {}
    named = [each for each in references(course.module) if isinstance(each.word, AudioPath | VideoPath)]
    return {word: (course.assets[word], owner.place(field)) for word, owner, field in named}


def _megabytes(size: int) -> str:
    return f"{size / _MB:.1f} MB"


@rule_for(RULES, REL_01)
def left_to_do(course: Course) -> Findings:
    """Find what authors noted for themselves, about the module and about contacts that it names."""
    for todo in course.module.todo_before_release:
        yield Found(course.module.place("todo_before_release"), todo, words=todo)
    for name in course.module.signposts:
        contact = course.contacts[name]
        for todo in contact.todo_before_release:
            yield Found(contact.place("todo_before_release"), f"{contact.name}: {todo}", words=todo)
