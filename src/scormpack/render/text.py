"""Authors' Markdown as HTML, with contacts filled in, and a mark where a local detail stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from scormpack.content.library import Contact
from scormpack.content.markdown import reader, words
from scormpack.course.model import Course, LocalDetail, Picture
from scormpack.course.phone import dialled, in_parts
from scormpack.course.plain import sentence
from scormpack.render.marks import mark
from scormpack.vocabulary import PLACEHOLDER

Tokens: TypeAlias = Sequence[Token]

DETAIL, WORDS = "detail", "words"  # a local detail to tap, and in words only
MOST_AT_ONCE: Final = 8_000  # bytes, of which a third are left when the page is compressed
_TOGETHER = re.compile(r"(\b(?:Mr|Mrs|Ms|Miss|Dr) (?=[A-Z])|\d (?=[ap]\.m\.))(?![^<>]*>)")
_PLAIN = " !()*+,-./:;=?@[]_~$|^{}"  # what a data: URL may have as it is, in an attribute


@cache
def _markdown() -> MarkdownIt:
    made = reader()
    rules = {"link_open": _link, "heading_open": _heading, "heading_close": _heading}
    rules |= {"table_open": _table, "table_close": _table, "th_open": _cell, "td_open": _cell}
    for name, rule in rules.items():
        made.add_render_rule(name, rule)
    return made


# How markdown-it renders a kind of token, where that differs from its own way.


def _link(renderer: RendererHTML, tokens: Tokens, at: int, options: OptionsDict, env: EnvType) -> str:
    """A link to elsewhere opens beside the course: leaving its page would end the platform's session."""
    if str(tokens[at].attrGet("href")).startswith("http"):
        tokens[at].attrs = {"target": "_blank", "rel": "noreferrer", **tokens[at].attrs}
    return renderer.renderToken(tokens, at, options, env)


def _heading(renderer: RendererHTML, tokens: Tokens, at: int, options: OptionsDict, env: EnvType) -> str:
    """Headings start below the page's own, which is an h2."""
    tokens[at].tag = f"h{min(int(tokens[at].tag[1]) + 1, 6)}"
    return renderer.renderToken(tokens, at, options, env)


def _table(renderer: RendererHTML, tokens: Tokens, at: int, options: OptionsDict, env: EnvType) -> str:
    """A table can be wider than a phone: it stands in a box to scroll in."""
    tag = renderer.renderToken(tokens, at, options, env)
    return f'<div class="table" tabindex="0">{tag}' if tokens[at].nesting > 0 else f"{tag.rstrip()}</div>\n"


def _cell(renderer: RendererHTML, tokens: Tokens, at: int, options: OptionsDict, env: EnvType) -> str:
    """A column is aligned by a class: the page's security policy lets no style through."""
    if style := tokens[at].attrs.pop("style", None):
        tokens[at].attrs["class"] = str(style).removeprefix("text-align:")
    return renderer.renderToken(tokens, at, options, env)


def block_html(text: str, course: Course) -> Markup:
    """Paragraphs, headings, lists and tables."""
    return Markup(_filled(_markdown().render(text), course))


def inline_html(text: str, course: Course) -> Markup:
    """One run of text, without a paragraph around it."""
    return Markup(_filled(_markdown().renderInline(text), course))


def label_html(text: str, course: Course) -> Markup:
    """One run of text for a button or a label: links, contacts and local details as words, for a tap is an answer."""
    html = re.sub(r"</?a\b[^>]*>", "", _markdown().renderInline(text))
    return Markup(PLACEHOLDER.sub(lambda match: _in_words(match, course), html))


def said_html(text: str, course: Course) -> Markup:
    """Text without any marks, for an attribute: contacts and local details as words."""
    return Markup(PLACEHOLDER.sub(lambda match: _in_words(match, course), str(escape(words(text)))).strip())


def _in_words(match: re.Match[str], course: Course) -> Markup:
    return escape(sentence(course.contacts[match[2]])) if match[1] == "contact" else mark(f"{WORDS} {match[2]}")


def _filled(html: str, course: Course) -> str:
    def filled(match: re.Match[str]) -> str:
        if match[1] == "contact":
            return contact_link(course.contacts[match[2]])
        return mark(f"{DETAIL} {match[2]}")

    def in_tag(match: re.Match[str]) -> str:  # a link, and the title of one, has room for words only
        return _in_words(match, course)

    parts = re.split(r"(<a .*?</a>|<[^>]*>)", html, flags=re.DOTALL)
    return "".join(PLACEHOLDER.sub(in_tag if part.startswith("<") else filled, part) for part in parts)


def contact_link(contact: Contact) -> Markup:
    """A contact inside a sentence, to tap."""
    words = sentence(contact)
    if contact.phone and words == contact.phone:
        return dial_link("tel", contact.phone, words)
    if contact.phone:
        number = Markup('<span class="number">{}</span>').format(contact.phone)
        return dial_link("tel", contact.phone, escape(words).replace(contact.phone, number), "tel worded")
    if contact.text_number:
        return dial_link("sms", contact.text_number, words, "tel worded")
    if contact.url:
        return Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>').format(contact.url, words)
    return escape(words)


def detail_html(detail: LocalDetail, course: Course) -> Markup:
    """A local detail inside a sentence; where the provider has not filled it, what to ask for."""
    if detail.value is None:
        words = course.words["slot_empty_inline"].format(label=detail.label)
        return Markup('<span class="slot-empty">[{}]</span>').format(words)
    if detail.kind == "phone" and dialled(detail.value):
        return dial_link("tel", detail.value, detail.value)
    # "Sam, on 01632 960 100": a number inside a text can be called too.
    made = [dial_link("tel", part, part) if number else escape(part) for part, number in in_parts(detail.value)]
    return Markup('<span class="slot">{}</span>').format(Markup("").join(made))


def dial_link(scheme: str, number: str, shown: str, kind: str = "tel") -> Markup:
    """What is shown, as a link that a phone calls or writes to; as it is where that would reach nobody (LOC-04).

    A number stays on one line; what is `worded` need not.
    """
    to = dialled(number)
    return Markup('<a class="{}" href="{}:{}">{}</a>').format(kind, scheme, to, shown) if to else escape(shown)


def at_once(picture: Picture) -> str:
    """The address of a picture that is seen first: a small drawing comes with the page, and nobody waits for it."""
    if not picture.path.endswith(".svg") or len(picture.data) > MOST_AT_ONCE:
        return picture.path
    return f"data:image/svg+xml,{quote(picture.data, safe=_PLAIN)}"


def together(html: str) -> str:
    """`html` where no line ends between "Mr" and a name, or a time and "a.m."; attributes stay as they are."""
    return _TOGETHER.sub(lambda found: f"{found[1][:-1]}\N{NO-BREAK SPACE}", html)


def spent(minutes: float, words: Mapping[str, str]) -> str:
    """A length of time, in minutes, in words."""
    if minutes < 1:
        return words["media_seconds"].format(seconds=round(minutes * 60))
    return words["media_minutes"].format(minutes=round(minutes))


def size(data: bytes) -> str:
    """How large a file is, as a phone shows it."""
    return f"{len(data) / 1e6:.1f} MB" if len(data) >= 1e6 else f"{max(round(len(data) / 1e3), 1)} kB"
