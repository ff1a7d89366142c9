"""Which files are other ones, and what a package weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from scormpack.check.package.any import parsed
from scormpack.package import Entry, Package
from scormpack.source.patterns import pattern

_STAMP = pattern(r"-[0-9a-f]{8}(?=\.[^./]+$)")  # which changes with what is in a file: see package.py
_LONGEST_PAGE = 5_000_000  # bytes


class OtherFile(NamedTuple):
    """A file that only one package has, or that is another one: its size before and after, None where it is not."""

    path: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Weight:
    """What a package weighs, unpacked; `requests` is what its first page asks for before anybody does anything."""

    bytes: int
    files: int
    requests: int


def other_files(then: Package, now: Package, is_stamped: bool) -> tuple[OtherFile, ...]:
    """The files in which two packages differ, by path; our own have a stamp in their names, which is left out."""
    before, after = _by_name(then, is_stamped), _by_name(now, is_stamped)
    return tuple(_differing(before, after))


def _differing(before: dict[str, Entry], after: dict[str, Entry]) -> Iterator[OtherFile]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None or new is None or _is_other(old, new):
            path = new.path if new else old.path if old else name
            yield OtherFile(path, old.size if old else None, new.size if new else None)


def _is_other(old: Entry, new: Entry) -> bool:
    return old.size != new.size or old.data != new.data


def _by_name(package: Package, is_stamped: bool) -> dict[str, Entry]:
    """The files by their paths; without a stamp, as long as that leaves each of them its own name."""
    found: dict[str, Entry] = {}
    for each in package.entries:
        name = _STAMP.sub("", each.path) if is_stamped else each.path
        found[each.path if name in found else name] = each
    return found


def weight_of(package: Package, page: str) -> Weight:
    """What `package` weighs; `page` is the file that a platform opens."""
    size = sum(each.size for each in package.entries)
    return Weight(size, len(package.entries), _requests(package.find(page)))


def _requests(page: Entry | None) -> int:
    """The page itself, its scripts, styles and pictures; not what waits until it comes into sight."""
    if page is None or page.size > _LONGEST_PAGE:
        return 1 if page else 0
    addresses = set()
    for each in parsed(page.data).iter("script", "img", "link", "iframe", "embed"):
        address = each.get("href") if each.tag == "link" else each.get("src")
        is_loaded = each.get("loading") != "lazy" and (each.tag != "link" or "stylesheet" in (each.get("rel") or ""))
        if address and is_loaded and not address.startswith("data:"):
            addresses.add(address)
    return 1 + len(addresses)
