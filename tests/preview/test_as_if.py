"""A course as on a device of another kind: what its files say then, and that Chromium really shows the same."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from chromium import set_so
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from scorm import PHONE

from scormpack.batch import Built
from scormpack.lms.files import Files, package_files
from scormpack.lms.server import Server
from scormpack.package import Package, read_zip
from scormpack.preview.as_if import USUAL, Appearance, as_if
from scormpack.render.bundles import bundle

LIGHT, DARK = Appearance(), Appearance("dark")
FORCED, CALM, LARGE = Appearance(forced=True), Appearance(calm=True), Appearance(large=True)


def styles(text: str, appearance: Appearance) -> str:
    """A style sheet, without the layer of our own."""
    made = as_if("course/style.css", text.encode(), appearance).decode()
    return made.removeprefix("@layer scormpack-as-if;").partition("@layer scormpack-as-if{")[0]


def test_what_the_page_asks_for() -> None:
    assert Appearance.read({"scheme": "dark", "forced": True, "calm": True, "large": True}) == Appearance(
        "dark", forced=True, calm=True, large=True
    )
    assert (
        Appearance.read({}) == Appearance.read({"scheme": "pink", "forced": "yes", "calm": 1, "large": None}) == USUAL
    )


# What styles, scripts and pages ask of the device


@pytest.mark.parametrize(
    ("question", "appearance", "answer"),
    [
        ("(prefers-color-scheme: dark)", DARK, "(min-width:0)"),
        ("(prefers-color-scheme:dark)", LIGHT, "(max-width:-1px)"),
        ("( PREFERS-COLOR-SCHEME : LIGHT )", LIGHT, "(min-width:0)"),
        ("(prefers-reduced-motion: reduce)", CALM, "(min-width:0)"),
        ("(prefers-reduced-motion)", CALM, "(min-width:0)"),
        ("(prefers-reduced-motion: no-preference)", CALM, "(max-width:-1px)"),
        ("(forced-colors: active)", FORCED, "(min-width:0)"),
        ("(forced-colors: none)", FORCED, "(max-width:-1px)"),
        ("(min-width: 40em)", LARGE, "(min-width: 80em)"),
        ("(max-height:20.5rem)", LARGE, "(max-height:41rem)"),
        ("(min-width: 640px)", LARGE, "(min-width: 640px)"),
        # What is not asked for is as on the device that shows the preview.
        ("(prefers-reduced-motion: reduce)", LIGHT, "(prefers-reduced-motion: reduce)"),
        ("(forced-colors: active)", DARK, "(forced-colors: active)"),
        ("(min-width: 40em)", FORCED, "(min-width: 40em)"),
    ],
)
def test_a_question_to_the_device_is_answered_wherever_it_stands(
    question: str, appearance: Appearance, answer: str
) -> None:
    assert styles(f"@media screen and {question}{{a{{margin:0}}}}", appearance) == (
        f"@media screen and {answer}{{a{{margin:0}}}}"
    )
    script = f'matchMedia("{question}").matches'
    assert as_if("player.js", script.encode(), appearance).decode() == f'matchMedia("{answer}").matches'
    page = f'<link media="{question}"><p>{question}</p><script>go("{question}")</script>'
    assert as_if("index.html", page.encode(), appearance).decode() == (
        f'<link media="{answer}"><p>{question}</p><script>go("{answer}")</script>'
    )


@pytest.mark.parametrize(
    ("says", "dark"),
    [("light dark", "dark"), ("dark", "dark"), ("light", "light"), ("normal", "normal")],
)
def test_a_page_is_dark_where_it_says_that_it_can_be(says: str, dark: str) -> None:
    assert styles(f":root{{color-scheme:{says}}}", DARK) == f":root{{color-scheme:{dark}}}"
    meta = f'<meta name="color-scheme" content="{says}">'
    assert as_if("a.htm", meta.encode(), DARK).decode() == meta.replace(says, dark)


def test_text_is_twice_as_large_where_its_size_follows_the_device() -> None:
    sheet = 'html{font-size:112.5%}:root[data-size="2"],p{font:1.5em/1.5 serif}p{font-size:2em}html{font-size:18px}'
    assert styles(sheet, LARGE) == (
        'html{font-size:225%}:root[data-size="2"],p{font:3em/1.5 serif}p{font-size:2em}html{font-size:18px}'
    )


def test_a_page_without_a_size_of_its_own_is_twice_as_large_too() -> None:
    assert b"p{margin:0}@layer scormpack-as-if{html{font-size:200%}" in as_if("a.css", b"p{margin:0}", LARGE)


@pytest.mark.parametrize("path", ["a.png", "a.json", "a.xml", "a.vtt", "a"])
def test_media_and_data_stay_as_they_are(path: str) -> None:
    data = b"(prefers-color-scheme: dark) \xff"
    assert as_if(path, data, Appearance("dark", forced=True, calm=True, large=True)) is data


def test_what_is_no_utf_8_keeps_its_bytes() -> None:
    assert as_if("a.js", b"'caf\xe9 (prefers-color-scheme: dark)'", DARK) == b"'caf\xe9 (min-width:0)'"


@pytest.mark.parametrize(
    "text", ["", "{", "}", "a{", "a{b:(", "/*", '"', "a{b:c;;}", "@media{", "a{content:'\\'}", ";"]
)
def test_what_no_author_means_is_no_error(text: str) -> None:
    styles(text, FORCED)
    assert styles(text, DARK) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.html", "<script>" * 50_000),
        ("a.html", "<style><!--" * 50_000),
        ("a.html", "<a style='" * 50_000),
        ("a.html", "<!-" * 100_000 + "<!--" * 50_000),
        ("a.css", "a{color:red " + " " * 300_000 + "!"),
        ("a.css", "a{b:" + "(" * 100_000),
        ("a.css", "a{" * 100_000),
        ("a.css", "a{background:" + "url(x) " * 50_000),
        ("a.css", "/*" * 100_000 + "'" * 100_001),
        ("a.css", "a{background:" + "x-gradient url(" * 50_000 + "}"),
        ("a.css", "html" + ",html  " * 100_000 + "x{font-size:1em}"),
        ("a.css", "a{color:red" + "! " * 100_000 + "}"),
        ("a.js", "(prefers-color-scheme" + " " * 300_000),
    ],
)
def test_no_file_takes_long(path: str, text: str) -> None:
    begun = time.process_time()
    as_if(path, text.encode(), Appearance("dark", forced=True, calm=True, large=True))
    assert time.process_time() - begun < 5  # a second is plenty; what grows with the square takes minutes


@given(st.text(), st.sampled_from(["a.css", "a.html", "a.js"]))
def test_any_text_is_taken(text: str, path: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    assert as_if(path, data, Appearance("dark", forced=True, calm=True, large=True))[:0] == b""


# Forced colours, declaration by declaration


@pytest.mark.parametrize(
    ("author", "forced"),
    [
        ("color:red", "color:revert-layer"),
        ("color: var(--mark)!important", "color:revert-layer!important"),
        ("color:LinkText", "color:#00009f"),
        ("--ink:#123", "--ink:#123"),
        ("border:2px solid red", "border:2px solid red;border-color:revert-layer"),
        ("border-inline-start:0", "border-inline-start:0;border-inline-start-color:revert-layer"),
        ("border:2px solid ButtonText", "border:2px solid #000"),
        ("box-shadow:0 0 1px red", "box-shadow:none"),
        ("background:none", "background:none"),
        ("background:red", "background:none;background-color:rgb(from red 255 255 255 / alpha)"),
        ("background:linear-gradient(red,blue)", "background:none"),
        (
            "background:rgb(0 0 0 / 10%) url('a;b.png') no-repeat 0 50%/1em",
            "background:rgb(0 0 0 / 10%) url('a;b.png') no-repeat 0 50%/1em;"
            "background-color:rgb(from rgb(0 0 0 / 10%) 255 255 255 / alpha)",
        ),
        ("background-color:inherit", "background-color:inherit"),
        ("fill:red", "fill:red"),  # a drawing keeps its colours
        ("--sign:url(mark.png)", "--sign:url(mark.png)"),
        ("border-image:url('/canvas.png') 1", "border-image:url('/canvas.png') 1"),
        ("color: red ! important", "color:revert-layer!important"),
        ("margin:0", "margin:0"),
    ],
)
def test_an_authors_colours_give_way(author: str, forced: str) -> None:
    assert styles(f"p{{{author}}}", FORCED) == f"p{{{forced}}}"
    assert as_if("a.html", f'<p style="{author}">'.replace("'", "").encode(), FORCED).decode() == (
        f'<p style="{forced}">'.replace("'", "")
    )


def test_what_asks_to_keep_its_colours_keeps_them() -> None:
    sheet = "i{background:Highlight;forced-color-adjust:none;color:red}"
    assert styles(sheet, FORCED) == "i{background:rgba(5,0,73,.8);forced-color-adjust:none;color:red}"


# The same in Chromium, held against a browser that is really set so

COMPUTED = """() => {
  const found = [];
  const properties = [
    "forced-color-adjust", "color", "background-color", "background-image", "border-top-color", "border-left-color",
    "outline-color", "box-shadow", "fill", "font-size", "display", "width", "transition-duration", "animation-name",
  ];
  for (const element of document.querySelectorAll("html, body, body *")) {
    for (const part of ["", "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (part && style.content === "none") continue;
      const name = [element.localName, ...element.classList].join(".") + part;
      found.push([name, Object.fromEntries(properties.map((each) => [each, style.getPropertyValue(each)]))]);
    }
  }
  return found;
}"""
Looks = list[tuple[str, dict[str, str]]]


def looks(page: Page, package: Package, appearance: Appearance) -> Looks:
    """What the browser makes of every element of the course."""
    files = {path: as_if(path, data, appearance) for path, data in package_files(package).items()}
    with Server(Files(files).answer) as server:
        page.goto(f"{server.address}/index.html")
        page.wait_for_selector(".runs")
        found: Looks = page.evaluate(COMPUTED)
    return found


def differing(real: Looks, emulated: Looks) -> set[str]:
    assert [name for name, _ in real] == [name for name, _ in emulated]
    return {
        f"{name} {each}: {value} is shown as {other[each]}"
        for (name, one), (_, other) in zip(real, emulated, strict=True)
        for each, value in one.items()
        if plain(value) != plain(other[each])
    }


def plain(value: str) -> str:
    """A colour in one of the ways in which Chromium writes it."""
    if parts := re.fullmatch(r"color\(srgb (\S+) (\S+) (\S+)(?: / (\S+))?\)", value):
        value = f"rgb{'a' * bool(parts[4])}({', '.join(f'{float(each) * 255:.0f}' for each in parts.group(1, 2, 3))}"
        value += f", {parts[4]})" if parts[4] else ")"
    return "transparent" if re.fullmatch(r"rgba\(.*, 0\)", value) else value


@pytest.fixture(scope="module")
def web(every_block: dict[str, Built]) -> Package:
    """The course with one of everything."""
    return read_zip(every_block["web"].path)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone that is set as phones mostly are."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("appearance", "device"),
    [
        (Appearance("light"), {"color_scheme": "light"}),
        (Appearance("dark"), {"color_scheme": "dark"}),
        (Appearance("light", calm=True), {"reduced_motion": "reduce"}),
    ],
    ids=["light", "dark", "calm"],
)
def test_it_looks_as_on_such_a_device(
    browser: Browser, page: Page, web: Package, appearance: Appearance, device: dict[str, Any]
) -> None:
    with browser.new_context(viewport=PHONE, **device) as context:
        real = looks(context.new_page(), web, Appearance(appearance.scheme))
    page.emulate_media(color_scheme="dark" if appearance.scheme == "light" else "light")
    assert differing(real, looks(page, web, appearance)) == set()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_are_those_of_chromium(
    browser: Browser, page: Page, web: Package, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(viewport=PHONE, color_scheme=scheme, forced_colors="active") as context:
        real = looks(context.new_page(), web, Appearance(scheme))
    emulated = looks(page, web, Appearance(scheme, forced=True))
    # Two things cannot be the same. The canvas itself is painted by the root, and what keeps its own colours has none
    # for text any more: so far only signs without any, drawn by their background.
    canvas = {"light": "rgb(255, 255, 255)", "dark": "rgb(0, 0, 0)"}[scheme]
    assert (emulated[0][1].pop("background-color"), plain(real[0][1].pop("background-color"))) == (
        canvas,
        "transparent",
    )
    for _, style in real:
        if style["forced-color-adjust"] == "none":
            for each in ("color", "border-top-color", "border-left-color", "outline-color"):
                del style[each]
    assert differing(real, emulated) == set()


@pytest.mark.browser
def test_large_text_is_as_large_as_a_browser_makes_it(browser: Browser, page: Page, web: Package) -> None:
    with set_so(browser, "defaultFontSize=32") as large:
        real = looks(large.new_page(viewport=PHONE), web, Appearance())
    assert differing(real, looks(page, web, LARGE)) == set()


def test_a_sheet_is_changed_in_no_time() -> None:
    sheet = bundle("course.css").encode()
    appearances = [Appearance("dark", forced=True, large=True, calm=bool(number % 2)) for number in range(40)]
    took = []
    for number, appearance in enumerate(appearances):
        begun = time.process_time()
        as_if("course.css", sheet + b" " * number, appearance)
        took.append(time.process_time() - begun)
    assert min(took) < 0.015
