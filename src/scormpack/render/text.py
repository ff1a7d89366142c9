"""Authors' Markdown as HTML, with contacts and local details filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from scormpack.content.library import Contact
from scormpack.course.model import Course, LocalDetail
from scormpack.course.plain import in_words, sentence
from scormpack.vocabulary import PLACEHOLDER

Tokens: TypeAlias = Sequence[Token]

_NUMBER = re.compile(r"(\+?\b\d[\d ]{7,14}\d\b)")


@cache
def _markdown() -> MarkdownIt:
    # Raw HTML off; indented text is no code; pictures come as figures, with their text alternatives.
    made = (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["code", "image", "html_block", "html_inline"])
    )
    rules = {"link_open": _link, "heading_open": _heading, "heading_close": _heading}
    for name, rule in {**rules, "table_open": _table, "table_close": _table}.items():
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


def block_html(text: str, course: Course) -> Markup:
    """Paragraphs, headings, lists and tables."""
    return Markup(_filled(_markdown().render(text), course))


def inline_html(text: str, course: Course) -> Markup:
    """One run of text, without a paragraph around it."""
    return Markup(_filled(_markdown().renderInline(text), course))


def label_html(text: str, course: Course) -> Markup:
    """One run of text for a button or a label: contacts and local details as words, for a tap there is an answer."""
    html = _markdown().renderInline(text)
    return Markup(PLACEHOLDER.sub(lambda match: escape(in_words(match, course)), html))


def _filled(html: str, course: Course) -> str:
    def filled(match: re.Match[str]) -> str:
        if match[1] == "contact":
            return contact_link(course.contacts[match[2]])
        return detail_html(course.local[match[2]], course)

    def in_tag(match: re.Match[str]) -> str:  # a link, and the title of one, has room for words only
        return escape(in_words(match, course))

    parts = re.split(r"(<a .*?</a>|<[^>]*>)", html, flags=re.DOTALL)
    return "".join(PLACEHOLDER.sub(in_tag if part.startswith("<") else filled, part) for part in parts)


def contact_link(contact: Contact) -> Markup:
    """A contact inside a sentence, to tap."""
    words = sentence(contact)
    kind = "tel" if words == contact.phone else "tel worded"  # a number stays on one line, words need not
    if contact.phone:
        number = Markup('<span class="number">{}</span>').format(contact.phone)
        shown = words if kind == "tel" else escape(words).replace(contact.phone, number)
        return Markup('<a class="{}" href="{}">{}</a>').format(kind, tel(contact.phone), shown)
    if contact.text_number:
        return Markup('<a class="{}" href="{}">{}</a>').format(kind, sms(contact.text_number), words)
    if contact.url:
        return Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>').format(contact.url, words)
    return escape(words)


def detail_html(detail: LocalDetail, course: Course) -> Markup:
    """A local detail inside a sentence; where the provider has not filled it, what to ask for."""
    if detail.value is None:
        words = course.words["slot_empty_inline"].format(label=detail.label)
        return Markup('<span class="slot-empty">[{}]</span>').format(words)
    if detail.kind == "phone":
        return number_link(detail.value)
    # "Sam, on 01632 960 100": a number inside a text can be called too.
    parts = _NUMBER.split(detail.value)
    made = [number_link(part) if index % 2 else escape(part) for index, part in enumerate(parts)]
    return Markup('<span class="slot">{}</span>').format(Markup("").join(made))


def number_link(number: str) -> Markup:
    """A number to tap."""
    return Markup('<a class="tel" href="{}">{}</a>').format(tel(number), number)


def tel(number: str) -> str:
    """A number as a link that a phone calls."""
    return "tel:" + re.sub(r"[^0-9+]", "", number)


def sms(number: str) -> str:
    """A number as a link that a phone writes to."""
    return "sms:" + re.sub(r"[^0-9+]", "", number)


def spent(minutes: float, words: Mapping[str, str]) -> str:
    """A length of time, in minutes, in words."""
    if minutes < 1:
        return words["media_seconds"].format(seconds=round(minutes * 60))
    return words["media_minute"] if round(minutes) == 1 else words["media_minutes"].format(minutes=round(minutes))


def size(data: bytes) -> str:
    """How large a file is, as a phone shows it."""
    return f"{len(data) / 1e6:.1f} MB" if len(data) >= 1e6 else f"{max(round(len(data) / 1e3), 1)} kB"
