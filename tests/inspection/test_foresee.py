"""What platforms make of a package: no more than their sources say."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from scormpack.batch import Built
from scormpack.check.foreseen import PLT_01, PLT_02, PLT_03
from scormpack.check.package import package_rules
from scormpack.diagnostics import Diagnostic, Place
from scormpack.inspect.about import About
from scormpack.inspect.foresee import LOOKS, Opinion, findings_of, foresee, foresee_all
from scormpack.inspect.verdict import Verdict, inspect, judge
from scormpack.package import PKG_10, Entry, Package
from scormpack.platforms.facts import Fact, Known, known_platforms
from scormpack.platforms.known import platform
from scormpack.platforms.model import Launch, Limit, Quirk, Spelling
from scormpack.platforms.names import NAMES

ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
HEAD = f'<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="{ADLCP}">'


def package(**files: str) -> Package:
    """A package of text files; `__` in a name stands for the dot."""
    return Package.of("a.zip", [Entry(name.replace("__", "."), text.encode()) for name, text in files.items()])


def manifest(version: str = "2004 3rd Edition", inside: str = "", head: str = HEAD) -> str:
    return f"{head}<metadata><schemaversion>{version}</schemaversion></metadata>{inside}</manifest>"


def opinion(name: str, files: Package) -> Opinion:
    return foresee(judge(files), known_platforms()[name])


# What a platform does

SOME = ("Tried", "2026-11-30")


def known(*facts: Fact) -> Known:
    return Known("small", "Small", facts)


def takes(*kinds: str, verdict: str = "works", says: str = "") -> Fact:
    return Fact("kind", kinds, verdict, says, *SOME)  # type: ignore[arg-type]


def meets(of: str, targets: tuple[str, ...] = (), verdict: str = "stumbles", **more: object) -> Fact:
    return Fact(of, targets, verdict, f"{of}: {{found}}", *SOME, **more)  # type: ignore[arg-type]


def said(verdict: Verdict, *facts: Fact) -> tuple[str, list[str]]:
    found = foresee(verdict, known(*facts))
    return found.verdict, [each.says for each in found.sentences]


def of(kinds: tuple[str, ...] = ("scorm12",), findings: tuple[Diagnostic, ...] = (), **more: object) -> Verdict:
    return Verdict("a.zip", kinds, False, findings, About(**more))  # type: ignore[arg-type]


def test_what_no_source_says_is_not_known() -> None:
    assert said(of(("cmi5",)), takes("scorm12")) == ("not_known", ["No source says whether it takes cmi5."])
    assert said(of(("cmi5", "xapi"))) == ("not_known", ["No source says whether it takes cmi5 or xAPI."])
    assert said(of(("another",))) == ("not_known", ["No source says whether it takes another."])
    assert said(of(()), takes("scorm12")) == ("not_known", ["The package could not be read."])


def test_of_several_kinds_the_one_that_does_best_there_counts() -> None:
    facts = (
        takes("scorm12", verdict="refuses", says="Never."),
        takes("xapi", verdict="stumbles", says="Hardly."),
        takes("cmi5"),
    )
    assert said(of(("scorm12", "xapi", "cmi5")), *facts) == ("works", ["It takes cmi5."])
    assert said(of(("scorm12", "xapi")), *facts) == ("stumbles", ["Hardly."])
    assert said(of(("scorm12",)), *facts) == ("refuses", ["Never."])


def test_the_worst_that_is_met_counts_and_every_sentence_has_its_source() -> None:
    facts = (takes("scorm12"), meets("several_parts"), meets("sequencing", verdict="refuses"))
    two = of(parts=2)
    assert said(two, *facts) == ("stumbles", ["It takes SCORM 1.2.", "several_parts: "])
    assert said(of(parts=2, elements=frozenset({"imsss:rollupRule"})), *facts)[0] == "refuses"
    assert {(each.source, each.day) for each in foresee(two, known(*facts)).sentences} == {SOME}


def test_a_fact_about_other_kinds_has_nothing_to_do_with_it() -> None:
    assert said(of(parts=2), takes("scorm12"), meets("several_parts", ("cmi5",)))[0] == "works"


@pytest.mark.parametrize(
    ("fact", "more", "found"),
    [
        (meets("title", most=9), {"longest_title": 9}, None),
        (meets("title", most=9), {"longest_title": 1_000}, "1,000"),
        (meets("identifier", most=9), {"longest_identifier": 10}, "10"),
        (meets("manifest_identifier", most=2), {"identifier": "abc"}, "3"),
        (meets("package", most=1), {"size": 2 * 1_048_576 - 1}, None),
        (meets("package", most=1), {"size": 2 * 1_048_576}, "2"),
        (meets("scos", most=1), {"parts": 2}, "2"),
        (meets("schemaversion", words=("1.2",)), {"versions": ("1.2",)}, None),
        (meets("schemaversion", words=("1.2",)), {"versions": (" 1.2",)}, " 1.2"),
        (meets("schemaversion", words=("1.2",)), {"versions": ()}, None),
        (meets("prefix", words=("adlcp:",)), {"spaces": frozenset({("adlcp", ADLCP)})}, None),
        (meets("prefix", words=("adlcp:",)), {"spaces": frozenset({("x", ADLCP)})}, f"{ADLCP} under the prefix `x`"),
        (meets("prefix", words=("adlcp:",)), {"spaces": frozenset({("", ADLCP)})}, f"{ADLCP} without a prefix"),
        (meets("prefix", words=("adlcp:",)), {"spaces": frozenset({("x", "http://elsewhere/adl")})}, None),
        (meets("namespace", words=("v1p3",), matches="end"), {"spaces": frozenset({("x", ADLCP)})}, None),
        (meets("namespace", words=("v1p2",), matches="end"), {}, None),
        (meets("namespace", words=("v1p2",), matches="end"), {"spaces": frozenset({("x", ADLCP)})}, ""),
        (meets("element", words=("a:b",)), {"elements": frozenset({"a:b", "c"})}, "a:b"),
        (meets("element", words=("a:b",)), {"elements": frozenset({"b"})}, None),
        (meets("file_ending", words=("php",), matches="end"), {"endings": frozenset({"html", "php"})}, "php"),
        (meets("file_ending", words=("pl",), matches="end"), {"endings": frozenset({"tpl"})}, None),
        (meets("first_resource_with_href"), {"opens": ("a", "a", "b")}, None),
        (meets("first_resource_with_href"), {"opens": ("a", "b", "a")}, "`b`; the first item is `a`"),
        (meets("first_sco"), {"opens": ("a", "a", "b")}, "`b`; the first item is `a`"),
        (meets("first_sco"), {"opens": ("", "a", "b")}, None),
        (meets("not_well_formed"), {"is_xml": True}, None),
        (meets("not_well_formed"), {"is_xml": False}, ""),
        (meets("numeric_reference"), {"has_numeric_references": True}, ""),
        (meets("several_parts"), {"parts": 1}, None),
        (meets("sequencing"), {"elements": frozenset({"imsss:sequencing", "imsss:controlMode"})}, None),
        (meets("threshold_as_text"), {"has_threshold_as_text": True}, ""),
        (meets("threshold_as_text"), {}, None),
        (meets("tilde_in_name"), {"has_tilde": True}, ""),
        (meets("tilde_in_name"), {}, None),
        (meets("always"), {}, ""),
        (meets("suspend_data", most=1), {}, None),
    ],
)
def test_what_is_met_in_a_package(fact: Fact, more: dict[str, object], found: str | None) -> None:
    assert said(of(**more), takes("scorm12"), fact)[1][1:] == ([] if found is None else [f"{fact.of}: {found}"])  # type: ignore[arg-type]


def test_everything_that_a_fact_can_be_about_is_looked_at() -> None:
    kinds = ((Quirk, "at"), (Spelling, "of"), (Limit, "of"), (Launch, "page"))
    about = {word for model, field in kinds for word in get_args(model.model_fields[field].annotation)}
    assert set(LOOKS) == about - {"suspend_data"}  # which only a course that is played shows


def test_what_is_quoted_from_a_package_is_short_and_legible() -> None:
    facts = (takes("scorm12"), meets("schemaversion", words=("1.2",)))
    assert (
        said(of(versions=("\x1b{found}" + "x" * 500,)), *facts)[1][1] == f"schemaversion: \\x1b{{found}}{'x' * 152}…"
    )


def test_errors_in_a_descriptor_are_mistakes_and_others_are_not() -> None:
    inside = PKG_10.finding("is wrong", Place("a.zip/imsmanifest.xml", 2, outside=True))
    facts = (takes("scorm12"), meets("mistakes"), meets("breaks_schema"))
    assert said(of(findings=(inside,)), *facts)[1][1:] == ["mistakes: "]
    assert said(of(findings=(PKG_10.finding("is wrong", Place("a.zip/a.html")),)), *facts)[0] == "works"
    schema = next(each.meaning for each in package_rules("scorm12") if "breaks its schema" in each.meaning.title)
    broken = schema.finding("has another child", Place("a.zip/imsmanifest.xml", 2, outside=True))
    assert said(of(findings=(broken,)), *facts)[1][1:] == ["breaks_schema: "]  # most platforms never notice


def test_a_file_that_breaks_its_schema() -> None:
    found = opinion("ilias", package(tincan__xml="<tincan/>"))
    assert found.verdict == "refuses"
    assert [each.says for each in found.reasons] == [
        "It holds the file against the schema of the standard, and refuses the upload."
    ]


# The platforms that are known


def test_moodle_takes_another_version_for_scorm_12() -> None:
    found = opinion("moodle", package(imsmanifest__xml=manifest("2004 3rd Edition ")))
    assert found.verdict == "stumbles"
    assert found.reasons[0] == (
        "The manifest gives `2004 3rd Edition ` as its version. "
        "It is read as SCORM 1.2, and 2004 content never finds its platform.",
        "stumbles",
        "Tried on a running Moodle 4.5",
        "2026-11-30",
    )


@pytest.mark.parametrize(
    ("kind", "verdicts"),
    [
        ("scorm12", {"chamilo": "works", "moodle": "works", "openolat": "works", "talentlms": "works"}),
        ("scorm2004-3rd", {"chamilo": "stumbles", "moodle": "works", "openolat": "refuses", "talentlms": "refuses"}),
        ("scorm2004-4th", {"cornerstone": "not_known", "docebo": "not_known", "moodle": "works"}),
        ("xapi", {"moodle": "refuses", "ilias": "works", "docebo": "works", "openolat": "not_known"}),
        ("cmi5", {"moodle": "refuses", "ilias": "works", "talentlms": "works", "docebo": "not_known"}),
        ("aicc", {"moodle": "works", "totara": "works", "ilias": "not_known"}),
        ("web", {"moodle": "refuses", "ilias": "not_known"}),
    ],
)
def test_which_kinds_platforms_take(kind: str, verdicts: dict[str, str]) -> None:
    spaces = frozenset({("adlcp", "http://www.adlnet.org/xsd/adlcp_rootv1p2")})
    found = {each.id: each.verdict for each in foresee_all(of((kind,), spaces=spaces))}
    assert found == found | verdicts


def test_every_product_has_an_opinion_and_kinds_of_platform_have_one_if_they_are_named() -> None:
    names = [each.id for each in foresee_all(of())]
    assert names == sorted(names)
    assert set(known_platforms()) - set(names) == {"other-cmi5", "other-scorm", "record-store", "web-server"}
    assert foresee(of(("web",)), known_platforms()["web-server"]).verdict == "works"


def test_every_sentence_that_can_be_said_is_one() -> None:
    for each in known_platforms().values():
        for fact in each.facts:
            assert re.fullmatch(r"|[A-Z].*\.", fact.says), fact
            assert fact.source
            assert fact.day
            assert ("{found}" in fact.says) <= (fact.of not in ("kind", "namespace"))


# For whoever names a platform


def test_whoever_names_a_platform_has_its_reasons_as_findings() -> None:
    verdict = of(parts=2)
    stumbles = foresee(verdict, known(takes("scorm12"), meets("several_parts")))
    refuses = foresee(verdict, known(takes("scorm12", verdict="refuses", says="Never.")))
    nothing = foresee(verdict, known())
    works = foresee(verdict, known(takes("scorm12")))
    found = [each for opinion in (stumbles, refuses, nothing, works) for each in findings_of(opinion, verdict)]
    place = Place("a.zip", outside=True)
    assert found == [
        PLT_02.finding("Small: several_parts:  (Tried, 2026-11-30)", place, PLT_02.remedy),
        PLT_01.finding("Small: Never. (Tried, 2026-11-30)", place, PLT_01.remedy),
        PLT_03.finding("Small: No source says whether it takes SCORM 1.2.", place, PLT_03.remedy),
    ]


# Ours


def test_our_own_packages_trouble_no_platform_that_takes_them(every_block: dict[str, Built]) -> None:
    for target, built in every_block.items():
        verdict = inspect(built.path)
        assert verdict.kinds == (target,)
        found = {name: foresee(verdict, known_platforms()[name]).verdict for name in NAMES}
        taken = {name for name in NAMES if target in platform(name).targets}
        assert {name for name, does in found.items() if does == "works"} >= taken, target
