"""Which module an activity is: by its id, its title, the name of its package, or by what somebody has said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from scormpack.targets import ALIASES, TARGETS

_WORDS = re.compile(r"[^\W_]+")
_BESIDE = {word for name in (*TARGETS, *ALIASES) for word in re.findall(r"[^\W_]+", name)} | {"zip", "scorm", "v"}
_LONGEST = 300  # characters of a name that is looked up


class Names:
    """Knows the modules of a library by what platforms call them: `titles` by their ids.

    Beside an id or a title a name may have what that of a package has: a version, a target and one of `providers`.
    """

    def __init__(self, titles: Mapping[str, str], providers: Iterable[str], said: Mapping[str, str]) -> None:
        self.ids = set(titles)
        self.said = {_plain(name): module for name, module in said.items()}
        self.beside = _BESIDE | {word for each in providers for word in _plain(each)}
        self.known: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for module, title in titles.items():
            self.known[_plain(module)].add(module)
            self.known[_plain(title)].add(module)
        self.longest = max(map(len, self.known), default=0)
        self.found = lru_cache(10_000)(self._found)

    def _found(self, name: str) -> tuple[str, ...]:
        words = _plain(name[:_LONGEST])
        if words in self.said:
            return (self.said[words],)
        whole = self.known.get(words)
        return tuple(sorted(whole if whole else self._inside(words)))

    def _inside(self, words: tuple[str, ...]) -> set[str]:
        """Modules whose id or title is all that `words` say, but for what the name of a package has besides."""
        found: set[str] = set()
        for begin in range(len(words)):
            for end in range(begin + 1, min(begin + self.longest, len(words)) + 1):
                if modules := self.known.get(words[begin:end]):
                    rest = words[:begin] + words[end:]
                    found |= modules if all(map(self._is_beside, rest)) else set()
        return found

    def _is_beside(self, word: str) -> bool:
        return word in self.beside or word.isdigit()

    def in_file_name(self, stem: str) -> tuple[str, ...]:
        """The modules that the name of a file names, whatever else it says."""
        words = _plain(stem[:_LONGEST])
        spans = ((a, b) for a in range(len(words)) for b in range(a + 1, min(a + self.longest, len(words)) + 1))
        found: dict[str, int] = {}
        for begin, end in spans:
            for module in self.known.get(words[begin:end], ()):
                found[module] = max(found.get(module, 0), end - begin)
        longest = max(found.values(), default=0)
        return tuple(sorted(module for module, length in found.items() if length == longest))


def _plain(name: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(name.casefold()))
