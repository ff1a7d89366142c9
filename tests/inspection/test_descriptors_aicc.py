"""AICC courses of other makers."""

from __future__ import annotations

import pytest

from scormpack.check.package import STANDARDS
from scormpack.inspect.verdict import judge
from scormpack.package import Entry, Package

CRS = "[Course]\r\nCourse_ID=c1\r\nCourse_Title=Hands\r\n[Course_Behavior]\r\nMax_Normal=99\r\n"
AU = '"system_id","type","command_line","file_name","core_vendor"\r\n"A1","lesson","","a/index.html?x=1","a, b"\r\n'
DES = '"system_id","developer_id","title","description"\r\n"A1","d1","Hands","Why, and how"\r\n'
CST = '"block","member","member"\r\n"root","A1",""\r\n'
FILES = {"Hands.crs": CRS, "Hands.au": AU, "Hands.des": DES, "Hands.cst": CST, "a/index.html": "<p>Hands</p>"}


def found(**changes: str | None) -> list[str]:
    """Every finding, as `02 error hands.au:2: words`."""
    files = {**FILES, **{f"Hands.{ending}": text for ending, text in changes.items()}}
    entries = [Entry(name, text.encode()) for name, text in files.items() if text is not None]
    findings = STANDARDS["aicc"].check(Package.of("z.zip", entries), is_ours=False)
    return [f"{d.code[4:]} {d.severity} {str(d.place).removeprefix('z.zip/')}: {d.message}" for d in findings]


def test_a_course_that_is_right_has_no_finding() -> None:
    package = Package.of("z.zip", [Entry(name, text.encode()) for name, text in FILES.items()])
    assert [each for each in judge(package).findings if each.code.startswith("AIC")] == []
    assert found() == []


def test_names_of_columns_and_files_are_read_in_any_letters() -> None:
    files = {name.upper() if name.startswith("H") else name: text.upper() for name, text in FILES.items()}
    files["HANDS.AU"] = AU.replace("system_id", "System_ID")
    entries = [Entry(name, text.encode()) for name, text in files.items()]
    assert list(STANDARDS["aicc"].check(Package.of("z.zip", entries), is_ours=False)) == []


def test_a_page_on_the_web_is_no_mistake() -> None:
    assert found(au=AU.replace("a/index.html?x=1", "https://x.org/a.html")) == []


CASES: dict[str, tuple[dict[str, str | None], list[str]]] = {
    "a file that is missing": ({"cst": None}, ["01 error Hands.crs: there is no `.cst` file beside it"]),
    "no column": (
        {"des": DES.replace('"title"', '"name"')},
        ["02 error Hands.des: there is no column `title`", "08 warning Hands.au:2: `A1` has no title"],
    ),
    "a value too many": (
        {"des": DES.replace('"d1"', '"d1","d2"')},
        ["02 warning Hands.des:2: has 5 values for 4 columns"],
    ),
    "no name": (
        {"crs": "[Course]\nCourse_ID=c1\n"},
        ["03 warning Hands.crs: does not say `Course_Title`"],
    ),
    "no such page": (
        {"au": AU.replace("index.html", "gone.html")},
        ["04 error Hands.au:2: `a/gone.html?x=1` is not in the package"],
    ),
    "no page": ({"au": AU.replace("a/index.html?x=1", "")}, ["04 error Hands.au:2: `file_name` is empty"]),
    "an unknown member": (
        {"cst": CST.replace('""', '"A2"')},
        ["05 error Hands.cst:2: `A2` is no unit and no block"],
    ),
    "a unit in no block": (
        {"au": AU + '"A2","lesson","","a/index.html","x"\r\n', "des": DES + '"A2","d2","Feet","Why"\r\n'},
        ["06 warning Hands.au:3: `A2` is in no block"],
    ),
    "an id twice": (
        {"au": AU + '"a1","lesson","","a/index.html","x"\r\n'},
        ["07 error Hands.au:2: `a1` is given 2 times"],
    ),
    "a unit without a title": (
        {"des": DES.replace('"Hands"', '""')},
        ["08 warning Hands.au:2: `A1` has no title"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_found(name: str) -> None:
    changes, expected = CASES[name]
    assert found(**changes) == expected


def test_every_rule_has_its_defect() -> None:
    seen = {each[:2] for _, expected in CASES.values() for each in expected}
    assert seen == {rule.code[4:] for rule in STANDARDS["aicc"].rules}


@pytest.mark.parametrize("soup", ["", '"', '"' * 200_000, ",\n" * 100, "\x00", "a" * 200_000])
def test_no_table_breaks_a_rule(soup: str) -> None:
    for ending in ("crs", "au", "des", "cst"):
        found(**{ending: soup})
