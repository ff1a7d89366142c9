"""Everything that a package is held against that follows one standard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from scormpack.check.package.descriptor import Descriptor, Form
from scormpack.check.rule import Rule, check
from scormpack.diagnostics import Diagnostic
from scormpack.package import Package


@dataclass(frozen=True)
class Standard:
    """A standard, or an edition of one: what its descriptor looks like, and the rules about that."""

    form: Form
    descriptor: Callable[[Package, Any], Descriptor[Any]]
    rules: tuple[Rule[Any], ...]

    @property
    def name(self) -> str:
        """The name of the target that makes such packages."""
        return self.form.standard

    def check(self, package: Package) -> Iterator[Diagnostic]:
        """What the rules find in the descriptor of `package`, and in what it speaks of."""
        return check(self.rules, self.descriptor(package, self.form))
