"""Write docs/standards/, a page for each standard, made from the rules and the platforms' data: `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from scormpack.check.catalogue import Entry, entries
from scormpack.platforms.known import GENERAL, platform
from scormpack.platforms.names import NAMES

FOLDER = Path(__file__).parent / "standards"


class Standard(NamedTuple):
    """A page: what it is about, the letters of its codes, and the kinds of package by target."""

    title: str
    about: str
    family: str
    targets: tuple[str, ...] = ()


PAGES: Final[dict[str, Standard]] = {
    "scorm-1.2": Standard(
        "SCORM 1.2",
        "A zip file with `imsmanifest.xml` at its root. The manifest lists what a learner opens (items), the "
        "pages behind that (resources; one that talks to the platform is a SCO) and all their files. A page "
        "finds the platform by looking for an object called `API` in the windows around it. It is the oldest "
        "kind that is still taken, and the one that most platforms take.",
        "S12",
        ("scorm12",),
    ),
    "scorm-2004": Standard(
        "SCORM 2004",
        "A zip file with `imsmanifest.xml` at its root, as in SCORM 1.2, in one of three editions that "
        "platforms tell apart by `schemaversion`. Besides, the manifest may say in which order things are "
        "done (sequencing). A page looks for an object called `API_1484_11`.",
        "S24",
        ("scorm2004-3rd", "scorm2004-4th"),
    ),
    "xapi": Standard(
        "xAPI with tincan.xml",
        "A zip file with `tincan.xml` at its root, which names the activities of a course and the page to "
        "open. The page is told in its address where the record store is, and sends statements there: who has"
        " done what.",
        "XAP",
        ("xapi",),
    ),
    "cmi5": Standard(
        "cmi5",
        "A zip file with `cmi5.xml` at its root: a course and its units, and when a platform counts each as "
        "done. The page gets a key from the platform and sends statements to its record store, in an order "
        "that is laid down.",
        "CM5",
        ("cmi5",),
    ),
    "aicc": Standard(
        "AICC",
        "Four files with one name, `.crs`, `.au`, `.des` and `.cst`, beside the pages: the course, its units,"
        " their titles and their order. It is older than SCORM, and few platforms still take it.",
        "AIC",
    ),
    "pages": Standard(
        "Pages, styles and scripts",
        "What holds for the pages of every package, whatever its standard: that nothing is missing, that "
        "nothing is fetched from elsewhere without need, that saving still works in today's browsers, and "
        "that everybody can use it, as far as that can be seen without running anything.",
        "WEB",
    ),
    "zip-files": Standard(
        "Zip files",
        "Every package is a zip file. Platforms unpack it with different programs on different systems, and a"
        " zip that one of them reads is refused by the next, or read in another way.",
        "ZIP",
    ),
}
_SEVERITY = {"error": "Error", "warning": "Warning", "info": "Worth knowing"}


def pages() -> dict[str, str]:
    """The text of each page, by the name of its file."""
    return {"README.md": _contents()} | {f"{name}.md": "\n".join(_page(each)) for name, each in PAGES.items()}


def _contents() -> str:
    rows = "\n".join(f"| [{each.title}]({name}.md) | {len(_asked(each))} |" for name, each in PAGES.items())
    return f"""# What packages have to be

What `scormpack check` looks at in a package, whoever made it: what each standard asks for, what goes wrong in
practice, why that matters to a learner, and what to do. [Somebody sent you a package](../checking.md) says
how to use it, and [Platforms](../platforms.md) what learning platforms do with packages.

| page | things that are looked at |
| --- | ---: |
{rows}

These pages are made from the rules themselves, by `make docs`.
"""


def _asked(standard: Standard) -> list[Entry]:
    """What is asked of anybody's packages."""
    found = [each for each in entries().values() if each.family == standard.family]
    return [each for each in found if not {"module", "course"} & set(each.origins) and each.asked_by != "house"]


def _page(standard: Standard) -> Iterator[str]:
    yield f"# {standard.title}\n"
    yield f"{standard.about}\n"
    if standard.targets:
        takers = ", ".join(_takers(standard.targets))
        yield f"Taken by, as far as is known: {takers}. [Platforms](../platforms.md) says more.\n"
        yield "For all packages there are [Pages, styles and scripts](pages.md) and [Zip files](zip-files.md).\n"
    yield "An **error** breaks the standard or does not work; over a **warning** some learners or platforms trip.\n"
    for each in _asked(standard):
        yield f"## {each.title}\n"
        yield f"*{_SEVERITY[each.severity.value]}, {each.code}.* {each.reason}\n"
        yield f"**What to do:** {each.remedy}\n"
        if each.example:
            yield f"{each.example}\n"


def _takers(targets: tuple[str, ...]) -> Iterator[str]:
    for name in NAMES:
        if name not in GENERAL and platform(name).takes_any(targets):
            yield platform(name).name


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        old.unlink()
    for file, text in pages().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
