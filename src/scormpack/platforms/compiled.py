"""Print facts.json: of all platforms, what bears on a finished package; `make docs` writes it.

Whoever checks packages reads that file: to read and validate all that is known of platforms takes longer than to
check a package.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from scormpack.platforms.known import platform
from scormpack.platforms.model import Limit, Platform, Sourced, Spelling, Taken
from scormpack.platforms.names import NAMES

_BEYOND = {"refused": "refuses", "fails": "refuses", "cut": "works", "not_known": "stumbles"}
_THEN = {
    "refused": " and refuses more.",
    "fails": ", and with more the import fails.",
    "cut": " and cuts off the rest.",
    "not_known": ", and what becomes of more is not known.",
}
_OF = {
    "title": "Its longest title has {found} characters",
    "identifier": "Its longest identifier has {found} characters",
    "manifest_identifier": "The identifier of its manifest has {found} characters",
    "package": "It has {found} megabytes",
    "scos": "It has {found} SCOs",
}
_FOUND = {
    "schemaversion": "The manifest gives `{found}` as its version. ",
    "prefix": "The manifest has {found}. ",
    "namespace": "",
    "element": "The manifest has `{found}`. ",
    "file_ending": "There is a file that ends in `.{found}`. ",
}
_REFUSED = {"element": "The import fails.", "file_ending": "Such a package is refused."}
_OPENS = {
    "first_resource_with_href": "It opens the first page that the resources name, {found}.",
    "first_sco": "It opens the page of the first SCO, {found}.",
}


def facts_json() -> str:
    """The file's text."""
    return "[\n" + ",\n".join(_text(platform(name)) for name in NAMES) + "\n]\n"


def _text(known: Platform) -> str:
    """A platform: a line for its names, and one for each fact."""
    facts = ",\n".join(json.dumps(each, ensure_ascii=False) for each in _facts(known))
    return f'{{"id": "{known.id}", "name": {json.dumps(known.name, ensure_ascii=False)}, "facts": [\n{facts}]}}'


def _facts(known: Platform) -> Iterator[dict[str, Any]]:
    for taken in known.takes:
        yield _fact(known, taken, of="kind", targets=[taken.target], verdict="works", says="")
    for other in known.others:
        yield _fact(known, other, of="kind", verdict=other.verdict, says=other.says)
    for limit in known.limits:
        if limit.of in _OF:
            yield _limit(known, limit)
    for spelling in known.spellings:
        yield _spelling(known, spelling)
    for quirk in known.quirks:
        yield _fact(known, quirk, of=quirk.at, verdict=quirk.verdict, says=quirk.says)
    if known.launches:
        says = _OPENS[known.launches.page]
        yield _fact(known, known.launches, of=known.launches.page, verdict="stumbles", says=says)


def _limit(known: Platform, limit: Limit) -> dict[str, Any]:
    case = f" if {limit.when}" if limit.when else ""
    says = f"{_OF[limit.of]}; it takes {limit.most:,}{case}{_THEN[limit.beyond]}"
    return _fact(known, limit, of=limit.of, verdict=_BEYOND[limit.beyond], says=says, most=limit.most)


def _spelling(known: Platform, spelling: Spelling) -> dict[str, Any]:
    refused = spelling.verdict == "refused"
    then = _REFUSED[spelling.of] if refused else spelling.otherwise
    return _fact(
        known,
        spelling,
        of=spelling.of,
        verdict="refuses" if refused or "refused" in spelling.otherwise else "stumbles",
        says=_FOUND[spelling.of] + then,
        words=list(spelling.words),
        matches=spelling.matches,
    )


def _fact(known: Platform, fact: Sourced | Taken, **rest: Any) -> dict[str, Any]:
    source = known.sources[fact.source]
    targets = list(fact.targets) if isinstance(fact, Sourced) else []
    return {"targets": targets, "source": source.what, "day": str(source.day), **rest}


if __name__ == "__main__":
    click.echo(facts_json(), nl=False)
