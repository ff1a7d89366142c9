"""Two packages of any maker held against each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormpack.inspect.both import Both
from scormpack.inspect.comparing import Comparison, Result, compare
from scormpack.inspect.comparing.answers import Outcome
from scormpack.inspect.comparing.outline import Item
from scormpack.package import Entry, Package

STATE = (
    "Whether the course takes up what an earlier version has saved, only its maker knows: its files are other ones."
)


def package(**files: str | bytes) -> Package:
    """A package with these files; the first `_` of a name is its dot."""
    made = {name.replace("_", ".", 1): text for name, text in files.items()}
    return Package(
        "a.zip", tuple(Entry(name, text.encode() if isinstance(text, str) else text) for name, text in made.items())
    )


def manifest(
    items: str = '<item identifier="i1" identifierref="r1"><title>Hands</title></item>',
    edition: str = "1.2",
    title: str = "Clean hands",
    name: str = "m1",
    href: str = "index.html",
) -> str:
    return (
        f'<manifest identifier="{name}" xmlns:adlcp="a" xmlns:imsss="s">'
        f"<metadata><schemaversion>{edition}</schemaversion></metadata>"
        f'<organizations default="o1"><organization identifier="o1"><title>{title}</title>{items}'
        f'</organization></organizations><resources><resource identifier="r1" href="{href}" adlcp:scormtype="sco"/>'
        '<resource identifier="r2" href="two.html" adlcp:scormtype="sco"/></resources></manifest>'
    )


def item(name: str = "i1", title: str = "Hands", of: str = "r1", inside: str = "", **attributes: str) -> str:
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<item identifier="{name}" identifierref="{of}"{more}><title>{title}</title>{inside}</item>'


def manifests(old: str, new: str) -> Comparison:
    return compare(package(imsmanifest_xml=old), package(imsmanifest_xml=new))


def renamed(title: str, then: str, now: str) -> str:
    return (
        f"“{title}” has another identifier: {now}, which was {then}. "
        "Platforms keep attempts under it, so they begin anew."
    )


SEQUENCING, MODE = "<imsss:sequencing>", "<imsss:controlMode"
FOURTH, THIRD = "2004 4th Edition", "2004 3rd Edition"
CASES: dict[str, tuple[str, str, Result, list[str]]] = {
    "nothing": (manifest(), manifest(), Result.UNCHANGED, []),
    "another identifier, called the same": (
        manifest(),
        manifest(item("i9", of="r2")),
        Result.LOST,
        [renamed("Hands", "i1", "i9")],
    ),
    "another identifier, opens the same": (
        manifest(),
        manifest(item("i9", "Hands and nails")),
        Result.LOST,
        [renamed("Hands and nails", "i1", "i9")],
    ),
    "another identifier of one of two": (
        manifest(item() + item("i2", "Nails", "r2")),
        manifest(item() + item("i3", "Nails", "r2")),
        Result.LOST,
        [renamed("Nails", "i2", "i3")],
    ),
    "another item altogether": (
        manifest(),
        manifest(item("i9", "Nails", "r2")),
        Result.LOST,
        [
            "Nothing that could be opened is left under its identifier.",
            "“Hands” is gone, and what was done there no longer counts.",
            "“Nails” is new. Whoever has not finished does it too.",
        ],
    ),
    "an item more": (
        manifest(),
        manifest(item() + item("i2", "Nails", "r2")),
        Result.STAYS,
        ["“Nails” is new. Whoever has not finished does it too."],
    ),
    "an item less": (
        manifest(item() + item("i2", "Nails", "r2")),
        manifest(),
        Result.STAYS,
        ["“Nails” is gone, and what was done there no longer counts."],
    ),
    "another title": (
        manifest(),
        manifest(item(title="Your hands")),
        Result.STAYS,
        ["“Your hands” was called “Hands”."],
    ),
    "another pass mark": (
        manifest(item(inside="<adlcp:masteryscore>80</adlcp:masteryscore>")),
        manifest(item(inside="<adlcp:masteryscore>90</adlcp:masteryscore>")),
        Result.STAYS,
        ["“Hands”: pass mark 90, which was 80."],
    ),
    "no pass mark any more": (
        manifest(item(inside="<adlcp:masteryscore>80</adlcp:masteryscore>")),
        manifest(),
        Result.STAYS,
        ["“Hands”: pass mark not said, which was 80."],
    ),
    "no titles": (
        manifest(item(title=""), title="", name="m1"),
        manifest(item("i9", title=""), title="Clean hands", name="m1"),
        Result.LOST,
        [renamed("i9", "i1", "i9")],
    ),
    "another page": (manifest(), manifest(href="start.html"), Result.STAYS, []),
    "other parameters": (manifest(), manifest(item(parameters="?a=1")), Result.STAYS, []),
    "another edition": (
        manifest(edition=THIRD),
        manifest(edition=FOURTH),
        Result.STAYS,
        [
            "It follows another edition: scorm2004-4th, which was scorm2004-3rd. "
            "Not every platform carries progress over."
        ],
    ),
    "another standard": (
        manifest(),
        manifest(edition=FOURTH),
        Result.LOST,
        ["It is a package of another kind: scorm2004-4th, which was scorm12. Platforms do not carry progress over."],
    ),
    "other sequencing": (
        manifest(item(inside=f"{SEQUENCING}<imsss:controlMode flow='true'/></imsss:sequencing>"), FOURTH),
        manifest(item(inside=f"{SEQUENCING}<imsss:controlMode flow='false'/></imsss:sequencing>"), FOURTH),
        Result.STAYS,
        ["“Hands” has other rules for what comes when."],
    ),
    "the same sequencing, laid out otherwise": (
        manifest(item(inside=f"{SEQUENCING}{MODE} flow='true' choice='true'/></imsss:sequencing>"), FOURTH),
        manifest(
            item(inside=f"{SEQUENCING}\n{MODE} choice='true' flow='true' />\n</imsss:sequencing>"),
            FOURTH,
        ),
        Result.STAYS,
        [],
    ),
    "a measure to pass": (
        manifest(item(inside=""), FOURTH),
        manifest(
            item(
                inside="<imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure='true'>"
                "<imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective>"
                "</imsss:objectives></imsss:sequencing>"
            ),
            FOURTH,
        ),
        Result.STAYS,
        [
            "“Hands”: pass mark 0.8, which was not said.",
            "“Hands” has other rules for what comes when.",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_change_of_the_manifest_means(case: str) -> None:
    old, new, result, reasons = CASES[case]
    found = manifests(old, new)
    assert (found.result, list(found.judgement.reasons)) == (result, reasons)
    assert not found.are_two


@pytest.mark.parametrize("case", CASES)
def test_nothing_has_changed_in_the_same_package(case: str) -> None:
    for each in CASES[case][:2]:
        found = manifests(each, each)
        assert (found.result, found.told, found.files, found.judgement.reasons) == (Result.UNCHANGED, (), (), ())


def test_what_platforms_are_told_is_shown_before_and_after() -> None:
    found = manifests(manifest(), manifest(item(parameters="?a=1"), title="Hands, again", href="start.html"))
    assert [tuple(each) for each in found.told] == [
        ("", "Hands, again", "title", "Clean hands", "Hands, again"),
        ("i1", "Hands", "opens", "index.html", "start.html?a=1"),
    ]


STRUCTURE = (
    '<courseStructure><course id="https://a.uk/c"><title><langstring>Hands</langstring></title></course>'
    '<au id="{id}" moveOn="{move}" masteryScore="0.8"><title><langstring>Hands</langstring></title>'
    "<url>index.html</url></au></courseStructure>"
)


def test_a_unit_of_cmi5_is_known_by_its_id() -> None:
    old = package(cmi5_xml=STRUCTURE.format(id="https://a.uk/1", move="Passed"))
    assert compare(old, package(cmi5_xml=STRUCTURE.format(id="https://a.uk/2", move="Passed"))).judgement.lost == (
        renamed("Hands", "https://a.uk/1", "https://a.uk/2"),
    )
    other = compare(old, package(cmi5_xml=STRUCTURE.format(id="https://a.uk/1", move="Completed")))
    assert other.judgement.noticed == ("“Hands”: done when Completed, which was Passed.",)


def test_an_activity_of_xapi_is_known_by_its_id() -> None:
    tincan = (
        '<tincan><activities><activity id="{}" type="course"><name>Hands</name><launch>index.html</launch></activity>'
        "</activities></tincan>"
    )
    old, new = (package(tincan_xml=tincan.format(name)) for name in ("https://a.uk/1", "https://a.uk/2"))
    assert compare(old, new).judgement.lost == (renamed("Hands", "https://a.uk/1", "https://a.uk/2"),)


AICC = {"course_crs": "[Course]\nCourse_ID=c1\nCourse_Title=Hands\n", "course_cst": "block,member\nroot,A1\n"}
UNITS = "system_id,type,file_name,mastery_score\n{},Lesson,index.html,{}\n"


def test_a_unit_of_aicc_is_known_by_its_system_id() -> None:
    def course(name: str, mark: int) -> Package:
        titles = f"system_id,title,description\n{name},Hands,-\n"
        return package(**AICC, course_des=titles, course_au=UNITS.format(name, mark))

    assert compare(course("A1", 80), course("A2", 80)).judgement.lost == (renamed("Hands", "A1", "A2"),)
    assert compare(course("A1", 80), course("A1", 90)).judgement.noticed[0] == "“Hands”: pass mark 90, which was 80."


def test_a_package_of_several_kinds_loses_one() -> None:
    old = package(imsmanifest_xml=manifest(), cmi5_xml=STRUCTURE.format(id="https://a.uk/1", move="Passed"))
    assert compare(old, package(imsmanifest_xml=manifest())).judgement.lost == (
        "It is no longer a package for cmi5, and was one.",
    )


def test_files_are_compared_and_only_their_maker_knows_what_they_save() -> None:
    old = package(imsmanifest_xml=manifest(), index_html="one", gone_js="1", same_js="1")
    new = package(imsmanifest_xml=manifest(), index_html="other", new_js="22", same_js="1")
    found = compare(old, new)
    assert [tuple(each) for each in found.files] == [
        ("gone.js", 1, None),
        ("index.html", 3, 5),
        ("new.js", None, 2),
    ]
    assert (found.result, found.judgement.noticed) == (Result.STAYS, (STATE,))


def test_two_courses_are_told_apart_from_two_versions() -> None:
    other = manifest(item(title="Feet"), title="Dry feet", name="m2")
    assert manifests(manifest(), other).are_two
    assert manifests(manifest(), other).result is Result.TWO
    assert not manifests(manifest(), manifest(item(title="Feet"), title="Dry feet")).are_two  # the same identifier
    assert not manifests(manifest(), manifest(title="Dry feet", name="m2")).are_two  # a part that is called the same


def outcomes(found: Comparison) -> dict[str, Outcome]:
    return {each.platform: each.outcome for each in found.answers}


def test_platforms_that_keep_attempts_by_the_item_lose_those_of_another() -> None:
    stay = outcomes(manifests(manifest(), manifest(title="Hands")))
    lost = outcomes(manifests(manifest(), manifest(item("i9"))))
    assert (stay["moodle"], stay["totara"], stay["learnupon"]) == (Outcome.STAY, Outcome.STAY, Outcome.ASKS)
    assert (lost["moodle"], lost["totara"]) == (Outcome.LOST, Outcome.LOST)
    assert stay["ilias"] == lost["ilias"] == Outcome.NOT_KNOWN
    assert not {"other-scorm", "record-store"} & set(stay)


def test_of_a_page_of_somebody_else_nobody_knows() -> None:
    found = compare(package(index_html="one"), package(index_html="other"))
    assert (found.result, outcomes(found)) == (Result.NOT_KNOWN, {"web-server": Outcome.NOT_KNOWN})


def test_one_platform_answers_also_where_it_does_not_take_the_package() -> None:
    old, new = package(imsmanifest_xml=manifest()), package(cmi5_xml="<courseStructure/>")
    assert outcomes(compare(old, new, "moodle")) == {"moodle": Outcome.NOT_TAKEN}
    second = package(imsmanifest_xml=manifest(edition="CAM 1.3"))
    assert outcomes(compare(second, new, "moodle")) == {"moodle": Outcome.NOT_TAKEN}
    assert outcomes(compare(old, second, "moodle")) == {"moodle": Outcome.NOT_KNOWN}


NAMES = st.sampled_from(["a", "b", "c", "d", ""])
ITEMS = st.lists(st.builds(Item, NAMES, NAMES, NAMES, st.just({})), max_size=6, unique_by=lambda each: each.id)


@given(ITEMS, ITEMS)
def test_what_is_new_one_way_is_gone_the_other_way(then: list[Item], now: list[Item]) -> None:
    there = Both(then, now, known_by=lambda each: each.opens)
    back = Both(now, then, known_by=lambda each: each.opens)
    assert (there.new, there.gone) == (back.gone, back.new)
    assert there.renamed == [(new, old) for old, new in sorted(back.renamed, key=_in(there.renamed))]
    assert len(there.kept) + len(there.renamed) + len(there.new) == len(now)


def _in(pairs: list[tuple[Item, Item]]) -> Any:
    order = [new.id for _, new in pairs]
    return lambda pair: order.index(pair[0].id)


FILES = st.dictionaries(st.sampled_from(["a.js", "b.js", "imsmanifest.xml", "index.html"]), st.binary(max_size=20))
PACKAGES = FILES.map(lambda files: Package("a.zip", tuple(Entry(name, data) for name, data in files.items())))


@given(PACKAGES, PACKAGES)
def test_files_are_mirrored(then: Package, now: Package) -> None:
    there, back = compare(then, now), compare(now, then)
    assert [(each.path, each.after, each.before) for each in there.files] == [tuple(each) for each in back.files]
    assert there.is_same == (sorted(then.entries, key=_path) == sorted(now.entries, key=_path))
    assert compare(then, then).result is Result.UNCHANGED


def _path(entry: Entry) -> str:
    return entry.path


DEEP = b"<item>" * 5000
BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;">' % (each + 1, *[each] * 6) for each in range(ord("a"), ord("y"))
)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0",
        b"<",
        b"<manifest>" + DEEP,
        BOMB + b"]><manifest><organization><item identifier='&y;'/></organization></manifest>",
        b"<manifest xml:base='a'><item identifier='\xff'/></manifest>",
        b"<manifest><resource/><item/><item/><organization/></manifest>",
        b"<m><item identifier='a' identifierref='r'/><resource identifier='r' href='?'/></m>",
    ],
)
@pytest.mark.parametrize("file", ["imsmanifest.xml", "cmi5.xml", "tincan.xml", "index.html"])
def test_what_is_broken_is_compared_as_far_as_it_can_be(file: str, text: bytes) -> None:
    broken = Package("a.zip", (Entry(file, text), Entry("sp.html", text)))
    whole = package(imsmanifest_xml=manifest(), index_html="<p>")
    for one, other in ((broken, whole), (whole, broken), (broken, broken)):
        assert isinstance(compare(one, other), Comparison)


@pytest.mark.slow
def test_very_many_items_are_told_apart() -> None:
    names = range(20_000)
    old = manifest("".join(item(f"a{name}", f"Part {name}") for name in names))
    new = manifest("".join(item(f"b{name}", f"Part {name}") for name in names))
    assert len(manifests(old, new).judgement.lost) == len(names)
