"""What a learning platform will make of a package: by what is known of both, each sentence with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from scormpack.check.foreseen import PLT_01, PLT_02, PLT_03
from scormpack.diagnostics import Code, Diagnostic, Place, Severity
from scormpack.inspect.about import TITLES, About
from scormpack.inspect.verdict import Verdict
from scormpack.platforms.facts import Does, Fact, Known, known_platforms
from scormpack.source.signs import brief

_GENERAL: Final = ("other-cmi5", "other-scorm", "record-store", "web-server")  # kinds of platform: no products
_GRAVITY: Final[dict[str, int]] = {"works": 0, "stumbles": 1, "refuses": 2}
_CODES: Final[dict[str, Code]] = {"refuses": PLT_01, "stumbles": PLT_02, "not_known": PLT_03}
_LONGEST: Final = 160  # signs of what is quoted from a package
_MEGABYTE: Final = 1_048_576
_DESCRIPTORS: Final = ("imsmanifest.xml", "tincan.xml", "cmi5.xml")
_SEQUENCING: Final = frozenset(
    {"preConditionRule", "postConditionRule", "exitConditionRule", "rollupRule", "mapInfo"}
)
_BREAKS_SCHEMA: Final = "-03"  # how the codes of that rule end, in the family of each standard


class Sentence(NamedTuple):
    """What somebody reads and what follows from it; its source, and the day of that: both empty if there is none."""

    says: str
    verdict: Does | Literal["not_known"]
    source: str = ""
    day: str = ""


class Opinion(NamedTuple):
    """What a platform does with a package: it works there, stumbles or is refused, or nobody has found out."""

    id: str
    name: str
    verdict: Does | Literal["not_known"]
    sentences: tuple[Sentence, ...]

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """The sentences that make the verdict what it is."""
        return tuple(each for each in self.sentences if each.verdict == self.verdict)


def foresee_all(verdict: Verdict) -> list[Opinion]:
    """What each product that is known does with the package, in the order of their names."""
    return [foresee(verdict, each) for each in known_platforms().values() if each.id not in _GENERAL]


def foresee(verdict: Verdict, platform: Known) -> Opinion:
    """What `platform` does with the package that `verdict` is about, by what is known of it and no more."""
    taken = _taken(verdict.kinds, platform)
    if taken is None:
        return Opinion(platform.id, platform.name, "not_known", (Sentence(_nothing_known(verdict), "not_known"),))
    kind, base = taken
    met = [] if base.verdict == "refuses" else list(_met(verdict, kind, platform.facts))
    worst = max((base.verdict, *(fact.verdict for fact, _ in met)), key=_GRAVITY.__getitem__)
    said = base.says or f"It takes {TITLES[kind]}."
    told = (
        Sentence(fact.says.replace("{found}", brief(found, _LONGEST)), fact.verdict, fact.source, fact.day)
        for fact, found in met
    )
    return Opinion(platform.id, platform.name, worst, (Sentence(said, base.verdict, base.source, base.day), *told))


def findings_of(opinion: Opinion, verdict: Verdict) -> Iterator[Diagnostic]:
    """What an opinion means for whoever has named the platform, one finding for each reason; none if all is well."""
    code, place = _CODES.get(opinion.verdict), Place(verdict.name, outside=True)
    if code is not None:
        for each in opinion.reasons:
            source = f" ({each.source}, {each.day})" if each.source else ""
            yield code.finding(f"{opinion.name}: {each.says}{source}", place, code.remedy)


def _taken(kinds: Iterable[str], platform: Known) -> tuple[str, Fact] | None:
    """The kind of the package that does best there, and what is known of it."""
    known = [(kind, fact) for fact in platform.facts if fact.of == "kind" for kind in kinds if kind in fact.targets]
    return min(known, key=lambda each: _GRAVITY[each[1].verdict], default=None)


def _nothing_known(verdict: Verdict) -> str:
    if not verdict.kinds:
        return "The package could not be read."
    return f"No source says whether it takes {' or '.join(TITLES.get(kind, kind) for kind in verdict.kinds)}."


def _met(verdict: Verdict, kind: str, facts: Iterable[Fact]) -> Iterator[tuple[Fact, str]]:
    """The facts that have to do with what is in the package, and what that is."""
    for fact in facts:
        look = LOOKS.get(fact.of)
        if look is not None and (not fact.targets or kind in fact.targets):
            found = look(verdict, fact)
            if found is not None:
                yield fact, found


# What is looked at, by what a fact is about: each gives what is found in the package, or None if the fact has nothing
# to do with it.
Look: TypeAlias = Callable[[Verdict, Fact], str | None]


def _more(size: Callable[[About], int]) -> Look:
    """More than the platform takes."""

    def look(verdict: Verdict, fact: Fact) -> str | None:
        return f"{size(verdict.about):,}" if size(verdict.about) > fact.most else None

    return look


def _if(holds: Callable[[Verdict], bool]) -> Look:
    """Something that is there, or is not."""
    return lambda verdict, _: "" if holds(verdict) else None


def _is_one_of(word: str, fact: Fact) -> bool:
    match fact.matches:
        case "whole":
            return word in fact.words
        case "beginning":
            return word.startswith(tuple(fact.words))
        case "end":
            return word.endswith(tuple(fact.words))


def _version(verdict: Verdict, fact: Fact) -> str | None:
    found = next(iter(verdict.about.versions), None)
    return None if found is None or _is_one_of(found, fact) else found


def _prefix(verdict: Verdict, fact: Fact) -> str | None:
    """A namespace under another prefix than the one by which the platform looks for it: `adlcp:` for …/adlcp_v1p3."""
    for prefix, space in sorted(verdict.about.spaces):
        usual = [word.rstrip(":") for word in fact.words if space.rpartition("/")[2].startswith(word.rstrip(":"))]
        if usual and prefix not in usual:
            return f"{space} under the prefix `{prefix}`" if prefix else f"{space} without a prefix"
    return None


def _namespace(verdict: Verdict, fact: Fact) -> str | None:
    spaces = [space for _, space in verdict.about.spaces]
    return None if not spaces or any(_is_one_of(space, fact) for space in spaces) else ""


def _element(verdict: Verdict, fact: Fact) -> str | None:
    return next((each for each in sorted(verdict.about.elements) if _is_one_of(each, fact)), None)


def _ending(verdict: Verdict, fact: Fact) -> str | None:
    return next((each for each in sorted(verdict.about.endings) if each in fact.words), None)


def _other_page(number: int) -> Look:
    """Another page than the one of the first item."""

    def look(verdict: Verdict, _: Fact) -> str | None:
        meant, opened = verdict.about.opens[0], verdict.about.opens[number]
        return f"`{opened}`; the first item is `{meant}`" if meant and opened and meant != opened else None

    return look


def _mistakes(verdict: Verdict) -> set[bool]:
    """Of each error in a descriptor, whether it is about its schema, which most platforms never look at."""
    return {
        each.code.endswith(_BREAKS_SCHEMA)
        for each in verdict.findings
        if each.severity is Severity.ERROR and each.place.path.endswith(_DESCRIPTORS)
    }


LOOKS: Final[dict[str, Look]] = {
    "title": _more(lambda about: about.longest_title),
    "identifier": _more(lambda about: about.longest_identifier),
    "manifest_identifier": _more(lambda about: len(about.identifier)),
    "package": _more(lambda about: about.size // _MEGABYTE),
    "scos": _more(lambda about: about.parts),
    "schemaversion": _version,
    "prefix": _prefix,
    "namespace": _namespace,
    "element": _element,
    "file_ending": _ending,
    "first_resource_with_href": _other_page(1),
    "first_sco": _other_page(2),
    "not_well_formed": _if(lambda verdict: not verdict.about.is_xml),
    "breaks_schema": _if(lambda verdict: True in _mistakes(verdict)),
    "mistakes": _if(lambda verdict: False in _mistakes(verdict)),
    "numeric_reference": _if(lambda verdict: verdict.about.has_numeric_references),
    "several_parts": _if(lambda verdict: verdict.about.parts > 1),
    "threshold_as_text": _if(lambda verdict: verdict.about.has_threshold_as_text),
    "tilde_in_name": _if(lambda verdict: verdict.about.has_tilde),
    "always": _if(lambda _: True),
    "sequencing": _if(lambda verdict: any(each.rpartition(":")[2] in _SEQUENCING for each in verdict.about.elements)),
}
