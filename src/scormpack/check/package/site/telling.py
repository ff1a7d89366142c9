"""How findings about many places are told: once a file, with a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scormpack.check.package.site.sources import Reference
from scormpack.check.package.site.subject import Site
from scormpack.check.rule import Found
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

_NAMED = 3  # of many, by name
_LONGEST = 100  # characters of a name
_UNSHOWN = pattern(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff`]")


def named(name: str) -> str:
    """A name from a package as it can be shown anywhere."""
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return f"`{_UNSHOWN.sub('?', short)}`"


def several(names: Iterable[str]) -> str:
    """The first of `names`, each once, and how many there are besides: `` `a`, `b`, `c` and 4 more``."""
    every = list(dict.fromkeys(names))
    shown = [named(name) for name in every[:_NAMED]]
    if len(every) > _NAMED:
        shown.append(f"{len(every) - _NAMED:,} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def counted(number: int, what: str) -> str:
    """`1 picture`, `2 pictures`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def once_a_file(site: Site, found: Iterable[tuple[Reference, Severity]], one: str, many: str) -> Iterator[Found]:
    """A finding for each file and severity: the links, and what is said of `one` of them or of `many`."""
    groups: dict[tuple[str, Severity], list[Reference]] = {}
    for reference, severity in found:
        groups.setdefault((reference.source.path, severity), []).append(reference)
    for (_, severity), references in groups.items():
        links = {each.link.strip(): None for each in references}
        said = f"{several(links)} {one if len(links) == 1 else many}"
        yield Found(site.place(references[0].source, references[0].at), said, severity)
