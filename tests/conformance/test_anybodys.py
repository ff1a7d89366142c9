"""What anybody may write: our verdicts beside those of the published schemas, wherever these speak."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from test_schemas import (
    FOLDERS,
    MANIFESTS,
    PUBLISHED,
    REFUSED,
    STRICTER,
    Schemas,
    changed,
    copy,
    load,
    load_folder,
    mend,
)

from scormpack.check.package import STANDARDS
from scormpack.diagnostics import Severity
from scormpack.package import Entry, Package

OURS = Path(__file__).parents[2] / "schemas" / "xsd" / "any"
ENTRIES = {"scorm12": "imscp_rootv1p1p2.xsd", "scorm2004": "imscp_v1p1.xsd", "cmi5": "CourseStructure.xsd"}
# What no schema knows: files, and what the words of a standard ask for besides.
BESIDES = {f"{family}-{code}" for family in ("S12", "S24") for code in ("04", "05", "06", "08", "09", "37")}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Schemas]:
    """The published schemas by standard."""
    folders = {standard: copy(PUBLISHED / name, tmp_path_factory) for standard, name in FOLDERS.items()}
    mend(folders["scorm12"])
    # An element of LOM fits the wildcard behind it as well, which XML Schema forbids (1, 3.8.6) and libxml2 refuses.
    metadata = folders["scorm12"] / "imsmd_rootv1p2p1.xsd"
    metadata.write_text(metadata.read_text(encoding="utf-8").replace('"##any"', '"##other"'), encoding="utf-8")
    return {standard: load_folder(folder, f"{standard}-others") for standard, folder in folders.items()}


def verdict(standard: str, manifest: bytes) -> dict[str, str]:
    """What is wrong with somebody else's `manifest`, by code, without what schemas do not know."""
    package = Package.of(
        "a.zip",
        [Entry("imsmanifest.xml", manifest), *(Entry(f"{name}.xml", b"<lom/>") for name in ("metadata", "lom"))],
    )
    found = STANDARDS[standard].check(package, is_ours=False)
    return {each.code: each.message for each in found if each.severity is Severity.ERROR and each.code not in BESIDES}


def family(standard: str) -> str:
    return "S12" if standard == "scorm12" else "S24"


@pytest.mark.parametrize("standard", FOLDERS)
@pytest.mark.parametrize("size", ["", "-full", "-others"])
def test_a_sample_is_right(standard: str, size: str) -> None:
    assert verdict(standard, (MANIFESTS / f"{standard}{size}.xml").read_bytes()) == {}


@pytest.mark.parametrize("name", ENTRIES)
def test_both_engines_take_the_schemas(name: str) -> None:
    assert load(OURS / name / ENTRIES[name])


def manifests(standard: str) -> Iterator[tuple[str, bytes]]:
    """Full manifests with every small change, and with every defect of the tables."""
    yield from changed(standard).items()
    yield from ((f"others: {name}", each) for name, each in changed(standard, "others").items())
    for defect in [*REFUSED, *STRICTER]:
        if standard in defect.standards:
            yield defect.name, defect.made_in(standard)


@pytest.mark.long
@pytest.mark.parametrize(
    ("standard", "made", "refused"),
    [("scorm12", 1635, 772), ("scorm2004-3rd", 1949, 1220), ("scorm2004-4th", 2228, 1381)],
)
def test_the_verdicts_are_those_of_the_published_schemas(
    standard: str, made: int, refused: int, published: dict[str, Schemas]
) -> None:
    every = dict(manifests(standard))
    wrong = {name for name, each in every.items() if not published[standard].libxml2.validate(etree.fromstring(each))}
    found = {name: verdict(standard, each) for name, each in every.items()}
    missed = [name for name in wrong if not found[name]]
    alarms = [
        (name, codes) for name, codes in found.items() if f"{family(standard)}-03" in codes and name not in wrong
    ]
    assert (missed, alarms, len(every), len(wrong)) == ([], [], made, refused)
