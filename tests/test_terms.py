"""Words of the glossary: found in running text only, once a page, and nothing else of the page changes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape
from paths import EVERY_BLOCK

from scormpack.content.library import Term
from scormpack.content.load import load_library, load_module
from scormpack.course.resolve import resolve
from scormpack.diagnostics import ContentError
from scormpack.render import render
from scormpack.render.terms import Glossary

LINK = re.compile(r'<a class="term" href="#word\.([a-z0-9-]+)">(.*?)</a>', re.DOTALL)


def term(name: str, form: str, *also: str) -> Term:
    return Term.model_validate({"id": name, "term": form, "also": also, "short": "A meaning."})


def marked(words: str, *terms: Term) -> str:
    """The text with `[name|words]` for each link."""
    markup, found = Glossary(terms).mark(words)
    html_ = str(markup)
    names = [match[1] for match in LINK.finditer(html_)]
    assert (set(names), len(names)) == (found, len(found))
    return LINK.sub(r"[\1|\2]", html_)


PLAN = term("plan", "care plan")
GP = term("gp", "GP", "family doctor")
PUMP = term("pump", "syringe pump", "syringe driver", "pump")
DNACPR = term("dnacpr", "DNACPR", "do not resuscitate form")
ALL = (PLAN, GP, PUMP, DNACPR)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<p>The care plan is in the folder.</p>", "<p>The [plan|care plan] is in the folder.</p>"),
        ("<p>Care plan</p>", "<p>[plan|Care plan]</p>"),
        ("<p>Two care plans.</p>", "<p>Two [plan|care plans].</p>"),
        ("<p>Care plans.</p>", "<p>[plan|Care plans].</p>"),
        ("<p>The care\nplan</p>", "<p>The [plan|care\nplan]</p>"),
        ("<p>CARE PLAN, Care Plan, care planning, daycare plan</p>", None),
        ("<p>care <em>plan</em></p>", None),
        ("<p>care  plan</p>", None),
        ("<p>A GP and two GPs.</p>", "<p>A [gp|GP] and two GPs.</p>"),
        ("<p>Two GPs and a GP.</p>", "<p>Two [gp|GPs] and a GP.</p>"),
        ("<p>gp, Gp, GPS, AGP, GP2</p>", None),
        ("<p>the GP’s number</p>", "<p>the [gp|GP]’s number</p>"),
        ("<p>the GP's number, (GP)</p>", "<p>the [gp|GP]'s number, (GP)</p>"),
        ("<p>The family doctor or GP.</p>", "<p>The [gp|family doctor] or GP.</p>"),
        ("<p>Family doctors</p>", "<p>[gp|Family doctors]</p>"),
        ("<p>a syringe pump, a pump</p>", "<p>a [pump|syringe pump], a pump</p>"),
        ("<p>a pump, a syringe driver</p>", "<p>a [pump|pump], a syringe driver</p>"),
        ("<p>pumped, heat-pump, pump-room</p>", None),
        ("<p>non-GP, GP-led</p>", None),
        ("<p>a DNACPR in the care plan</p>", "<p>a [dnacpr|DNACPR] in the [plan|care plan]</p>"),
        ("<p>dnacpr, DNACPRx</p>", None),
        ("<p>a Do not resuscitate form</p>", "<p>a [dnacpr|Do not resuscitate form]</p>"),
        ("<p>GP</p><p>GP</p><ul><li>GP</li></ul>", "<p>[gp|GP]</p><p>GP</p><ul><li>GP</li></ul>"),
        ("<td>GP</td><blockquote>pump</blockquote>", "<td>[gp|GP]</td><blockquote>[pump|pump]</blockquote>"),
        ("care plan", "[plan|care plan]"),
        ("", ""),
    ],
)
def test_where_a_term_is_found(words: str, expected: str | None) -> None:
    assert marked(words, *ALL) == (words if expected is None else expected)


@pytest.mark.parametrize(
    "tag",
    [
        *("a", "button", "label", "legend", "option", "select", "summary", "dt"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    ],
)
def test_where_no_term_is_linked(tag: str) -> None:
    """A tap has another meaning there already, or it is no running text."""
    left = f"<{tag} class='x'>a GP, <b>a GP</b> a <em>GP</em></{tag}>"
    assert marked(f"<div>{left} GP</div>", GP) == f"<div>{left} [gp|GP]</div>"


def test_a_tag_inside_another_of_these() -> None:
    words = "<label>GP <select><option>GP</option></select> GP</label><p>GP</p>"
    assert marked(words, GP) == words.replace("<p>GP", "<p>[gp|GP]")


def test_tags_whose_names_only_begin_alike() -> None:
    words = "<abbr>GP</abbr><aside>care plan</aside><header>pump</header><hr><label-like>DNACPR</label-like>"
    assert marked(words, *ALL) == (
        "<abbr>[gp|GP]</abbr><aside>[plan|care plan]</aside><header>[pump|pump]</header><hr>"
        "<label-like>[dnacpr|DNACPR]</label-like>"
    )


def test_no_term_inside_a_tag() -> None:
    words = '<img alt="a GP" title="care plan"><input value="pump">'
    assert marked(words, *ALL) == words


def test_the_longest_form_goes_first_whatever_their_order() -> None:
    words = "<p>a syringe pump</p>"
    for terms in ((term("a", "pump"), term("b", "syringe pump")), (term("b", "syringe pump"), term("a", "pump"))):
        assert marked(words, *terms) == "<p>a [b|syringe pump]</p>"


@pytest.mark.parametrize(
    ("form", "words", "expected"),
    [
        ("Q&A", "<p>the Q&amp;A page</p>", "<p>the [x|Q&amp;A] page</p>"),
        ("carer's leave", "<p>your carer's leave</p>", "<p>your [x|carer's leave]</p>"),
        ("carer's leave", "<p>your carer&#39;s leave</p>", "<p>your [x|carer&#39;s leave]</p>"),
        ("A < B", "<p>A &lt; B</p>", "<p>[x|A &lt; B]</p>"),
        ("e.g.", "<p>egg, e.g. this</p>", "<p>egg, [x|e.g.] this</p>"),
        ("NHS 111", "<p>ring NHS 111</p>", "<p>ring [x|NHS 111]</p>"),
        ("in-case box", "<p>an in-case box</p>", "<p>an [x|in-case box]</p>"),
        ("être là", "<p>Être là</p>", "<p>[x|Être là]</p>"),
        ("ʼn", "<p>ʼn</p>", "<p>[x|ʼn]</p>"),
        ("pus", "<p>pus</p>", "<p>[x|pus]</p>"),
    ],
)
def test_a_form_with_signs_of_its_own(form: str, words: str, expected: str) -> None:
    assert marked(words, term("x", form)) == expected


def test_without_terms_nothing_changes() -> None:
    assert marked("<p>GP</p>") == "<p>GP</p>"


SIGNS = st.text(st.sampled_from("abGPs -'&<>.?*[(\\") | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
FORMS = st.sampled_from(["GP", "care plan", "pump", "syringe pump", "Q&A", "a's"]) | SIGNS.map(str.strip).filter(bool)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<a href='x'>", "</a>", "<h3>", "</h3>", "<br>", "<label for='GP'>", "</label>"]
)


@settings(max_examples=300)
@given(st.lists(FORMS, max_size=5, unique=True), st.data())
def test_without_its_links_the_text_is_what_it_was(forms: list[str], data: st.DataObject) -> None:
    """Also forms with signs that mean something in HTML or to a pattern."""
    pieces = (
        st.sampled_from(["GP", " ", "pumps", "-", "A care plan", *forms, *(f"{form}s" for form in forms)]) | SIGNS
    )
    parts = data.draw(st.lists(pieces.map(lambda piece: str(escape(piece))) | TAGS, max_size=12))
    words = "".join(parts)
    marked_, found = Glossary([term(f"t{number}", form) for number, form in enumerate(forms)]).mark(words)
    assert LINK.sub(r"\2", str(marked_)) == words
    names = [match[1] for match in LINK.finditer(marked_)]
    assert (sorted(names), len(names)) == (sorted(found), len(set(names)))


@given(st.lists(st.sampled_from(["GP", "care plan", "pump", "x", "the", "A"]), max_size=12))
def test_a_term_is_linked_where_it_first_stands_and_nowhere_else(words: list[str]) -> None:
    expected, seen = [], set()
    names = {"GP": "gp", "care plan": "plan", "pump": "pump"}
    for word in words:
        new = word in names and word not in seen
        seen.add(word)
        expected.append(f"[{names[word]}|{word}]" if new else word)
    assert marked(f"<p>{' , '.join(words)}</p>", *ALL) == f"<p>{' , '.join(expected)}</p>"


# On the page


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    monkeypatch.chdir(tmp_path)
    return Path("lib")


def document(folder: Path) -> html.HtmlElement:
    library = load_library(folder)
    course = resolve(load_module(folder / "every-block"), library.providers["full"], library)
    return html.document_fromstring(render(course).files()[0].data)


def links(page: html.HtmlElement) -> list[tuple[str, str, str]]:
    """Page, target and words of each link to a word."""
    return [
        (link.xpath("string(ancestor::section/@id)"), link.get("href") or "", link.text_content())
        for link in page.cssselect("a.term")
    ]


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_word_is_linked_once_on_each_page_and_the_list_has_what_is_used(library: Path) -> None:
    story = library / "every-block" / "pages" / "story.md"
    story.write_text("# The care plan\n\nA care plan. A *care plan*.\n\n" + story.read_text()[9:], encoding="utf-8")
    page = document(library)
    assert links(page) == [("story", "#word.care-plan", "care plan"), ("to-keep", "#word.care-plan", "care plan")]
    assert [text(each) for each in page.cssselect("#words dl > *")] == [
        "care plan (say: KAIR plan)",
        "What care a person gets and how.",
    ]
    assert page.xpath("//dt/@id") == ["word.care-plan"]


def test_a_course_that_uses_no_word_has_no_list(library: Path) -> None:
    (library / "glossary.yaml").write_text("terms:\n  - {id: x, term: zzz, short: Z}\n", encoding="utf-8")
    page = document(library)
    assert page.cssselect("#words, a[href='#words'], a.term") == []
    (library / "glossary.yaml").unlink()
    assert document(library).cssselect("#words, a[href='#words'], a.term") == []


def test_the_words_of_the_list_stand_in_the_order_of_the_glossary(library: Path) -> None:
    page = library / "every-block" / "pages" / "start.md"
    page.write_text(page.read_text().replace("Hello.", "A DNACPR and a care plan."), encoding="utf-8")
    assert [text(each)[:9] for each in document(library).cssselect("#words dt")] == ["care plan", "DNACPR"]


SEE_ALSO = """\
terms:
  - {id: far, term: far word, short: Far.}
  - {id: care-plan, term: care plan, short: A plan., see_also: [near]}
  - {id: near, term: near word, short: Near., see_also: [far]}
  - {id: alone, term: lonely word, short: Alone.}
"""


def test_what_a_word_points_to_is_on_the_list_too(library: Path) -> None:
    """One step far; what is not on the list gets no link."""
    (library / "glossary.yaml").write_text(SEE_ALSO, encoding="utf-8")
    page = document(library)
    assert page.xpath("//dt/@id") == ["word.care-plan", "word.near"]
    assert page.xpath("//section[@id='words']//dd//a/@href") == ["#word.near"]


def test_a_word_that_points_to_no_other(library: Path) -> None:
    (library / "glossary.yaml").write_text(SEE_ALSO.replace("[far]", "[fra]"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_library(library)
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.place), found.message, found.hint) == (
        "LNK-01",
        "glossary.yaml:4:57",
        "`fra` is not in glossary.yaml",
        "Did you mean `far`?",
    )


def test_a_form_that_is_empty(library: Path) -> None:
    terms = 'terms:\n  - {id: x, term: word, also: [words, ""], short: S}\n'
    (library / "glossary.yaml").write_text(terms, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        document(library)
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.place), found.message) == (
        "FRM-06",
        "glossary.yaml:2:39",
        "`terms[1].also[2]`: is empty",
    )


def test_no_word_is_linked_in_what_is_no_running_text(library: Path) -> None:
    """Titles, options, labels and legends of every kind of block."""
    terms = "".join(
        f"  - {{id: w{n}, term: {w}, short: S}}\n" for n, w in enumerate(["who", "look", "call", "pain", "me"])
    )
    (library / "glossary.yaml").write_text("terms:\n" + terms, encoding="utf-8")
    page = document(library)
    assert page.cssselect("a.term") != []
    for tag in ("a", "button", "label", "legend", "summary", "option", "h2", "h3", "h4", "dt"):
        assert page.xpath(f"//{tag}//a[@class='term']") == [], tag
