"""The style sheet runs where the script runs: nothing in it is newer than those browsers, without something older.

What came when is told by MDN's tables, which are kept with the other tools in node_modules/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
from paths import NODE_MODULES

from hatch_build import BROWSERS
from scormpack.render.brand import brand_css
from scormpack.render.bundles import bundle
from scormpack.render.styles import fitting, styles

OLDEST = {name: float(version) for name, version in re.findall(r"([a-z]+)([0-9.]+)", BROWSERS)}
# What a page looks and works well without.
MAY_BE_MISSING = {
    *("::backdrop", "::marker", "accent-color", "text-wrap", "text-underline-offset", "text-decoration-thickness"),
    *("color-scheme", "touch-action"),
    "text-decoration: dotted",  # then the line under any link
    "forced-color-adjust",  # browsers that force colours know it
    "scroll-margin",  # then what was reached stands at the very edge
    "::highlight",  # the script marks the sentence in another way
    ":focus-visible",  # then a browser marks whatever has the focus
    ":has",  # a chosen answer is marked by its box
    "overflow-wrap: anywhere",  # then `break-word`, from the body
    *("::details-content", "content-visibility", "field-sizing", "break-after: avoid"),  # on paper
}


class Rule(NamedTuple):
    """What stands between two braces: inside which conditions, for what, and its declarations."""

    inside: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]

    @property
    def is_only_for_new_ones(self) -> bool:
        return any(each.startswith("@supports") and "not" not in each for each in self.inside)


def rules(css: str) -> Iterator[Rule]:
    """The rules of a sheet without comments; strings and addresses are left out."""
    around: list[str] = []
    for text, brace in re.findall(r"([^{}]*)([{}])", re.sub(r'"[^"]*"|url\([^)]*\)', "", css)):
        if brace == "{":
            around.append(text.strip())
            continue
        head = around.pop()
        found = tuple((name, value) for name, value in re.findall(r"([\w-]+):([^;]*)", text))
        yield Rule(tuple(around), () if head.startswith("@") else tuple(re.split(r",(?![^(]*\))", head)), found)


@cache
def tables() -> dict[str, Any]:
    """MDN's tables about CSS: css.properties, css.selectors and css.types."""
    data = (NODE_MODULES / "@mdn/browser-compat-data/data.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(data)["css"]
    return found


def is_new(feature: Any) -> bool:
    """Whether one of the oldest browsers does not know it."""
    if not isinstance(feature, dict) or "__compat" not in feature:
        return False
    return any(since(feature["__compat"]["support"][name]) > oldest for name, oldest in OLDEST.items())


def since(support: Any) -> float:
    """The version in which a browser learned it, by its own name and without a switch."""
    versions = [
        str(each["version_added"]).lstrip("≤")
        for each in (support if isinstance(support, list) else [support])
        if not {"prefix", "alternative_name", "flags"} & set(each)
    ]
    return min((float(each) for each in versions if re.fullmatch(r"[0-9.]+", each)), default=float("inf"))


def new_in(name: str, value: str) -> Iterator[str]:
    """What of a declaration is newer than the oldest browsers."""
    known, types = tables()["properties"].get(name, {}), tables()["types"]
    if is_new(known):
        yield name
        return
    yield from (f"{name}: {word}" for word in re.findall(r"[a-z-]+", value) if is_new(known.get(word)))
    for function in re.findall(r"([a-z-]+)\(", value):
        if is_new(types.get(function)) or any(is_new(group.get(function)) for group in types.values()):
            yield f"{function}()"


def newer(css: str) -> set[str]:
    """Everything in a sheet that an old browser does not know and that nothing older stands in for."""
    found = set()
    every = list(rules(css))
    for rule in every:
        if rule.is_only_for_new_ones:
            continue
        for at, (name, value) in enumerate(rule.declarations):
            older = [each for each in rule.declarations[:at] if each[0] in (name, f"-webkit-{name}")]
            if not any(not set(new_in(*each)) for each in older):
                found |= set(new_in(name, value))
        for selector in rule.selectors:
            for mark, name in re.findall(r"(::?)([a-z][a-z-]*)", selector):
                if is_new(tables()["selectors"].get(name)):
                    others = [each for each in rule.selectors if f":{name}" not in each]
                    shown = f"{'::' if mark == '::' else ':'}{name}"
                    found.add(f"{shown} beside {others[0]}" if others else shown)
    return found | set(bare_rows(every))


def bare_rows(every: list[Rule]) -> Iterator[str]:
    """Rows with a `gap`, which came to flex boxes later than to grids, that nothing stands in for."""
    spaced = [each for rule in every if "@supports not (inset: 0)" in rule.inside for each in rule.selectors]
    grids = {each for rule in every if ("display", "grid") in rule.declarations for each in rule.selectors}
    for rule in every:
        values = dict(rule.declarations)
        if values.get("gap", "0") != "0" and "grid" not in values.get("display", ""):
            for selector in rule.selectors:
                if not grids & {selector, selector.split()[-1]} and not any(
                    re.match(re.escape(selector) + "[>:]", each) for each in spaced
                ):
                    yield f"gap of {selector}"


def test_the_sheet_runs_where_the_script_runs() -> None:
    assert newer(brand_css("#1F5F6B") + bundle("course.css")) == MAY_BE_MISSING


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (".a{color:red;padding:0 1rem;margin-inline-start:1rem}", set()),
        (".a{inset:0 auto}", {"inset"}),
        (".a{inset-inline-start:0}", {"inset-inline-start"}),
        (".a{padding-inline:1rem}", {"padding-inline"}),
        (".a{float:inline-start}", {"float: inline-start"}),
        (".a{aspect-ratio:1}", {"aspect-ratio"}),
        (".a{width:min(1rem,5vw)}", {"min()"}),
        (".a{--edge:clamp(1px,2px,3px)}", {"clamp()"}),
        (".a{width:1rem;width:min(1rem,5vw)}", set()),
        (".a{width:max(1rem,2px);width:min(1rem,5vw)}", {"max()", "min()"}),
        ("@supports (width:min(1px,2px)){.a{width:min(1rem,5vw)}}", set()),
        ("@media print{.a{inset:0}}", {"inset"}),
        (".a{-webkit-mask:none;mask:none}", set()),
        (".a:has(b){color:red}", {":has"}),
        (".a:has(b),.c{color:red}", {":has beside .c"}),
        (".a:is(b,.c){color:red}", {":is"}),
        (".a{display:flex;gap:1rem}", {"gap of .a"}),
        (".a{display:flex;gap:1rem}@supports not (inset: 0){.a>*{margin:1rem}}", set()),
        (".a{display:grid;gap:1rem}", set()),
        ('.a::before{content:"inset:0";background:url("min(1,2)")}', set()),
    ],
)
def test_what_is_newer_than_the_oldest_browsers(css: str, found: set[str]) -> None:
    assert newer(css) == found


def test_a_touch_leaves_nothing_behind() -> None:
    """A touch screen keeps what it touched last as hovered."""
    hovered = [rule for rule in rules(bundle("course.css")) if any(":hover" in each for each in rule.selectors)]
    assert hovered
    assert [rule.selectors for rule in hovered if not any("(hover:hover)" in each for each in rule.inside)] == []


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (".quiet{a:1}", ".quiet{a:1}"),
        (".steps li,.rest li,.option{a:1}", ".steps li,.option{a:1}"),
        ("#about .rest{a:1}p,#end{a:1}", "p{a:1}"),
        ("sp-order,sp-card{a:1}", "sp-card{a:1}"),
        (".quiet:not(.rest,.grip),.quiet:has(.grip){a:1}", ".quiet:not(.rest,.grip){a:1}"),
        (
            '[data-x="about"],[dir=rtl] p,p[dir],p:not([dir=rtl]){a:1}',
            '[data-x="about"],p[dir],p:not([dir=rtl]){a:1}',
        ),
        (".says.is-good,.size-1{a:1}", ".says.is-good{a:1}"),
        ("@media print{@page{a:1}.rest{a:1}.quiet{a:1}}", "@media print{@page{a:1}.quiet{a:1}}"),
        ("@media(max-width:9.5em){.rest{a:1}}a{b:1}", "a{b:1}"),
        ("@keyframes appear{from{a:1}}", "@keyframes appear{from{a:1}}"),
    ],
)
def test_a_rule_is_kept_for_what_can_be_on_a_page(rule: str, kept: str) -> None:
    pages = '<p class="quiet" id="about"><sp-card class="option"><ol class="steps">'
    assert fitting(rule, f"{pages} `says is-${{kind}}`") == kept


def test_what_is_only_told_in_words_needs_no_rule() -> None:
    assert ".steps" in styles('<ol class="steps">', "")
    assert ".grip" in styles("", 'make("button","","grip")')
    made = styles('<p title="a">steps and a grip</p>', "")
    assert not re.search(r"\.steps|\.grip|[}{]\{", made)
