"""Print docs/platforms.md, or with `loading` docs/loading.md, from the data in src/scormpack/platforms/."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from scormpack.inspect.about import TITLES
from scormpack.platforms.known import GENERAL, platform
from scormpack.platforms.model import Fact, Launch, Limit, Other, Platform, Quirk, Setting, Sourced, Spelling
from scormpack.platforms.names import NAMES
from scormpack.targets import TARGETS

_INTRODUCTION = """\
# Platforms

What is known of learning platforms: which package suits each best, how to load it, which settings decide whether a
pass counts, and what a platform is known not to do. A provider's file names its platform (`platform: moodle`); the
provider then gets the kind of package that suits it best, and a load sheet that says all this on one page.

The number behind a sentence is that of its source, below. A source has a day: the one on which a page was looked up,
or by which a trial was written down. Pages were read in a stored copy, which may be older than that day. Makers
change their platforms without telling us, so the test with one learner is part of each load sheet. What is not known
is said to be not known: if you find it out, add it to the platform's file in `src/scormpack/platforms/`, with its
source.

This page is made from these files, by `make docs`.
"""
_LOADING = """\
# Loading by hand

For whoever puts packages into a learning platform by hand. With each [release](releases.md) comes a load sheet,
`HOW-TO-LOAD.html` and `.pdf`, that says the same for your files and your platform on one page: use that where you
have one. Into [Moodle](moodle.md) and [SCORM Cloud](scorm-cloud.md) packages can be loaded by machine.

1. **Choose the file.** A release has one for each module, of the kind that suits your platform. It stays a zip file:
   do not unpack it, do not open it, do not change its name.
2. **See that it arrived whole.** `sha256sum --check SHA256SUMS` in the folder, or `scormpack verify FOLDER`.
3. **Load it** as below, and choose the settings before learners come: some decide whether a pass counts.
4. **Try it with one learner**, on a phone if your workers use phones: answer one question, leave, come back, pass.
   Then look whether the platform says so.
5. **A newer release:** `CHANGES.html` says for each module whether progress stays. Replace the file in the same
   activity; a new activity begins with no progress.

What stands below is about the kind of package that suits each platform best. [Platforms](platforms.md) says more,
with the source of each sentence.

This page is made from the files in `src/scormpack/platforms/`, by `make docs`.
"""
_PROGRESS = {
    "stays": "Progress stays.",
    "asks": "The platform asks whether progress stays.",
    "not_known": "Whether progress stays is not known.",
}
_OF = {
    "suspend_data": "What a module keeps (`suspend_data`)",
    "title": "A title",
    "identifier": "An identifier",
    "manifest_identifier": "The identifier of the manifest",
    "package": "A package",
    "scos": "Units (SCOs) in a package",
    "schemaversion": "A `schemaversion` that is",
    "prefix": "A prefix of XML names that is",
    "namespace": "A namespace that is",
    "element": "An XML element that is",
    "file_ending": "A file name that is",
}
_BEYOND = {
    "refused": "more is refused",
    "cut": "the rest is cut off",
    "fails": "the import fails",
    "not_known": "what becomes of more is not known",
}
_AT = {
    "not_well_formed": "A descriptor that is not XML",
    "breaks_schema": "A descriptor that breaks its schema",
    "mistakes": "A descriptor with other mistakes",
    "numeric_reference": "Signs that are written as numbers, such as `&#233;`",
    "several_parts": "Several parts that a learner opens",
    "sequencing": "Rules for the order of the parts",
    "threshold_as_text": "A `completionThreshold` that is written as text",
    "tilde_in_name": "A file with `~` in its name",
    "always": "Any package",
}
_DOES = {"works": "it works", "stumbles": "it works in part", "refuses": "it is refused"}
_PAGES = {
    "first_resource_with_href": "The page that opens is that of the first resource with an address.",
    "first_sco": "The page that opens is that of the first resource that is a SCO.",
}
_MATCHES = {"whole": "as a whole", "beginning": "by how it begins", "end": "by how it ends"}


def document() -> str:
    """The whole page, as Markdown."""
    known = [platform(name) for name in (*(name for name in NAMES if name not in GENERAL), *GENERAL)]
    return "\n".join([_INTRODUCTION, *_overview(known), *(line for each in known for line in _section(each))])


def loading() -> str:
    """The page for those who load by hand, as Markdown."""
    known = [platform(name) for name in (*(name for name in NAMES if name not in GENERAL), *GENERAL)]
    return "\n".join([_LOADING, *(line for each in known for line in _by_hand(each))])


def _by_hand(known: Platform) -> Iterator[str]:
    """How to load the kind of package that suits a platform best."""
    target = known.suits.target
    yield f"## {_title(known)}\n"
    yield f"Load the files for {TARGETS[target].title}. [How this is known](platforms.md#{_anchor(known)})\n"
    yield from [*(f"1. {each.says}" for each in known.load if each.is_about(target)), ""]
    settings = [each for each in known.settings if each.is_about(target)]
    if settings:
        rows = (f"| {_cell(each.name)} | {_cell(each.to)} | {_cell(each.why)} |" for each in settings)
        yield from ["| setting | choose | why |\n| --- | --- | --- |", *rows, ""]
    after = [each.says for each in (*known.test, *known.replacing.how) if each.is_about(target)]
    if after:
        yield from [*(f"- {each}" for each in after), ""]


def _overview(known: Iterable[Platform]) -> Iterator[str]:
    yield "| platform | in a provider's file | best with | takes as well | with a newer release |"
    yield "| --- | --- | --- | --- | --- |"
    for each in known:
        best, *others = (TARGETS[target].title for target in each.targets)
        link = f"[{_title(each)}](#{_anchor(each)})"
        yield f"| {link} | `{each.id}` | {best} | {', '.join(others) or '–'} | {_PROGRESS[each.replacing.progress]} |"
    yield ""


def _section(known: Platform) -> Iterator[str]:
    sources = {str(name): number for number, name in enumerate(known.sources, 1)}
    suited = known.suits
    yield f"## {_title(known)}\n"
    yield f"Best with {TARGETS[suited.target].title}: {suited.why} [{sources[suited.source]}]\n"
    taken = [f"{TARGETS[each.target].title} [{sources[each.source]}]" for each in known.takes]
    yield f"It takes {', '.join(taken)}.\n"
    yield from _for_programs(known.others, sources, "Other kinds of package")
    yield from _listed("How to load a file", known.load, sources, "1.")
    yield from _settings(known.settings, sources)
    yield from _listed("Where to look after the test", known.test, sources)
    yield from _listed("What a result means", known.result, sources)
    yield from _listed("To know", known.lacks, sources)
    yield f"**A newer release:** {_PROGRESS[known.replacing.progress]}\n"
    yield from _lines(known.replacing.how, sources)
    launch = [known.launches] if known.launches else []
    yield from _for_programs([*launch, *known.limits, *known.spellings, *known.quirks], sources, "Inside a package")
    if known.not_known:
        yield f"**Not known:** {'; '.join(known.not_known)}.\n"
    yield "Sources:\n"
    for name, each in known.sources.items():
        yield f"{sources[name]}. {f'<{each.address}>' if each.address else each.what}, {each.day}"
    yield ""


def _listed(title: str, facts: Iterable[Fact], sources: dict[str, int], sign: str = "-") -> Iterator[str]:
    lines = [*_lines(facts, sources, sign)]
    if lines:
        yield from [f"**{title}**\n", *lines]


def _lines(facts: Iterable[Fact], sources: dict[str, int], sign: str = "-") -> Iterator[str]:
    lines = [f"{sign} {_kinds(each)}{each.says} [{sources[each.source]}]" for each in facts]
    yield from [*lines, ""] if lines else []


def _settings(settings: Iterable[Setting], sources: dict[str, int]) -> Iterator[str]:
    rows = [
        f"| {_cell(each.name)} | {_kinds(each)}{_cell(each.to)} | {_cell(f'{each.why} ')}[{sources[each.source]}] |"
        for each in settings
    ]
    if rows:
        yield "**Settings that decide whether a pass counts**\n"
        yield from ["| setting | choose | |\n| --- | --- | --- |", *rows, ""]


def _for_programs(
    known: Iterable[Launch | Limit | Other | Quirk | Spelling], sources: dict[str, int], title: str
) -> Iterator[str]:
    lines = [f"- {_kinds(each)}{_in_words(each)} [{sources[each.source]}]" for each in known]
    if lines:
        yield from [f"**{title}**\n", *lines, ""]


def _in_words(known: Launch | Limit | Other | Quirk | Spelling) -> str:
    if isinstance(known, Quirk):
        return f"{_AT[known.at]}: {_DOES[known.verdict]}. {known.says}"
    if isinstance(known, Other):
        return f"{_DOES[known.verdict]}. {known.says}"
    if isinstance(known, Launch):
        return _PAGES[known.page]
    if isinstance(known, Limit):
        case = f" if {known.when}" if known.when else ""
        return f"{_OF[known.of]}: at most {known.most:,} {known.unit}{case}; {_BEYOND[known.beyond]}."
    words = ", ".join(f"`{word}`" for word in known.words)
    return f"{_OF[known.of]} {known.verdict}, {_MATCHES[known.matches]}: {words}. Otherwise: {known.otherwise}"


def _kinds(known: Sourced) -> str:
    """The kinds of package that it is about, in front of a sentence."""
    return f"{', '.join(TITLES[each] for each in known.targets)}: " if known.targets else ""


def _title(known: Platform) -> str:
    return known.name[0].upper() + known.name[1:]


def _anchor(known: Platform) -> str:
    """What a link names, as GitHub spells a heading."""
    return "".join(sign for sign in known.name.lower().replace(" ", "-") if sign.isalnum() or sign in "-_")


def _cell(text: str) -> str:
    return text.lstrip().replace("|", "\\|")


if __name__ == "__main__":
    click.echo(loading() if sys.argv[1:] == ["loading"] else document(), nl=False)
