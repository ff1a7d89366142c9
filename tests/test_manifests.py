"""The manifests that platforms read, compared to the letter, and every rule about a package with its defect.

`UPDATE_GOLDEN=1 pytest tests/test_manifests.py` writes the expected files anew: read what changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from paths import EVERY_BLOCK, ROOT
from stamps import in_order, plain, plain_entries, read_plain

from scormpack.batch import Built
from scormpack.check.package import STANDARDS, check_package, package_rules
from scormpack.clock import today
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module
from scormpack.content.provider import Brand, Provider
from scormpack.course.model import Course
from scormpack.diagnostics import Severity
from scormpack.package import Entry, Package, read_zip
from scormpack.road import Presented, draft, examine, pack, prepare, present
from scormpack.source.signs import UNUSABLE
from scormpack.targets import TARGETS
from scormpack.targets.target import Unit

GOLDEN = ROOT / "tests" / "golden"
SCORM = ["scorm12", "scorm2004-3rd", "scorm2004-4th"]
BUILT = load_library(EVERY_BLOCK).settings.targets
FAMILY = {"scorm12": "S12", "scorm2004-3rd": "S24", "scorm2004-4th": "S24"}
MANIFEST = "imsmanifest.xml"


# To the letter


def golden(file: Path, found: bytes) -> None:
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(found)
    assert found.decode() == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("target", SCORM)
def test_the_manifest(every_block: dict[str, Built], target: str) -> None:
    manifest = read_plain(every_block[target].path).find(MANIFEST)
    assert manifest is not None
    golden(GOLDEN / target / MANIFEST, in_order(manifest.data))


@pytest.mark.parametrize("target", BUILT)
def test_the_files(every_block: dict[str, Built], target: str) -> None:
    built = every_block[target]
    paths = [entry.path for entry in read_plain(built.path).entries]
    golden(GOLDEN / target / "files.txt", "".join(f"{path}\n" for path in [built.path.name, *paths]).encode())


def test_nothing_else_is_golden() -> None:
    found = {file.relative_to(GOLDEN).as_posix() for file in GOLDEN.rglob("*") if file.is_file()}
    files = {f"{target}/files.txt" for target in TARGETS} | {f"{target}/{MANIFEST}" for target in SCORM}
    assert found == files | {"xapi/tincan.xml", "cmi5/cmi5.xml"}


# What every manifest is


def packages(module: Module, provider: Provider) -> dict[str, Package]:
    """The packages of a module of the small library, for each target."""
    library = load_library(EVERY_BLOCK)
    examined = examine(module, library, today())
    presented = present(draft(examined), prepare(examined, provider))
    return {name: pack([presented], TARGETS[name])[0] for name in BUILT}


def manifest_of(package: Package) -> bytes:
    entry = package.find(MANIFEST)
    assert entry is not None
    return entry.data


def identifiers(manifest: bytes) -> list[str]:
    return [str(e.get("identifier")) for e in etree.fromstring(manifest).iter("{*}*") if e.get("identifier")]


def test_identifiers_stay_for_every_provider_and_every_version() -> None:
    """A platform keeps learners' records under them: a new release must not lose anyone's."""
    module = load_module(EVERY_BLOCK / "every-block")
    full = load_library(EVERY_BLOCK).providers["full"]
    other = full.model_copy(update={"id": "other", "name": "Other & Co", "brand": Brand(colour="#C00000")})
    later = module.model_copy(update={"version": "2.0.0", "title": "Another title"})
    made = [packages(module, full), packages(module, other), packages(later, full)]
    for target in SCORM:
        assert [identifiers(manifest_of(each[target])) for each in made] == [
            ["every-block", "every-block.organization", "every-block.item", "every-block.sco"]
        ] * 3
        first, for_another, new_release = (manifest_of(each[target]) for each in made)
        assert in_order(plain(first.decode()).encode()) == in_order(plain(for_another.decode()).encode())
        assert b'version="1.2.3"' in first
        assert b'version="2.0.0"' in new_release


TEXT = (
    st.text(
        st.characters(exclude_categories=["Cs"]).filter(lambda sign: not UNUSABLE.match(sign) and sign not in "\r\n"),
        min_size=1,
        max_size=70,
    )
    .map(str.strip)
    .filter(bool)
)


@cache
def rendered() -> Presented:
    library = load_library(EVERY_BLOCK)
    examined = examine(load_module(library.modules["every-block"]), library, today())
    return present(draft(examined), prepare(examined, library.providers["full"]))


def packed(target: str, course: Course) -> Package:
    """The package of `course` with the page of every block, and without a player."""
    files = plain_entries(rendered().site.files(asks=TARGETS[target].asks))
    return TARGETS[target].package([Unit(course, files)])


@settings(deadline=None)
@given(TEXT)
def test_a_title_of_any_signs_is_kept_as_it_is(title: str) -> None:
    shown = rendered()
    module = shown.prepared.course.module.model_copy(update={"title": title})
    course = replace(shown.prepared.course, module=module)
    for target in SCORM:
        package = packed(target, course)
        data = manifest_of(package)
        titles = [element.text for element in etree.fromstring(data).iter("{*}title")]
        assert titles == [title, title]
        assert list(check_package(package, target)) == []


@pytest.mark.parametrize("target", SCORM)
def test_the_xml_is_what_the_weakest_reader_takes(target: str) -> None:
    module = load_module(EVERY_BLOCK / "every-block").model_copy(update={"title": "A & B < C > é “quoted” 'x' \"y\""})
    data = manifest_of(packages(module, load_library(EVERY_BLOCK).providers["full"])[target])
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="')
    assert "<title>A &amp; B &lt; C &gt; é “quoted” 'x' \"y\"</title>".encode() in data
    assert b"&#" not in data
    assert b"<!" not in data
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"</manifest>\n")


# A defect for each rule

Files = dict[str, bytes]
Found = list[tuple[str, str, int]]


def spoiled(package: Package, edit: Callable[[Files], None]) -> Package:
    files = {entry.path: entry.data for entry in package.entries}
    edit(files)
    return Package(package.name, tuple(Entry(path, data) for path, data in files.items()))


def found(target: str, package: Package) -> Found:
    """Every finding as (code, path in the package, line)."""
    diagnostics = list(check_package(package, target))
    assert all(d.place.path.startswith(f"{package.name}/") for d in diagnostics)
    return sorted((d.code, d.place.path.removeprefix(f"{package.name}/"), d.place.line) for d in diagnostics)


def line_of(data: bytes, words: str) -> int:
    assert data.count(words.encode()) == 1, words
    return data[: data.index(words.encode())].count(b"\n") + 1


def rewrite(path: str, pattern: str, new: str) -> Callable[[Files], None]:
    """Replace what matches, which has to be there once."""

    def edit(files: Files) -> None:
        text, count = re.subn(pattern, lambda match: match.expand(new), files[path].decode(), flags=re.DOTALL)
        assert count == 1, (pattern, count)
        files[path] = text.encode()

    return edit


def manifest(pattern: str, new: str) -> Callable[[Files], None]:
    return rewrite(MANIFEST, pattern, new)


def new(path: str) -> Callable[[Files], None]:
    return lambda files: files.update({path: b""})


@pytest.mark.parametrize("target", BUILT)
def test_a_good_package_has_no_findings(every_block: dict[str, Built], target: str) -> None:
    assert found(target, read_zip(every_block[target].path)) == []


@pytest.mark.slow
def test_the_packages_of_the_sample_library_have_no_findings(sample: dict[tuple[str, str, str], Built]) -> None:
    for (_, _, target), built in sample.items():
        assert found(target, read_zip(built.path)) == []


def test_learners_get_the_same_in_both_editions_of_scorm_2004(
    sample: dict[tuple[str, str, str], Built], every_block: dict[str, Built]
) -> None:
    """So what browsers make of one of them holds for the other."""
    built = {**sample, **{("every-block", "full", target): each for target, each in every_block.items()}}

    def what_runs(module: str, provider: str, edition: str) -> dict[str, bytes]:
        entries = read_zip(built[module, provider, f"scorm2004-{edition}"].path).entries
        return {entry.path: entry.data for entry in entries if not entry.path.endswith((MANIFEST, ".xsd"))}

    for module, provider in {(module, provider) for module, provider, _ in built}:
        assert what_runs(module, provider, "3rd") == what_runs(module, provider, "4th")


def gone(path: str) -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        del files[path]

    return edit


def both(*edits: Callable[[Files], None]) -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        for each in edits:
            each(files)

    return edit


def in_a_folder(files: Files) -> None:
    files["course/imsmanifest.xml"] = files.pop(MANIFEST)


def before(signs: bytes) -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        files[MANIFEST] = signs + files[MANIFEST]

    return edit


Defect = tuple[Callable[[Files], None], list[tuple[str, str, str]]]

# The edit, and what it leads to: the code, the file, and words that stand in the line; "" for the file as a whole.
MANIFEST_DEFECTS: dict[str, Defect] = {
    "no manifest": (gone(MANIFEST), [("01", MANIFEST, "")]),
    "in a folder": (in_a_folder, [("01", MANIFEST, "")]),
    "cut short": (manifest("</organizations>.*", "</cut>"), [("02", MANIFEST, "</cut>")]),
    "byte-order mark": (before(b"\xef\xbb\xbf"), [("02", MANIFEST, "<?xml")]),
    "document type": (manifest(r"\?>\n", "?>\n<!DOCTYPE manifest>\n"), [("02", MANIFEST, "")]),
    "entity": (
        both(
            manifest(r"\?>\n", '?>\n<!DOCTYPE manifest [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n'),
            manifest("(<item.*?<title>).*?</title>", r"\1&e;</title>"),
        ),
        [("02", MANIFEST, "")],
    ),
    "numeric reference": (manifest("(<item[^“]*)“", r"\1&#8220;"), [("02", MANIFEST, "")]),
    "strange element": (manifest("</metadata>", "<strange/></metadata>"), [("03", MANIFEST, "<metadata>")]),
    "no title": (manifest(r"<title>[^<]*</title>\s*(<item)", r"\1"), [("03", MANIFEST, "<organization ")]),
    "another version": (
        manifest("<schemaversion>.*?<", "<schemaversion>CAM 1.3<"),
        [("03", MANIFEST, "<schemaversion>"), ("04", MANIFEST, "")],
    ),
    "version with a space": (
        manifest("<schemaversion>", "<schemaversion> "),
        [("03", MANIFEST, "<schemaversion>"), ("04", MANIFEST, "")],
    ),
    "no version": (
        manifest("<schemaversion>.*</schemaversion>", ""),
        [("03", MANIFEST, "<metadata>"), ("04", MANIFEST, "")],
    ),
    "missing": (gone("media/film.vtt"), [("05", MANIFEST, "film.vtt"), ("PKG-04", "index.html", "film.vtt")]),
    "other capital letters": (
        manifest("media/dot.png", "media/Dot.png"),
        [("05", MANIFEST, "media/Dot.png"), ("06", "media/dot.png.1.webp", "")],
    ),
    "not listed": (manifest('<file href="course.css"/>', ""), [("06", "course.css", "")]),
    "item without a resource": (
        manifest('identifierref="every-block.sco"', 'identifierref="other.sco"'),
        [("03", MANIFEST, "<manifest "), ("07", MANIFEST, "other.sco")],
    ),
    "no such default": (
        manifest('default="every-block', 'default="other'),
        [("03", MANIFEST, "<manifest "), ("07", MANIFEST, "default=")],
    ),
    "dependency on nothing": (
        manifest("</resource>", '<dependency identifierref="nothing"/></resource>'),
        [("03", MANIFEST, "<manifest "), ("07", MANIFEST, "nothing")],
    ),
    "no sco": (manifest('(scorm[tT]ype)="sco"', r'\1="asset"'), [("08", MANIFEST, "<resource ")]),
    "no page to launch": (
        manifest('(type="webcontent") href="index.html"', r"\1"),
        [("08", MANIFEST, "<resource ")],
    ),
    "launched page not listed": (
        manifest('<file href="index.html"/>', ""),
        [("03", MANIFEST, "<resource "), ("06", "index.html", ""), ("08", MANIFEST, "<resource ")],
    ),
    "another prefix": (
        both(manifest("xmlns:adlcp", "xmlns:adl"), manifest("adlcp:scorm", "adl:scorm")),
        [("10", MANIFEST, "<manifest ")],
    ),
    "two spaces in schemaLocation": (manifest(r' (\w+\.xsd">)', r"  \1"), [("10", MANIFEST, "<manifest ")]),
    "schemaLocation without a namespace": (
        manifest(r" http://www.adlnet.org/xsd/adlcp_\w+ adlcp_\w+.xsd", ""),
        [("10", MANIFEST, "<manifest ")],
    ),
    "identifier twice": (
        manifest('item identifier="every-block.item"', 'item identifier="every-block"'),
        [("03", MANIFEST, "<item "), ("11", MANIFEST, "<item ")],
    ),
}


def spelled(target: str, code: str) -> str:
    return code if "-" in code else f"{FAMILY[target]}-{code}"


def expected(target: str, package: Package, findings: list[tuple[str, str, str]]) -> Found:
    files = {entry.path: entry.data for entry in package.entries}
    lines = [(code, path, line_of(files[path], words) if words else 0) for code, path, words in findings]
    return sorted((spelled(target, code), path, line) for code, path, line in lines)


@pytest.mark.parametrize("target", SCORM)
@pytest.mark.parametrize("defect", MANIFEST_DEFECTS)
def test_a_defect_of_the_manifest(every_block: dict[str, Built], target: str, defect: str) -> None:
    edit, findings = MANIFEST_DEFECTS[defect]
    package = spoiled(read_plain(every_block[target].path), edit)
    assert found(target, package) == expected(target, package, findings)


@pytest.mark.parametrize("target", SCORM)
def test_a_manifest_without_a_resource(every_block: dict[str, Built], target: str) -> None:
    package = spoiled(read_plain(every_block[target].path), manifest("<resource .*</resource>", ""))
    unlisted = [("06", entry.path, "") for entry in package.entries if entry.path != MANIFEST]
    rest = [
        ("03", MANIFEST, "<manifest "),
        ("03", MANIFEST, "<resources>"),
        ("07", MANIFEST, "<item "),
        ("08", MANIFEST, ""),
    ]
    assert found(target, package) == expected(target, package, [*unlisted, *rest])


@pytest.mark.parametrize("target", SCORM)
def test_a_schema_that_is_missing(every_block: dict[str, Built], target: str) -> None:
    whole = read_plain(every_block[target].path)
    schemas = [entry.path for entry in whole.entries if entry.path.endswith(".xsd")]
    assert len(schemas) == {"scorm12": 2, "scorm2004-3rd": 5, "scorm2004-4th": 5}[target]
    for name in schemas:
        package = spoiled(whole, both(gone(name), manifest(f'<file href="{name}"/>', "")))
        assert found(target, package) == [(spelled(target, "09"), name, 0)]


def test_namespaces_of_a_package_that_is_not_ours(every_block: dict[str, Built]) -> None:
    package = spoiled(
        read_plain(every_block["scorm12"].path),
        both(
            manifest('xmlns="', 'xmlns:cp="'),
            manifest("<manifest", "<cp:manifest"),
            manifest("</manifest", "</cp:manifest"),
        ),
    )
    assert [d.message for d in check_package(package, "scorm12") if d.code == "S12-10"] == [
        "the default namespace has to be http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    ]


HOSTILE = b'<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (n, *[n - 1] * 8) for n in b"cdefghijkl"
)


def test_entities_are_neither_read_nor_multiplied(every_block: dict[str, Built]) -> None:
    def bomb(files: Files) -> None:
        files[MANIFEST] = HOSTILE + b"]><m>&l;</m>"

    package = spoiled(read_plain(every_block["scorm12"].path), bomb)
    codes = {code for code, _, _ in found("scorm12", package)}
    assert "S12-02" in codes


# Rules about any package

PAGE = "index.html"


def page(pattern: str, new: str) -> Callable[[Files], None]:
    return rewrite(PAGE, pattern, new)


def figure(src: str) -> Callable[[Files], None]:
    return page(r'(<figure>\s*<img loading="lazy" src=")[^"]*', rf"\1{src}")


def css(text: str) -> Callable[[Files], None]:
    return lambda files: files.update({"course.css": text.encode()})


ANY_DEFECTS: dict[str, Defect] = {
    "space": (new("media/a b.png"), [("PKG-01", "media/a b.png", "")]),
    "accent": (new("media/é.png"), [("PKG-01", "media/é.png", "")]),
    "backslash": (new("media\\a.png"), [("PKG-01", "media\\a.png", "")]),
    "two dots": (new("media/a..png"), [("PKG-01", "media/a..png", "")]),
    "hidden": (new(".hidden"), [("PKG-01", ".hidden", "")]),
    "no name": (new("media//a.png"), [("PKG-01", "media//a.png", "")]),
    "capital letters": (new("media/TONE.mp3"), [("PKG-02", "media/TONE.mp3", "")]),
    "php": (new("media/a.php"), [("PKG-03", "media/a.php", "")]),
    "php in capitals": (new("media/A.PHP5"), [("PKG-03", "media/A.PHP5", "")]),
    "thumbs": (new("media/Thumbs.db"), [("PKG-03", "media/Thumbs.db", "")]),
    "macosx": (new("__MACOSX/a.png"), [("PKG-03", "__MACOSX/a.png", "")]),
    "source map": (new("course.js.map"), [("PKG-03", "course.js.map", "")]),
    "no such script": (page('src="course.js"', 'src="curse.js"'), [("PKG-04", PAGE, "curse.js")]),
    "no such picture": (figure("media/Dot.webp"), [("PKG-04", PAGE, "media/Dot.webp")]),
    "no such picture of another width": (
        page("</main>", '<img alt="" srcset="media/dot.png.1.webp 1w, media/dot.2.webp 2w"></main>'),
        [("PKG-04", PAGE, "media/dot.2.webp")],
    ),
    "no such poster": (
        page('poster="media/dot.png.1.webp"', 'poster="media/post.webp"'),
        [("PKG-04", PAGE, "media/post.webp")],
    ),
    "picture of another width from elsewhere": (
        page("</main>", '<img alt="" srcset="media/dot.png.1.webp 1w, https://example.org/2.webp 2w"></main>'),
        [("PRV-02", PAGE, "example.org")],
    ),
    "poster from elsewhere": (
        page('poster="media/dot.png.1.webp"', 'poster="//example.org/post.webp"'),
        [("PRV-02", PAGE, "example.org")],
    ),
    "plays by itself": (page("<audio ", "<audio autoplay "), [("ACC-09", PAGE, "<audio autoplay")]),
    "moves on by itself": (
        page("</head>", '<meta http-equiv="refresh" content="9"></head>'),
        [("ACC-09", PAGE, '"refresh"')],
    ),
    "no such captions": (page('src="media/film.vtt"', 'src="media/words.vtt"'), [("PKG-04", PAGE, "words.vtt")]),
    "no such style": (page('href="course.css"', 'href="/course.css"'), [("PKG-04", PAGE, "/course.css")]),
    "inline script": (page("</main>", "<script>1</script></main>"), [("PKG-05", PAGE, "</main>")]),
    "inline style": (page("</head>", "<style></style></head>"), [("PKG-05", PAGE, "</head>")]),
    "style attribute": (page("<body>", '<body style="x">'), [("PKG-05", PAGE, "<body")]),
    "handler": (page("<body>", '<body onload="x()">'), [("PKG-05", PAGE, "<body")]),
    "script from elsewhere": (
        page('src="course.js"', 'src="https://example.org/x.js"'),
        [("PRV-02", PAGE, "example.org")],
    ),
    "picture from elsewhere": (
        figure("//example.org/dot.png"),
        [("PRV-02", PAGE, "example.org")],
    ),
    "style from elsewhere": (
        page('href="course.css"', 'href="HTTP://example.org"'),
        [("PRV-02", PAGE, "example.org")],
    ),
    "import": (css('@import "other.css";'), [("PRV-02", "course.css", "")]),
    "font from elsewhere": (css("a{src:url( 'https://example.org/f')}"), [("PRV-02", "course.css", "")]),
    "a link to follow": (page("</main>", '<a href="https://example.org">x</a></main>'), []),
    "a picture in the page": (figure("data:image/png;base64,AA=="), []),
    "a style of its own": (css("a{background:url(media/dot.png.1.webp)}"), []),
}


@pytest.mark.parametrize("defect", ANY_DEFECTS)
def test_a_defect_of_any_package(every_block: dict[str, Built], defect: str) -> None:
    edit, findings = ANY_DEFECTS[defect]
    package = spoiled(read_plain(every_block["web"].path), edit)
    assert found("web", package) == expected("web", package, findings)


def test_findings_say_how_to_mend_them(every_block: dict[str, Built]) -> None:
    package = spoiled(read_plain(every_block["scorm12"].path), gone("course.js"))
    files = {entry.path: entry.data for entry in package.entries}
    assert [(d.severity, str(d.place), d.message, d.hint) for d in check_package(package, "scorm12")] == [
        (
            Severity.ERROR,
            f"every-block-1.2.3-scorm12.zip/index.html:{line_of(files[PAGE], 'course.js')}",
            "`course.js` is not in the package",
            "Add the file, or correct the link.",
        ),
        (
            Severity.ERROR,
            f"every-block-1.2.3-scorm12.zip/imsmanifest.xml:{line_of(files[MANIFEST], 'course.js')}",
            "`course.js` is not in the package",
            "Add the file, or correct the path and its capital letters.",
        ),
    ]


def test_every_rule_about_packages_has_its_defect() -> None:
    covered = {code for _, findings in [*MANIFEST_DEFECTS.values(), *ANY_DEFECTS.values()] for code, _, _ in findings}
    covered.add("09")
    for target in SCORM:
        ours = [*package_rules("web"), *STANDARDS[target].rules]
        assert {rule.code for rule in ours} == {spelled(target, code) for code in covered}


# A package from anywhere

PIECES = [
    *(b"<manifest>", b"</manifest>", b"<item ", b"identifier='a'", b"href='", b"<file ", b"/>", b">", b"xmlns='x'"),
    *(b"<!DOCTYPE m [<!ENTITY a 'b'>]>", b"&a;", b"<?xml version='1.0' encoding='utf-16'?>", b"<!--", b"-->"),
    *(
        b"<![CDATA[",
        b"]]>",
        b"<resource>",
        b"</resource>",
        b"<script",
        b"<style>",
        b"<a ",
        b"src=",
        b"\x00",
        b"<svg>",
    ),
]
SOUP = st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=15).map(b"".join)


@cache
def whole(target: str) -> Package:
    return packed(target, rendered().prepared.course)


@settings(deadline=None)
@given(st.sampled_from(SCORM), st.sampled_from([MANIFEST, PAGE, "course.css"]), SOUP, st.integers(0, 3000))
def test_no_bytes_break_a_rule(target: str, path: str, soup: bytes, cut: int) -> None:
    def spoil(files: Files) -> None:
        files[path] = soup if cut % 2 else files[path][:cut] + soup + files[path][cut + len(soup) :]

    codes = {code for code, _, _ in found(target, spoiled(whole(target), spoil))}
    assert codes <= {rule.code for rule in package_rules(target)}
    if path == MANIFEST and cut % 2:
        assert codes & {f"{FAMILY[target]}-{number}" for number in ("02", "04")}


@pytest.mark.parametrize("data", [b"", b" \n", b"<!-- nothing -->"])
def test_an_empty_page_has_nothing_to_find(data: bytes) -> None:
    assert found("web", spoiled(whole("web"), lambda files: files.update({PAGE: data}))) == []
