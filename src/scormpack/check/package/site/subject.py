"""The site in a package: the pages that are opened, and all that they ask for, each file read once."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from scormpack.check.package.any import place
from scormpack.check.package.site import charset, markup, starts
from scormpack.check.package.site.address import resolve
from scormpack.check.package.site.sources import Page, Reference, Script, Source, in_style
from scormpack.diagnostics import Place
from scormpack.package import Entry, Package, Unread
from scormpack.source.patterns import pattern

PAGES = (".html", ".htm", ".xhtml", ".xht")
SCRIPTS = (".js", ".mjs")
# What is looked into of one file and of all together. A real course has a tenth of it.
_LARGEST, _MOST_BYTES = 8_000_000, 40_000_000  # bytes
_MOST_TAGS, _MOST_LINKS = 300_000, 200_000
_MOST_TRIES = 100_000  # addresses of pages in scripts, seen from all the pages
# What a script says that looks for its platform, or for another way. One of the words before a pattern is in all that
# it finds, and these are looked for first: that is quicker by far.
_CALLS = r"LMS(?:Initialize|Finish|[GS]etValue|Commit)"
SPOKEN = {
    "API": (("LMS", "API"), pattern(rf"{_CALLS}|[\"'`]LMS|\.API\b|[\"'`]API[\"'`]")),
    "LMSInitialize": (("LMS",), pattern(_CALLS)),  # what nothing else is called
    "API_1484_11": (("1484",), pattern(r"API_?1484|1484_11|[\"'`]_?1484")),  # it may be put together
    "endpoint": (("point", "Point", "POINT"), pattern(r"[Ee]nd[Pp]oint|ENDPOINT")),
    "parent": (("parent", "top"), pattern(r"parent|[^\w-]top\b")),
    "opener": (("opener",), pattern(r"opener")),
    "storage": (("Storage", "indexedDB"), pattern(r"localStorage|sessionStorage|indexedDB")),
}
_SPEAKING = (*SCRIPTS, *PAGES, ".json", ".svg", ".xml", ".txt")
_LEADS_ON = frozenset({"link", "frame", "object", "form", "refresh"})


class _Allowance:
    """What may still be looked into."""

    def __init__(self) -> None:
        self.bytes, self.tags, self.tries = _MOST_BYTES, _MOST_TAGS, _MOST_TRIES
        self.is_spent = False
        self._met: set[str] = set()

    def takes(self, path: str, size: int) -> bool:
        """Whether a file of `size` bytes may be looked into. It counts once."""
        if path in self._met:
            return True
        if size > min(_LARGEST, self.bytes):
            self.is_spent = True
            return False
        self._met.add(path)
        self.bytes -= size
        return True

    def takes_tags(self, number: int) -> bool:
        """Whether a page with so many tags may be."""
        if number > self.tags:
            self.is_spent = True
            return False
        self.tags -= number
        return True

    def takes_tries(self, number: int) -> bool:
        """Whether so many addresses in a script may be tried, which may be pages."""
        self.tries -= number
        return self.tries >= 0


@dataclass(frozen=True)
class Site:
    """What a browser meets in `package`, which is of these `kinds`: targets by name."""

    package: Package
    kinds: tuple[str, ...] = ("web",)

    @cached_property
    def files(self) -> dict[str, Entry]:
        """The files by name; of two with one name the first."""
        return {entry.path: entry for entry in reversed(self.package.entries)}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The names by what they have in common with other spellings of them."""
        return {folded(path): path for path in reversed(self.files)}

    def is_folder(self, path: str) -> bool:
        """Whether there is something in a folder at `path`; the empty one is the package's own."""
        folder = f"{path.removesuffix('/')}/" if path else ""
        index = bisect_left(self._in_order, folder)
        return index < len(self._in_order) and self._in_order[index].startswith(folder)

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.files)

    @cached_property
    def starts(self) -> starts.Starts:
        """Where platforms open the package."""
        return starts.found_in(self.files)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are opened, and all that they lead to, in the order in which they are met."""
        pages = {path: self._page(path) for path in self.opened}
        waiting = list(pages.values())
        for page in waiting:  # which grows
            for path in self._led_to(page):
                if path not in pages:
                    pages[path] = self._page(path)
                    waiting.append(pages[path])
        return tuple(pages.values())

    @cached_property
    def opened(self) -> tuple[str, ...]:
        """The pages that are opened first: by the descriptors, else `index.html`, else all that there are."""
        named = tuple(path for path in self.starts.pages if self._is_page(path))
        first = tuple(path for path in ("index.html", "index.htm") if path in self.files)[:1]
        return named or first or tuple(sorted(filter(self._is_page, self.files)))

    def _page(self, path: str) -> Page:
        words = charset.words(self._data(path))
        found = tuple(islice(markup.tags(words.text), self._allowance.tags + 1))
        if not self._allowance.takes_tags(len(found)):
            return Page(path, "")
        return Page(path, words.text, words=words, tags=found)

    def _data(self, path: str) -> bytes:
        """The bytes of a file that is looked into; none of one that is too large, or comes after too many."""
        entry = self.files[path]
        is_there = self._allowance.takes(path, _LARGEST + 1 if isinstance(entry, Unread) else entry.size)
        return entry.data if is_there else b""

    @property
    def is_read(self) -> bool:
        """Whether everything that was looked at was small enough for it."""
        return not self._allowance.is_spent

    @cached_property
    def _allowance(self) -> _Allowance:
        return _Allowance()

    def _led_to(self, page: Page) -> Iterator[str]:
        """The pages that `page` leads to by its links, or by an address that stands in one of its scripts."""
        naming: dict[str, Source] = {page.path: page}
        for each in page.references:
            if each.role in _LEADS_ON:
                folder = each.address.path.removesuffix("/")
                yield from filter(self._is_page, (each.address.path, f"{folder}/index.html".lstrip("/")))
            elif each.role == "script" and each.address.path in self.files:
                naming[each.address.path] = self._script(each.address.path)
        for source in naming.values():
            yield from self._named_in(source, page.folder)

    def _is_page(self, path: str) -> bool:
        return path in self.files and path.lower().endswith(PAGES)

    def _named_in(self, source: Source, folder: str) -> Iterator[str]:
        """The pages whose addresses stand in `source`, seen from `folder` or from the root."""
        for here in {folder, ""}:
            if (source.path, here) not in self._tried and self._allowance.takes_tries(len(source.page_names)):
                self._tried.add((source.path, here))
                yield from filter(self._is_page, (resolve(name, here).path for name in source.page_names))

    @cached_property
    def _tried(self) -> set[tuple[str, str]]:
        return set()

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Everything that these pages, and the styles that they take in, ask for."""
        found = list(islice((each for page in self.pages for each in page.references), _MOST_LINKS))
        met: set[str] = set()
        for each in found:  # which grows
            path = each.address.path
            if path not in met and path in self.files and len(found) < _MOST_LINKS:
                met.add(path)
                found += self._asked_by(path, each.role)
        return tuple(found)

    def _asked_by(self, path: str, role: str) -> Iterator[Reference]:
        """What a style asks for, or a drawing that is shown as a page is."""
        if role == "style":
            yield from in_style(Source(path, self.text(path)))
        elif role in ("frame", "object") and path.lower().endswith(".svg"):
            yield from self._page(path).references

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """Every script in a file, and those in the pages that are opened; none where no page runs them."""
        if not self.pages:
            return ()
        paths = [path for path in self.files if path.lower().endswith(SCRIPTS)]
        inside = (script for page in self.pages for script in page.scripts)
        return (*map(self._script, paths), *inside)

    def _script(self, path: str) -> Script:
        if path not in self._scripts:
            self._scripts[path] = Script(path, self.text(path))
        return self._scripts[path]

    @cached_property
    def _scripts(self) -> dict[str, Script]:
        return {}

    def text(self, path: str) -> str:
        """What a file says that is no page."""
        if path in self._scripts:
            return self._scripts[path].text
        return charset.words(self._data(path), is_page=False).text

    @cached_property
    def mentions(self) -> dict[str, str]:
        """Which of the words that matter stand anywhere in the package: for each the first file with it."""
        found: dict[str, str] = {}
        pages = {page.path: page.text for page in self.pages}
        for path in self.files:
            if path.lower().endswith(_SPEAKING) and len(found) < len(SPOKEN):
                text = pages.get(path) or self.text(path)
                found |= {word: path for word in SPOKEN if word not in found and _says(text, *SPOKEN[word])}
        return found

    def place(self, source: Source, at: int = 0) -> Place:
        """Where in the package `at` of `source` is."""
        return place(self.package, source.path, source.line(at))


def _says(text: str, words: Iterable[str], what: re.Pattern[str]) -> bool:
    return any(word in text for word in words) and what.search(text) is not None


def folded(path: str) -> str:
    """What all spellings of a name have in common that look alike."""
    return unicodedata.normalize("NFC", path.casefold())
