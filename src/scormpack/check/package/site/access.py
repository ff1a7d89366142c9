"""Rules about who can read, hear and use a page, as far as that can be seen without running it.

What a script adds later is not seen. Each page counts once for each rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from scormpack.check.package.site.markup import Tag
from scormpack.check.package.site.sources import Page, refresh
from scormpack.check.package.site.subject import Site
from scormpack.check.package.site.telling import counted, named
from scormpack.check.rule import Findings, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

ACCESS_RULES: list[Rule[Site]] = []

_LANGUAGE = pattern(r"(?:[a-zA-Z]{2,8}|[ixIX](?=-))(?:-[a-zA-Z0-9]{1,8})*")
_NAMING = ("aria-label", "aria-labelledby", "title")
_BOUND = pattern(
    r"(?::|v-bind:|bind:|ng-attr-|\[(?:attr\.)?)(?:alt|title|lang|aria-label)\]?\Z"
)  # filled in by a script
_NO_FIELD = frozenset({"hidden", "submit", "button", "reset", "image"})
_UNSEEN = pattern(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_ZOOM = pattern(r"user-scalable\s*=\s*(?:no|0)\b|maximum-scale\s*=\s*(?:0|1)(?:\.\d+)?(?![\d.])", re.IGNORECASE)
_DAY = 20 * 3600  # seconds, after which a limit is none (WCAG 2.2.1)


def _hidden(tag: Tag) -> bool:
    """Whether nobody meets the element, or only as decoration."""
    attributes = tag.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in ("presentation", "none")
        or _UNSEEN.search(attributes.get("style", "")) is not None
    )


def _has_name(tag: Tag) -> bool:
    """Whether it has a name of its own for those who do not see it, or a script gives it one."""
    return any(tag.attributes.get(name, "").strip() for name in _NAMING) or any(map(_BOUND.match, tag.attributes))


def _once_a_page(site: Site, search: Callable[[Page], Iterable[Tag]], one: str, many: str) -> Findings:
    """One finding for each page with something in it: where the first is, and how many there are."""
    for page in site.pages:
        if found := list(search(page)):
            yield site.place(page, found[0].at), one if len(found) == 1 else f"{len(found):,} {many}"


def _whole_pages(site: Site) -> Iterator[tuple[Page, Tag]]:
    """The pages that somebody reads: no parts of pages, none that lead on at once, none for scripts alone."""
    opened = set(site.opened)
    for page in site.pages:
        leads_on = any(each.role == "refresh" for each in page.references)
        if page.root is not None and not leads_on and (page.path in opened or not page.is_blank):
            yield page, page.root


@rule(
    ACCESS_RULES,
    "WEB-24",
    "Page that does not say its language",
    Severity.WARNING,
    'Write `<html lang="en-GB">`, or whatever its language is.',
)
def page_without_language(site: Site) -> Findings:
    """A screen reader speaks it in its own language, and nobody understands a word (WCAG 3.1.1)."""
    for page, root in _whole_pages(site):
        language = root.attributes.get("lang") or root.attributes.get("xml:lang") or ""
        if any(map(_BOUND.match, root.attributes)):
            continue
        if not language.strip():
            yield site.place(page, root.at), "`html` has no `lang`"
        elif not _LANGUAGE.fullmatch(language.strip()):
            yield site.place(page, root.at), f"{named(language)} is no language (BCP 47): compare `en-GB`"


@rule(
    ACCESS_RULES, "WEB-25", "Page without a title", Severity.WARNING, "Give it a `title` that says what it is about."
)
def page_without_title(site: Site) -> Findings:
    """It is the first thing that a screen reader says, and what tells windows and tabs apart (WCAG 2.4.2)."""
    for page, root in _whole_pages(site):
        if not _is_titled(page) and not any("document.title" in script.text for script in site.scripts):
            yield site.place(page, root.at), "there is no `title`"


def _is_titled(page: Page) -> bool:
    """Whether there is a title, and not that of a drawing."""
    in_drawing = False
    for tag in page.tags:
        in_drawing = tag.name == "svg" or (in_drawing and tag.name != "/svg")
        if tag.name == "title" and tag.text.strip() and not in_drawing:
            return True
    return False


@rule(
    ACCESS_RULES,
    "WEB-26",
    "Picture without words",
    Severity.WARNING,
    'Say in `alt` what it shows, or write `alt=""` if it only decorates.',
)
def picture_without_words(site: Site) -> Findings:
    """A screen reader says the name of the file, and nobody knows what there is to see (WCAG 1.1.1)."""
    return _once_a_page(site, _wordless, "a picture has no `alt`", "pictures have no `alt`")


def _wordless(page: Page) -> Iterator[Tag]:
    for tag in page.tags:
        is_picture = tag.name == "img" or (tag.name == "input" and tag.attributes.get("type", "").lower() == "image")
        if is_picture and "alt" not in tag.attributes and not _hidden(tag) and not _has_name(tag):
            yield tag


@rule(
    ACCESS_RULES,
    "WEB-27",
    "Field without a label",
    Severity.WARNING,
    "Put a `label` around it, or one with its `id` in `for`.",
)
def field_without_label(site: Site) -> Findings:
    """A screen reader says “edit text”, and nobody knows what to write (WCAG 1.3.1 and 4.1.2)."""
    return _once_a_page(site, _unlabelled, "a field has no label", "fields have no label")


def _unlabelled(page: Page) -> Iterator[Tag]:
    labelled = {tag.attributes["for"] for tag in page.tags if tag.name == "label" and "for" in tag.attributes}
    within = False
    for tag in page.tags:
        within = tag.name == "label" or (within and tag.name != "/label")
        if _is_field(tag) and not within and tag.attributes.get("id", "") not in labelled and not _has_name(tag):
            yield tag


def _is_field(tag: Tag) -> bool:
    attributes = tag.attributes
    if tag.name not in ("input", "select", "textarea") or _hidden(tag) or attributes.get("placeholder", "").strip():
        return False
    return tag.name != "input" or attributes.get("type", "").lower() not in _NO_FIELD


@rule(ACCESS_RULES, "WEB-28", "Frame without a title", Severity.WARNING, "Say in `title` what it holds.")
def frame_without_title(site: Site) -> Findings:
    """A screen reader says “frame”, and the learner has to go in to find out what it is (WCAG 4.1.2)."""
    return _once_a_page(site, _untitled, "a frame has no `title`", "frames have no `title`")


def _untitled(page: Page) -> Iterator[Tag]:
    for tag in page.tags:
        flat = {tag.attributes.get("width", ""), tag.attributes.get("height", "")} & {"0", "0px"}
        if tag.name in ("iframe", "frame") and not _has_name(tag) and not _hidden(tag) and not flat:
            yield tag


@rule(
    ACCESS_RULES,
    "WEB-29",
    "Film without captions",
    Severity.WARNING,
    "Add a `track` with captions, unless they are in the picture or nobody speaks.",
)
def film_without_captions(site: Site) -> Findings:
    """Whoever cannot hear it, or sits in a bus with the sound off, misses what is said (WCAG 1.2.2)."""
    return _once_a_page(
        site, _uncaptioned, "a film has no `track` with captions", "films have no `track` with captions"
    )


def _uncaptioned(page: Page) -> Iterator[Tag]:
    film, is_there = None, False  # a script may choose later which film it is
    for tag in page.tags:
        if tag.name == "video":
            film = None if "muted" in tag.attributes or _hidden(tag) else tag
            is_there = "src" in tag.attributes
        elif tag.name == "source":
            is_there = True
        elif tag.name == "track" and tag.attributes.get("kind", "subtitles").lower() in ("captions", "subtitles"):
            film = None
        elif tag.name == "/video" and film is not None and is_there:
            yield film
            film = None


@rule(ACCESS_RULES, "WEB-30", "Sound that plays by itself", Severity.WARNING, "Let the learner start it.")
def sound_that_plays_by_itself(site: Site) -> Findings:
    """It talks over a screen reader, in a house where somebody is asleep (WCAG 1.4.2).

    Most browsers do not start it at all.
    """
    return _once_a_page(site, _playing, "something plays by itself", "things play by themselves")


def _playing(page: Page) -> Iterator[Tag]:
    for tag in page.tags:
        heard = tag.name in ("audio", "video") and not {"muted", "controls"} & set(tag.attributes)
        if (heard and "autoplay" in tag.attributes) or tag.name == "bgsound":
            yield tag


@rule(
    ACCESS_RULES,
    "WEB-31",
    "Page that cannot be made larger",
    Severity.WARNING,
    "Take `user-scalable` and `maximum-scale` out.",
)
def page_that_cannot_be_made_larger(site: Site) -> Findings:
    """Whoever needs larger letters on a phone cannot have them (WCAG 1.4.4)."""
    return _once_a_page(
        site, _fixed, "the `viewport` does not let the page grow", "elements do not let the page grow"
    )


def _fixed(page: Page) -> Iterator[Tag]:
    for tag in page.tags:
        is_viewport = tag.name == "meta" and tag.attributes.get("name", "").lower() == "viewport"
        if is_viewport and _NO_ZOOM.search(tag.attributes.get("content", "")):
            yield tag


@rule(
    ACCESS_RULES,
    "WEB-32",
    "Page that moves on by itself",
    Severity.WARNING,
    "Let the learner go on, by a link or a button.",
)
def page_that_moves_on_by_itself(site: Site) -> Findings:
    """Whoever reads slowly, or in a second language, is not done when it goes (WCAG 2.2.1)."""
    for page in site.pages:
        for tag in page.tags:
            if tag.name == "meta" and tag.attributes.get("http-equiv", "").lower() == "refresh":
                seconds, _ = refresh(tag.attributes.get("content", ""))
                if 0 < seconds <= _DAY:
                    yield site.place(page, tag.at), f"after {counted(int(seconds), 'second')}"
