"""A platform as data. Whoever reads a fact can see where it comes from, and from which day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from scormpack.source.node import Node
from scormpack.source.word import Slug


class Source(Node):
    """Where a fact comes from."""

    what: str = Field(min_length=10)
    """An address, or what was tried.
    Example: `Tried on a running Moodle 4.5`
    """
    day: datetime.date
    """The day on which it was looked up; of what was tried, the day by which it was written down."""

    @property
    def address(self) -> str:
        """Where it can be read; an empty text if that is nowhere."""
        return self.what if self.what.startswith("https://") else ""


class Sourced(Node):
    """What is known from a source, of all kinds of package or of some."""

    source: Slug
    """The name of the source in `sources`."""
    targets: tuple[str, ...] = ()
    """The kinds of package that it is about, by name; all if there are none."""

    def is_about(self, target: str) -> bool:
        """Whether it is about packages for `target`."""
        return not self.targets or target in self.targets


class Fact(Sourced):
    """A sentence or two: something to do, or something to know."""

    says: str = Field(min_length=10, max_length=260)
    """What a manager reads."""


class Setting(Sourced):
    """Something to set before learners come."""

    name: str = Field(min_length=1, max_length=60)
    """What the platform calls it.
    Example: `Grading method`
    """
    to: str = Field(min_length=1, max_length=80)
    """What to choose, in the platform's own words.
    Example: `Highest grade`
    """
    why: str = Field(default="", max_length=160)
    """What it is good for, if that is not plain."""


class Suited(Node):
    """The kind of package that suits the platform best."""

    target: str
    """Its name.
    Example: `scorm12`
    """
    why: str = Field(min_length=10, max_length=200)
    """Why it is this one."""
    source: Slug
    """The name of the source in `sources`."""


class Taken(Node):
    """A kind of package that the platform takes."""

    target: str
    """Its name.
    Example: `scorm12`
    """
    source: Slug
    """The name of the source in `sources`."""


class Other(Sourced):
    """What the platform does with kinds of package that it is not built for, or that nobody builds here."""

    targets: tuple[str, ...] = Field(min_length=1)
    """The kinds of package, by name; none of those in `takes`."""
    verdict: Literal["works", "stumbles", "refuses"]
    """Whether they work, work in part, or are not taken."""
    says: str = Field(min_length=10, max_length=200)
    """What whoever has such a package reads."""


class Replacing(Node):
    """What happens when a package takes the place of an older one."""

    progress: Literal["stays", "asks", "not_known"]
    """Whether progress stays: it does, or whoever replaces it is asked, or nobody has tried."""
    how: tuple[Fact, ...] = ()
    """What to do, and what to know."""


class Limit(Sourced):
    """Something of which the platform takes only so much: for programs."""

    of: Literal["suspend_data", "title", "identifier", "manifest_identifier", "package", "scos"]
    """What is limited."""
    most: int = Field(gt=0)
    """How much the platform takes."""
    unit: Literal["characters", "megabytes", "pieces"]
    """In what that is counted."""
    beyond: Literal["refused", "cut", "fails", "not_known"]
    """What becomes of more: refused with an error, cut off, the import fails, or nobody has tried."""
    when: str = Field(default="", max_length=80)
    """In which case, to follow “if”; always if it is empty."""


class Spelling(Sourced):
    """Words in a package that the platform knows in these spellings only: for programs."""

    of: Literal["schemaversion", "prefix", "namespace", "element", "file_ending"]
    """What is spelled."""
    words: tuple[str, ...] = Field(min_length=1)
    """The words."""
    matches: Literal["whole", "beginning", "end"]
    """Which part of what is found has to be one of them."""
    verdict: Literal["taken", "refused"] = "taken"
    """What the platform does with what is spelled so."""
    otherwise: str = Field(min_length=3, max_length=120)
    """What becomes of the rest."""


class Quirk(Sourced):
    """What the platform does where a package has something that others take in their stride: for programs."""

    at: Literal[
        "not_well_formed",
        "breaks_schema",
        "mistakes",
        "numeric_reference",
        "several_parts",
        "sequencing",
        "threshold_as_text",
        "tilde_in_name",
        "always",
    ]
    """What the package has: a descriptor that is no XML, that breaks its schema or that has other errors, signs that
    are written as numbers, more than one part that a learner opens, rules for the order of its parts, a
    `completionThreshold` that is no attribute, a file with `~` in its name; or whatever it has."""
    verdict: Literal["works", "stumbles", "refuses"]
    """Whether the package works there, works in part, or is not taken."""
    says: str = Field(min_length=10, max_length=200)
    """What whoever has such a package reads."""


class Launch(Sourced):
    """Which page the platform opens, where it does not go by the items of the manifest: for programs."""

    page: Literal["first_resource_with_href", "first_sco"]
    """Which resource of the manifest names the page."""


class Platform(Node):
    """What is known of a learning platform."""

    id: Slug
    """The name of its file, and what a provider's file calls it.
    Example: `moodle`
    """
    name: str = Field(min_length=3, max_length=40)
    """What people call it.
    Example: `Moodle`
    """
    sources: dict[Slug, Source] = Field(min_length=1)
    """Where the facts come from, each under a name of its own."""
    takes: tuple[Taken, ...] = Field(min_length=1)
    """The kinds of package that it takes, the ones to try first in front."""
    others: tuple[Other, ...] = ()
    """What it does with other kinds of package, as far as somebody has found out."""
    suits: Suited
    """The kind that suits it best."""
    load: tuple[Fact, ...] = Field(min_length=1)
    """How to load a package, step by step, with the platform's own names."""
    settings: tuple[Setting, ...] = ()
    """Settings that decide whether a pass counts."""
    test: tuple[Fact, ...] = ()
    """Where to look once a test learner is through."""
    result: tuple[Fact, ...] = ()
    """What a result means there."""
    lacks: tuple[Fact, ...] = ()
    """What it is known not to do, or to do otherwise than one would think."""
    replacing: Replacing
    """What happens when a package takes the place of an older one."""
    limits: tuple[Limit, ...] = ()
    """Of what it takes only so much."""
    spellings: tuple[Spelling, ...] = ()
    """What has to be spelled in one way."""
    quirks: tuple[Quirk, ...] = ()
    """What it does with what others take in their stride."""
    launches: Launch | None = None
    """Which page it opens, if that is known and not what the manifest's items say."""
    not_known: tuple[str, ...] = ()
    """What a manager may ask and nobody has found out, to follow “Not known:”."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The names of the kinds of package that it takes, the best first."""
        return tuple(dict.fromkeys([self.suits.target, *(each.target for each in self.takes)]))

    def takes_any(self, targets: Iterable[str]) -> bool:
        """Whether it takes a package for one of `targets`."""
        return any(each in self.targets for each in targets)

    def best_of(self, targets: Sequence[str]) -> str | None:
        """The kind among `targets` that suits it best; None if it takes none of them."""
        return next((each for each in self.targets if each in targets), None)

    def facts(self) -> Iterator[Taken | Suited | Sourced]:
        """Everything that names a source, in the order written."""
        for node in self.nodes():
            if isinstance(node, Taken | Suited | Sourced):
                yield node

    @model_validator(mode="after")
    def _has_its_sources(self) -> Self:
        named = {fact.source for fact in self.facts()}
        if strange := named - set(self.sources):
            raise ValueError(f"no source is called {', '.join(sorted(strange))}")
        if idle := set(self.sources) - named:
            raise ValueError(f"nothing comes from the source {', '.join(sorted(idle))}")
        taken = {each.target for each in self.takes}
        if self.suits.target not in taken:
            raise ValueError(f"it does not take {self.suits.target}")
        if both := taken & {target for each in self.others for target in each.targets}:
            raise ValueError(f"it takes {', '.join(sorted(both))}, which `others` has too")
        return self
