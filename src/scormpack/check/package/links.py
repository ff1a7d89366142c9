"""Where the addresses in a descriptor lead."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Sequence
from urllib.parse import unquote

from scormpack.source.patterns import pattern

_ELSEWHERE = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_BEHIND = pattern(r"[?#]")


def is_elsewhere(link: str) -> bool:
    """Whether `link` names a scheme, a host or a drive: then it leads nowhere in a package."""
    return _ELSEWHERE.match(link) is not None


def path_of(link: str, base: str, paths: Container[str]) -> str | None:
    """The file in a package that `link` leads to, from within the folder `base`; None if it leads out of it.

    A `link` is an address: `%20` is a space, and what follows `?` or `#` is no part of the name. Where a file is
    called as it is written, sign for sign, it means that.
    """
    if not base and link in paths:
        return link
    if is_elsewhere(link) or is_elsewhere(base):
        return None
    written = _inside(link, base)
    if written is not None and written in paths:
        return written
    return _inside(unquote(_BEHIND.split(link, maxsplit=1)[0]), unquote(base))


def _inside(link: str, base: str) -> str | None:
    path = posixpath.normpath(posixpath.join(base, link.replace("\\", "/").lstrip("/")))
    return None if path.startswith(("../", "/")) or path == ".." else path


def few_of(names: Sequence[str], most: int = 3) -> str:
    """The first of `names`, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"`{name}`" for name in names[:most]) + more
