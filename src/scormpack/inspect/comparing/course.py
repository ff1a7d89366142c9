"""A course of ours as its page has it: the same shape that a release has on record, made from the package alone.

What an answer's letters mean is read as the player reads it (`task` in player/question.ts and in the elements), so
the marks of two packages differ where an earlier answer is no longer shown. They are not the marks in a record, which
are made from what the authors wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from scormpack.check.package.any import Page, parsed
from scormpack.inspect.comparing.words import PageWords, is_page, said, without_details, words_of
from scormpack.inspect.shape import PageShape, Shape, TaskShape
from scormpack.inspect.values import brief_words, mark_of
from scormpack.package import Entry, Package
from scormpack.source.patterns import pattern

LAUNCH: Final = "index.html"
_MADE_BY_US, _HEAD = b'<meta name="generator" content="scormpack">', 2_000  # bytes in which a page says so
_LARGEST = 5_000_000  # bytes of all pages; the largest page of the sample library has a fiftieth of it
_VERSION = pattern(r"\d{1,9}(\.\d{1,9}){2}")
_FORMAT = pattern(rb'"(sp\d{1,4})"')  # as player/state.ts has it
# As blocks/ has them, whose models are not needed here and take long to load.
QUESTIONS: Final = ("single", "multiple", "true_false", "order", "match", "sort")
TASKS: Final = (*QUESTIONS, "scenario", "confidence")
_KINDS = {f"sp-{name.replace('_', '-')}": name for name in TASKS}
_Parts = list[tuple[str, str]]


@dataclass(frozen=True)
class Course:
    """A module in a package of ours: what it is, what progress in it hangs on, and what it says.

    `folder` is where it lies in a package of several, with a `/` behind it; `script` is the file of its player.
    """

    module: str
    version: str
    title: str
    provider: str
    provider_name: str
    folder: str
    script: str
    shape: Shape
    words: tuple[PageWords, ...]


def courses_in(package: Package) -> tuple[Course, ...]:
    """The modules of a package of ours, in the order of their folders; none in a package of somebody else's.

    A page that says it is ours and has not what ours have is taken for somebody else's.
    """
    pages = [each for each in package.entries if _is_launched(each.path)]
    if sum(each.size for each in pages) > _LARGEST:
        return ()
    try:
        return tuple(_course(each, package) for each in pages if _MADE_BY_US in each.data[:_HEAD])
    except (LookupError, ValueError):  # pydantic's error is one of the latter
        return ()


def _is_launched(path: str) -> bool:
    return path == LAUNCH or (path.endswith(f"/{LAUNCH}") and path.count("/") == 1)


def _course(entry: Entry, package: Package) -> Course:
    """The module whose page is `entry`. LookupError or ValueError where the page is none of ours."""
    page, folder = parsed(entry.data), entry.path.removesuffix(LAUNCH)
    data, sections = _data_of(page), _sections(page)
    script = next((folder + str(each.get("src")) for each in page.iter("script") if each.get("src")), "")
    words = without_details([words_of(each) for each in sections], data["data-provider-name"])
    return Course(
        module=data["data-module"],
        version=_version(data["data-version"]),
        title=data["data-title"],
        provider=data["data-provider"],
        provider_name=data["data-provider-name"],
        folder=folder,
        script=script,
        shape=Shape(
            format=_format(package.find(script)),
            pass_mark=int(data["data-pass-mark"]),
            attempts=int(data["data-attempts"]),
            pages=tuple(_page(each) for each in words if each.is_page),
            tasks=tuple(_task(each) for section in sections if is_page(section) for each in _tasks(section)),
        ),
        words=tuple(words),
    )


def _data_of(page: Page) -> dict[str, str]:
    """What the page says of the whole course to its player."""
    course = next(page.iter("sp-course"), None)
    return {str(name): str(value) for name, value in course.attrib.items()} if course is not None else {}


def _sections(page: Page) -> list[Page]:
    """The pages, the result and the lists behind them, and the help: none of them lies in another."""
    main, aid = next(page.iter("main"), None), next(_with(page, "help-inside"), None)
    return [*(main.iterchildren("section") if main is not None else ()), *(() if aid is None else (aid,))]


def _version(text: str) -> str:
    if not _VERSION.fullmatch(text):
        raise ValueError(text)
    return text


def _format(script: Entry | None) -> str:
    found = _FORMAT.search(script.data) if script else None
    return found[1].decode() if found else ""


def _page(words: PageWords) -> PageShape:
    text = mark_of(*(f"{block}\n{line}" for block, line in words.lines))
    return PageShape(id=words.id, title=words.title, text=text)


def _tasks(section: Page) -> Iterator[Page]:
    """The tasks of a page; ours never lie in one another."""
    for each in section.iter(*_KINDS):
        if next(each.iterancestors(*_KINDS), None) is None:
            yield each


def _task(element: Page) -> TaskShape:
    kind = _KINDS[str(element.tag)]
    is_question = kind in QUESTIONS
    title = element.get("data-title") or next((said(each) for each in element.iter("legend")), "")
    return TaskShape(
        id=element.get("id") or "",
        kind=kind,
        title=brief_words(title),
        offered=mark_of(*_OFFERED.get(kind, _choices)(element), element.get("data-correct") or ""),
        scored=is_question,
        critical=element.get("data-critical") is not None,
    )


def _with(element: Page, name: str) -> Iterator[Page]:
    """The elements in `element` that have the class `name`."""
    return (each for each in element.iter(etree.Element) if name in (each.get("class") or "").split())


# What the letters of an answer stand for, by the kind of task; else it is one of those with options.


def _choices(element: Page) -> Iterator[str]:
    yield from _sorted(_keyed(_with(element, "option"), "label"))


def _steps(element: Page) -> Iterator[str]:
    yield from _sorted(_keyed((each for each in element.iter("li") if each.get("data-key")), "label"))


def _pairs(element: Page) -> Iterator[str]:
    things = list(_with(element, "item"))
    yield from _sorted(_keyed(things, "label"))
    yield from _sorted(_keyed(_with(things[0], "choice"), "name")) if things else ()


def _story(element: Page) -> Iterator[str]:
    for node in element.iter("div"):
        if node.get("data-node") is not None:
            yield str(node.get("data-node"))
            for choice in node.iter("li"):
                if choice.get("data-next") is not None:
                    yield f"{said(choice.find('button'))} > {choice.get('data-next')}"


def _nothing(_: Page) -> Iterator[str]:
    yield from ()  # a number always means the same


def _keyed(elements: Iterator[Page] | list[Page], name: str) -> _Parts:
    return [(each.get("data-key") or "", said(next(_with(each, name), None))) for each in elements]


def _sorted(parts: _Parts) -> Iterator[str]:
    """They may be shown in another order than they were written in."""
    return (f"{key} {text}" for key, text in sorted(parts, key=lambda part: (len(part[0]), part[0])))


_OFFERED: Final[dict[str, Callable[[Page], Iterator[str]]]] = {
    "order": _steps,
    "match": _pairs,
    "sort": _pairs,
    "scenario": _story,
    "confidence": _nothing,
}
