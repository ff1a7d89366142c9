"""`scormpack diff`."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click

from scormpack.archive import Archive, read_archive
from scormpack.cli.show import REFUSED, counted, format_option, leave, tell
from scormpack.inspect.comparing import Comparison, Result, Side, compare
from scormpack.inspect.comparing.answers import Outcome
from scormpack.inspect.comparing.outline import Told
from scormpack.inspect.comparing.words import Reworded, close_up
from scormpack.inspect.values import brief_words
from scormpack.platforms.names import NAMES
from scormpack.source.signs import legible

_RESULTS: Final = {
    Result.UNCHANGED: "Nothing has changed.",
    Result.STAYS: "Safe: whoever has begun goes on, and whoever has passed has passed.",
    Result.LOST: "Progress is lost:",
    Result.NOT_KNOWN: "Nobody can tell from the packages whether progress stays:",
}
_MOST: Final = 12  # lines shown of each part; JSON has all of them
_OUTCOMES: Final = {
    Outcome.STAY: "attempts stay",
    Outcome.LOST: "attempts are lost",
    Outcome.ASKS: "you are asked",
    Outcome.NOT_KNOWN: "not known",
    Outcome.NOT_TAKEN: "does not take it",
}


@click.command()
@click.argument("old", type=click.Path(path_type=Path, exists=True), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path, exists=True), metavar="NEW")
@click.option("--platform", type=click.Choice(NAMES), metavar="NAME", help="Say it for one platform, and what to do.")
@format_option("text", "json")
def diff(old: Path, new: Path, platform: str | None, form: str) -> None:
    """Compare two packages: what has changed, and whether progress stays when NEW takes the place of OLD.

    Each is a zip file or a folder, of any maker. In courses of ours it finds every page, question and line that has
    changed; in those of others what platforms are told, and which files are different.

    \b
    scormpack diff your-role-1.0.0-scorm12.zip your-role-1.1.0-scorm12.zip
    scormpack diff old.zip new.zip --platform moodle
    scormpack diff old.zip new.zip --format json

    Exit codes: 0 progress stays; 1 it is lost, or nobody knows, or a package cannot be read; 2 wrong usage.
    """
    then, now = read_archive(old), read_archive(new)
    found = compare(then.package, now.package, platform) if then.package and now.package else None
    _show(found, (then, now), form)
    if found and found.result not in (Result.UNCHANGED, Result.STAYS):
        sys.exit(REFUSED)


def _show(found: Comparison | None, archives: Sequence[Archive], form: str) -> None:
    """The comparison, and what is wrong with how the packages are kept; exit with 1 where that is an error."""
    findings = [finding for archive in archives for finding in archive.findings]
    if findings or form == "json":
        tell(findings, form, Path(), _plain(found) if found else None, reasons=None if findings else {})
    if found and form == "text":
        for line in _lines(found):
            click.echo(legible(line))
    leave(findings, strict=False)


# For people


def _lines(found: Comparison) -> Iterator[str]:
    yield from _verdict(found)
    if found.result not in (Result.UNCHANGED, Result.TWO):
        yield from _differences(found)


def _differences(found: Comparison) -> Iterator[str]:
    told = (_replaced(_of(each), each.before, each.after) for each in found.told)
    words = (_replaced(_where(each), *close_up(each.before, each.after)) for each in found.words)
    yield from _part("About the package", _about(found.old, found.new))
    yield from _part("On platforms", _platforms(found))
    yield from _part("What platforms are told", told)
    yield from _part("Words", words)
    yield from _part("Numbers and the provider’s own words", (_replaced("", *each) for each in found.details))
    yield from _part("Files", (_file(*each) for each in found.files))


def _verdict(found: Comparison) -> Iterator[str]:
    judgement = found.judgement
    if found.result is Result.TWO:
        yield f"These look like two courses: {_named(found.old)} and {_named(found.new)}."
        return
    yield "Safe, but:" if found.result is Result.STAYS and judgement.noticed else _RESULTS[found.result]
    yield from _some(f"  {each}" for each in judgement.reasons)


def _named(side: Side) -> str:
    return f"“{brief_words(side.title)}” ({brief_words(side.id)})"


def _about(old: Side, new: Side) -> Iterator[str]:
    yield _replaced("kind", ", ".join(old.kinds), ", ".join(new.kinds))
    if old.version or new.version:
        yield _replaced("version", old.version, new.version)
    if old.player != new.player:
        yield _replaced("player", old.player, new.player)
    yield _replaced("size", _size(old.weight.bytes), _size(new.weight.bytes))
    yield _replaced("files", f"{old.weight.files:,}", f"{new.weight.files:,}")
    yield _replaced("requests at the start", f"{old.weight.requests:,}", f"{new.weight.requests:,}")


def _platforms(found: Comparison) -> Iterator[str]:
    names = defaultdict(list)
    for each in found.answers:
        names[each.outcome].append(each.name)
    for outcome, words in _OUTCOMES.items():
        if names[outcome]:
            yield f"{words}: {', '.join(names[outcome])}"
    if len(found.answers) == 1:
        yield from found.answers[0].how


def _of(each: Told) -> str:
    return brief_words(f"{each.item} {each.what}".strip())


def _where(each: Reworded) -> str:
    return brief_words(f"{each.title} / {each.block}" if each.block else each.title)


def _replaced(what: str, before: str, after: str) -> str:
    head = f"{what}: " if what else ""
    if before == after:
        return f"{head}{brief_words(after)}"
    if not before or not after:
        return f"{head}{'+' if after else '-'} {brief_words(before or after)}"
    return f"{head}{brief_words(before)} → {brief_words(after)}"


def _file(path: str, before: int | None, after: int | None) -> str:
    name = brief_words(path)
    if before is None or after is None:
        return f"{'-' if after is None else '+'} {name}  {_size(before or after or 0)}"
    sizes = dict.fromkeys([_size(before), _size(after)])
    return f"~ {name}  {' → '.join(sizes)}"


def _size(number: int) -> str:
    return f"{number / 1000:,.1f} kB"


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A part of the answer, if there is anything in it."""
    shown = [f"  {each}" for each in _some(lines)]
    if shown:
        yield from ("", title, *shown)


def _some(lines: Iterable[str]) -> Iterator[str]:
    """As many of the lines as somebody reads, and how many more there are."""
    every = list(lines)
    yield from every[:_MOST]
    if len(every) > _MOST:
        yield f"and {counted(len(every) - _MOST, 'more line')}: --format json has them"


# For programs


def _plain(found: Comparison) -> dict[str, Any]:
    judgement = found.judgement
    return {
        "result": found.result.value,
        "lost": list(judgement.lost),
        "noticed": list(judgement.noticed),
        "reworded": list(judgement.reworded),
        "old": _side(found.old),
        "new": _side(found.new),
        "platforms": [each._asdict() for each in found.answers],
        "told": [each._asdict() for each in found.told],
        "words": [each._asdict() for each in found.words],
        "details": [{"before": before, "after": after} for before, after in found.details],
        "files": [each._asdict() for each in found.files],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "kinds": list(side.kinds),
        "is_ours": bool(side.courses),
        "id": side.id,
        "title": side.title,
        "version": side.version,
        "player": side.player,
        "bytes": side.weight.bytes,
        "files": side.weight.files,
        "requests": side.weight.requests,
    }
