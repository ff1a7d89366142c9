"""The providers of a library: as many as there are, and each read only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from scormpack.content.provider import Provider
from scormpack.diagnostics import ContentError, Diagnostic

_MOST = 1_000  # providers kept, at some 25 kB each; a training body has ten thousand


def _nobody(name: str) -> Provider:
    raise KeyError(name)


class Providers(Mapping[str, Provider]):
    """The providers by id, in the order of `names`. One with mistakes is left out; what they are is in `unread`.

    `reader` reads the provider of this name, or raises ContentError with every mistake in it.
    """

    def __init__(self, names: Sequence[str] = (), reader: Callable[[str], Provider] = _nobody) -> None:
        self.names = tuple(names)
        self._known = frozenset(names)
        self._reader = reader
        self._recent: dict[str, Provider | ContentError] = {}

    def read(self, name: str) -> Provider:
        """The provider of this name. Raises ContentError with its mistakes, and KeyError if there is none."""
        found = self._recent.get(name) or self._anew(name)
        if isinstance(found, ContentError):
            raise found
        return found

    def _anew(self, name: str) -> Provider | ContentError:
        if name not in self._known:
            raise KeyError(name)
        found: Provider | ContentError
        try:
            found = self._reader(name)
        except ContentError as error:
            found = error
        if len(self._recent) >= _MOST:
            self._recent.pop(next(iter(self._recent)))
        self._recent[name] = found
        return found

    def forget(self, name: str) -> None:
        """Read this provider anew the next time: its file may have been written since."""
        self._recent.pop(name, None)

    @property
    def unread(self) -> dict[str, tuple[Diagnostic, ...]]:
        """What is wrong with those that cannot be read."""
        return {name: found for name in self.names if (found := self._mistakes(name))}

    def _mistakes(self, name: str) -> tuple[Diagnostic, ...]:
        try:
            self.read(name)
        except ContentError as error:
            return error.diagnostics
        return ()

    def __getitem__(self, name: str) -> Provider:
        try:
            return self.read(name)
        except ContentError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.names if not self._mistakes(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __reduce__(self) -> tuple[type[Providers], tuple[tuple[str, ...], Callable[[str], Provider]]]:
        return Providers, (self.names, self._reader)
