"""Authors' Markdown as HTML, with contacts and local details filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from scormpack.content.library import Contact
from scormpack.course.model import Course, LocalDetail
from scormpack.course.plain import in_words, sentence
from scormpack.vocabulary import PLACEHOLDER

_NUMBER = re.compile(r"(\+?\b\d[\d ]{7,14}\d\b)")


@cache
def _markdown() -> MarkdownIt:
    # Raw HTML off; indented text is no code; pictures come as figures, with their text alternatives.
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["code", "image", "html_block", "html_inline"])
    )


def block_html(text: str, course: Course) -> Markup:
    """Paragraphs, lists and tables. Headings start below the page's own, which is an h2."""
    html = _outward(_markdown().render(text))
    html = re.sub(r"<(/?)h([1-5])>", lambda m: f"<{m[1]}h{min(int(m[2]) + 1, 6)}>", html)
    html = html.replace("<table>", '<div class="table" tabindex="0"><table>').replace("</table>", "</table></div>")
    return Markup(_filled(html, course))


def inline_html(text: str, course: Course) -> Markup:
    """One run of text, without a paragraph around it."""
    return Markup(_filled(_outward(_markdown().renderInline(text)), course))


def _outward(html: str) -> str:
    """Links to elsewhere open beside the course: leaving its page would end the platform's session."""
    return html.replace('<a href="http', '<a target="_blank" rel="noreferrer" href="http')


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
