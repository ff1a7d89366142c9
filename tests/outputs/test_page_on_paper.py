"""A page of ours on paper: every word of it once, in its order, and nothing that only a screen has."""

from __future__ import annotations

import datetime
from typing import Final

import pytest
from printed import check_access, elements, headings, pages, sizes, squeezed

from scormpack.diagnostics import Place
from scormpack.outputs.output import Made
from scormpack.outputs.page import on_paper

DAY: Final = datetime.date(2026, 11, 30)
PLACE: Final = Place("modules/library.yaml")
HEAD: Final = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>Tea, 1 May</title><style>p { color: red }</style></head>'
)
PAGE: Final = (
    HEAD
    + """<body>
<header><h1>Tea &amp; <em>talk</em></h1><p>For   <strong>Elm</strong> Care.</p></header>
<main>
<nav><h2>In this page</h2><ol><li><a href="#kettle">The kettle</a></li></ol></nav>
<section id="kettle"><h2><span aria-hidden="true">✗</span> The kettle</h2>
<p class="warning">It is hot.</p>
<svg width="100%" height="40"><title>Cups.</title><desc>Two of three.</desc>
<text class="label" x="0" y="14">Two cups</text><rect class="bar" x="0" y="20" width="66.7%" height="14"/></svg>
<dl><div><dt>Water</dt> <dd><strong>Cold</strong>. <span class="quiet">From the tap.</span></dd></div></dl>
<table><caption>Cups</caption><thead><tr><th>Who</th><th>Cups</th></tr></thead>
<tbody><tr><th>Oak<span class="note">with milk</span></th><td class="number">2</td></tr>
<tr><th>Elm</th><td class="number"><ul><li>one</li><li>three</li></ul></td></tr></tbody></table>
<ul><li>Pour &#35;set par(leading: 9em) $x$ <a href="https://tea.example/a">tea.example/a</a></li></ul>
</section>
</main>
<footer><p>Made on 1 May.</p></footer>
<script>brew()</script></body></html>"""
)


def paper(page: str, one_sheet: bool = False) -> Made:
    return on_paper(page, "Elm Care", DAY, PLACE, one_sheet)


@pytest.mark.parametrize("one_sheet", [False, True])
def test_it_says_what_the_page_says_and_nothing_else(one_sheet: bool) -> None:
    (words,) = pages(paper(PAGE, one_sheet).data)
    said = (
        "Tea & talk For Elm Care. In this page 1. The kettle (page 1) ✗ The kettle It is hot. Two cups "
        "Water: Cold. From the tap. Cups Who Cups Oak with milk 2 Elm • one • three "
        "• Pour #set par(leading: 9em) $x$ tea.example/a "
        "Made on 1 May. Tea, 1 May"
    )
    assert squeezed(words) == squeezed(said)


def test_a_screen_reader_is_told_what_is_what() -> None:
    data = paper(PAGE).data
    check_access(data, "Tea, 1 May")
    assert headings(data) == ["/H1", "/H2", "/H2"]
    kinds = [each.kind for each in elements(data)]
    assert [each.alt for each in elements(data) if each.kind == "/Figure"] == ["Cups. Two of three."]
    assert [kinds.count(kind) for kind in ("/Table", "/TR", "/TH", "/TD", "/L", "/Link")] == [1, 3, 2, 4, 3, 2]


def test_the_same_page_gives_the_same_bytes() -> None:
    assert paper(PAGE) == paper(PAGE)
    assert paper(PAGE).data != paper(PAGE.replace("hot", "cold")).data


def test_a_long_page_goes_on_and_its_sheets_are_numbered() -> None:
    rows = "".join(f"<tr><th>Guest {number}</th><td>2</td></tr>" for number in range(90))
    found = pages(paper(PAGE.replace("</tbody>", f"{rows}</tbody>")).data)
    assert len(found) == 2
    assert "Page 2 of 2" in found[1]
    assert squeezed("Who Cups") in squeezed(found[1])
    assert sum(text.count("Guest ") for text in found) == 90


def test_one_sheet_has_smaller_letters_before_it_has_a_second() -> None:
    def long(count: int) -> str:
        return PAGE.replace(
            "</ul>\n</section>", "<li>Stir the tea and wait for it.</li>" * count + "</ul>\n</section>"
        )

    found = {count: paper(long(count), one_sheet=True).data for count in (1, 40, 400)}
    assert {count: len(pages(data)) for count, data in found.items()} == {1: 1, 40: 1, 400: 6}
    assert sizes(found[40]) == [(210.0, 297.0)]
    assert "".join(pages(found[400])).count("Stir the tea") == 400


def test_a_sign_without_a_letter_is_a_finding() -> None:
    (found,) = paper(PAGE.replace("Made on", "Made \N{TAMIL LETTER A} on")).findings
    assert (found.code, found.place) == ("OUT-01", PLACE)
