"""Everything that a package is held against that follows one standard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

from scormpack.check.rule import Rule, check
from scormpack.diagnostics import Diagnostic
from scormpack.package import Package


class Named(Protocol):
    """What a standard's descriptor is known by."""

    @property
    def standard(self) -> str:
        """The kind of package: the name of the target that makes such packages, where there is one."""


class Standard(NamedTuple):
    """A standard, or an edition of one: what its descriptor looks like, and the rules about that.

    In `others` are rules about what anybody may write and we never do: the narrow schemas of our own packages
    refuse it already.
    """

    form: Named
    descriptor: Callable[..., Any]
    rules: tuple[Rule[Any], ...]
    others: tuple[Rule[Any], ...] = ()

    @property
    def name(self) -> str:
        """The kind of package that follows it."""
        return self.form.standard

    def check(self, package: Package, is_ours: bool = True) -> Iterator[Diagnostic]:
        """What the rules find in the descriptor of `package`, and in what it speaks of.

        A package that `is_ours` is held against the rules of the house too, and against our narrow schemas.
        """
        rules = self.rules if is_ours else [each for each in (*self.rules, *self.others) if not each.house]
        return check(rules, self.descriptor(package, self.form, is_ours))
