"""Each package held against the one that its provider has: new, changed or the same, and whether progress stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from scormpack.content.library import Library
from scormpack.inspect.judgement import Change, Judgement, judge
from scormpack.release.drafts import Draft
from scormpack.release.record import Head, Held, History, ModuleLine, ProviderLine, held
from scormpack.release.slip import Given
from scormpack.release.spool import Row

_BESIDE_THE_PAGES = "Something beside its pages has changed, such as a picture, its summary or its guide for groups."
_DETAILS = "Your own details have changed, such as a telephone number."
_SHARED = "What all modules share has changed, such as a contact, a notice or the word list."
_TOOL = "It was made with another version of scormpack. It teaches the same."
_ANEW = "It was made anew. It teaches the same."


@dataclass(frozen=True)
class Court:
    """What packages of a release are judged by.

    `kept` says, by module and target, where progress lies. `kinds` are the targets of which a provider is given any.
    """

    head: Head
    history: History
    drafts: Mapping[str, Draft]
    kept: Mapping[str, Mapping[str, str]]
    _known: dict[tuple[Held, str], Judgement] = field(default_factory=dict)

    def given(self, row: Row, before: ProviderLine | None, details: str, kinds: Collection[str]) -> Given:
        """The package in `row`, judged; `before` is what its provider has, and `details` what is its own now."""
        last = self._last(row, before, kinds)
        is_other = before is not None and before.details != details
        change, reasons = self._compared(row, last, is_other) if last else (Change.NEW, ())
        return Given(
            **row._asdict(),
            title=self.drafts[row.module].module.title,
            minutes=self.drafts[row.module].module.duration_minutes,
            was=last.version if last else None,
            change=change,
            reasons=reasons,
        )

    def still(self, before: ProviderLine | None, library: Library, kinds: Collection[str]) -> list[Held]:
        """What still holds of what a provider has: modules of the library, in kinds that are given out."""
        rows = before.has if before else ()
        return [
            each
            for each in rows
            if each.module in library.modules and (each.target in kinds or each.module not in self.drafts)
        ]

    def gone(self, before: ProviderLine | None, library: Library) -> tuple[str, ...]:
        """The titles of the modules that a provider has, and that the library has no more."""
        rows = before.has if before else ()
        titles = (self.history.module(x).title for x in rows if x.module not in library.modules)
        return tuple(sorted(set(titles)))

    def _last(self, row: Row, before: ProviderLine | None, kinds: Collection[str]) -> Held | None:
        """What the package takes the place of: the last of its kind, else one of a kind that is given out no more."""
        has = held(before.has) if before else {}
        same = has.get((row.module, row.target))
        others = (each for (name, target), each in has.items() if name == row.module and target not in kinds)
        return same or next(others, None)

    def _compared(self, row: Row, last: Held, has_other_details: bool) -> tuple[Change, tuple[str, ...]]:
        if (row.target, row.sha256) == (last.target, last.sha256):
            return Change.UNCHANGED, ()
        judgement = self._judgement(row, last)
        reasons = (*judgement.reasons, *self._around(row, last, judgement, has_other_details))
        return (Change.LOST if judgement.lost else Change.STAYS), reasons or (_ANEW,)

    def _judgement(self, row: Row, last: Held) -> Judgement:
        """What has become of the module, worked out once for all who have the same."""
        key = last._replace(bytes=0, sha256=""), row.target
        if key not in self._known:
            then = self.history.module(last).shape_for(last.target)
            self._known[key] = judge(then, self.line(row.module).shape_for(row.target))
        return self._known[key]

    def _around(self, row: Row, last: Held, judgement: Judgement, has_other_details: bool) -> Iterator[str]:
        """What else makes the difference. What scormpack itself does is told only where nothing else is to tell."""
        since = next((each for each in self.history.releases if each.release == last.since), None)
        content = self.history.module(last).content
        is_same = content == self.drafts[row.module].content
        shares_other = since is not None and since.shared != self.head.shared
        if not is_same and not judgement.reasons:
            yield _BESIDE_THE_PAGES
        if has_other_details:
            yield _DETAILS
        if shares_other:
            yield _SHARED
        if is_same and not has_other_details and not shares_other and since and since.tool != self.head.tool:
            yield _TOOL

    def line(self, name: str) -> ModuleLine:
        """What the record says of a module as it is now."""
        draft = self.drafts[name]
        return ModuleLine(
            module=draft.module.id,
            version=draft.module.version,
            title=draft.module.title,
            minutes=draft.module.duration_minutes,
            content=draft.content,
            shape=draft.shape,
            kept=dict(self.kept.get(name, {})),
        )
