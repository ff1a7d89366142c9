"""Two packages held against each other: what is other for learners and platforms, and what becomes of progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from scormpack.check.package import STANDARDS
from scormpack.inspect.both import Both
from scormpack.inspect.comparing.answers import Answer, answers
from scormpack.inspect.comparing.course import LAUNCH, Course, courses_in
from scormpack.inspect.comparing.files import OtherFile, Weight, other_files, weight_of
from scormpack.inspect.comparing.outline import COUNTS, Item, Outline, Told, outline_of, told
from scormpack.inspect.comparing.words import Reworded, other_details, reworded
from scormpack.inspect.judgement import Judgement, judge, of_another_kind
from scormpack.inspect.kinds import kinds_of
from scormpack.inspect.values import brief_words
from scormpack.package import DESCRIPTORS, Package

_WHOSE_STATE: Final = (
    "Whether the course takes up what an earlier version has saved, only its maker knows: its files are other ones."
)


class Result(StrEnum):
    """What has become of a package, and whether progress stays where it is replaced."""

    UNCHANGED = "unchanged"
    STAYS = "progress_stays"
    LOST = "progress_lost"
    TWO = "two_courses"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Side:
    """One of two packages: what it is, and what it weighs. `courses` are its modules, if it is ours."""

    name: str
    kinds: tuple[str, ...]
    courses: tuple[Course, ...]
    outlines: dict[str, Outline]
    weight: Weight

    @property
    def outline(self) -> Outline:
        """What it tells platforms of the first of its kinds."""
        return self.outlines[self.kinds[0]]

    @property
    def is_known(self) -> bool:
        """Whether there is a name in it under which progress is kept: of a stranger's page nobody knows."""
        return bool(self.courses) or any(each.opens for outline in self.outlines.values() for each in outline.items)

    @property
    def id(self) -> str:
        """What it is called by programs."""
        return self.courses[0].module if len(self.courses) == 1 else self.outline.id

    @property
    def title(self) -> str:
        """What it is called by people."""
        return self.courses[0].title if len(self.courses) == 1 else self.outline.title

    @property
    def version(self) -> str:
        """The version of our module; "" where nobody says which one it is."""
        return self.courses[0].version if len(self.courses) == 1 else ""

    @property
    def player(self) -> str:
        """The file of the player of our courses: another player has another name."""
        return self.courses[0].script if self.courses else ""


@dataclass(frozen=True)
class Comparison:
    """What has become of a package: see docs/comparing.md.

    `are_two` says that they look like two courses, not two versions of one: then no platform has an answer.
    """

    old: Side
    new: Side
    is_same: bool
    are_two: bool
    judgement: Judgement
    told: tuple[Told, ...]
    words: tuple[Reworded, ...]
    details: tuple[tuple[str, str], ...]
    files: tuple[OtherFile, ...]
    answers: tuple[Answer, ...]

    @property
    def result(self) -> Result:
        """The whole of it in a word."""
        if self.is_same:
            return Result.UNCHANGED
        if self.are_two:
            return Result.TWO
        if self.judgement.lost:
            return Result.LOST
        return Result.STAYS if self.new.is_known else Result.NOT_KNOWN


def compare(old: Package, new: Package, platform: str | None = None) -> Comparison:
    """What is other in `new`, which is to take the place of `old`; for one `platform` only, if it is named."""
    then, now = _side(old), _side(new)
    is_ours = bool(then.courses and now.courses)
    files = other_files(old, new, is_ours)
    are_two, changed = _are_two(then, now), tuple(_told(then, now))
    judgement = _of_courses(then, now) if is_ours else _of_outlines(then, now, changed, files)
    pairs = list(_in_both(then, now))
    return Comparison(
        old=then,
        new=now,
        is_same=not files,
        are_two=are_two,
        judgement=judgement if files else Judgement(),
        told=changed,
        words=tuple(each for one, other in pairs for each in _words(one, other)),
        details=tuple(dict.fromkeys(each for one, other in pairs for each in _details(one, other))),
        files=files,
        answers=() if are_two else tuple(answers(now.kinds, _is_kept(then, now), is_ours, platform)),
    )


def _side(package: Package) -> Side:
    kinds = kinds_of(package)
    outlines = {kind: outline_of(package, kind) for kind in kinds}
    opened = (each.opens for outline in outlines.values() for each in outline.items if each.opens)
    page = LAUNCH if package.find(LAUNCH) else next(opened, "").partition("?")[0]
    courses = tuple(_kept(each, kinds[0], outlines[kinds[0]]) for each in courses_in(package))
    return Side(package.name, kinds, courses, outlines, weight_of(package, page))


def _kept(course: Course, kind: str, outline: Outline) -> Course:
    """The course with the names under which a platform, or else the browser, keeps progress in it."""
    page = course.folder + LAUNCH
    names = [each.id for each in outline.items if each.opens == page]
    name = " ".join(names) if kind in STANDARDS else f"{course.provider}/{course.module}"  # targets/web/driver.ts
    return replace(course, shape=course.shape.model_copy(update={"kept": f"{kind} {name}"}))


def _in_both(then: Side, now: Side) -> Iterator[tuple[Course, Course]]:
    """Our modules that are in both packages; where there is one in each, these two."""
    before = {each.module: each for each in then.courses}
    if len(then.courses) == len(now.courses) == 1:
        yield then.courses[0], now.courses[0]
    else:
        yield from ((before[each.module], each) for each in now.courses if each.module in before)


def _are_two(then: Side, now: Side) -> bool:
    """Whether nothing by which a course is known is the same: not its id, not its title, not that of a part."""
    if then.courses and now.courses:
        return _named(then.courses).isdisjoint(_named(now.courses))
    names, others = _titles(then), _titles(now)
    return bool(names and others) and then.id != now.id and names.isdisjoint(others)


def _named(courses: Iterable[Course]) -> set[str]:
    return {name for each in courses for name in (f"id {each.module}", each.title)}


def _titles(side: Side) -> set[str]:
    return {title for title in (side.title, *(each.title for each in side.outline.items)) if title}


def _is_kept(then: Side, now: Side) -> bool:
    """Whether the names are the same under which platforms keep attempts."""
    if then.courses and now.courses:
        return all(one.shape.kept == other.shape.kept for one, other in _in_both(then, now))
    return not any(_lost(then, now))


def _told(then: Side, now: Side) -> Iterator[Told]:
    for old, new in _kinds_of_both(then, now):
        yield from told(then.outlines[old], now.outlines[new])


def _kinds_of_both(then: Side, now: Side) -> Iterator[tuple[str, str]]:
    """The kinds that both packages are of; two editions of SCORM 2004 have the same names in them."""
    for old in then.kinds:
        new = next((each for each in now.kinds if _family(each) == _family(old)), None)
        if new:
            yield old, new


def _family(kind: str) -> str:
    return kind.partition("-")[0]


def _words(then: Course, now: Course) -> Iterator[Reworded]:
    """Other words; that it is another version is told already."""
    for each in reworded(then.words, now.words):
        if each.before.replace(then.version, now.version) != each.after:
            yield each


def _details(then: Course, now: Course) -> Iterator[tuple[str, str]]:
    if then.provider_name != now.provider_name:
        yield then.provider_name, now.provider_name
    yield from other_details(then.words, now.words)


# What becomes of progress in a course of ours


def _of_courses(then: Side, now: Side) -> Judgement:
    """As a release judges, module by module."""
    pairs = list(_in_both(then, now))
    found = [_named_in(judge(old.shape, new.shape), new, len(now.courses)) for old, new in pairs]
    gone = [each.title for each in then.courses if all(each is not old for old, _ in pairs)]
    new = [each.title for each in now.courses if all(each is not other for _, other in pairs)]
    return Judgement(
        lost=tuple(each for judgement in found for each in judgement.lost),
        noticed=(
            *(f"The module “{title}” is gone, and what was done there no longer counts." for title in gone),
            *(f"The module “{title}” is new." for title in new),
            *(each for judgement in found for each in judgement.noticed),
        ),
        reworded=tuple(each for judgement in found for each in judgement.reworded),
    )


def _named_in(judgement: Judgement, course: Course, of: int) -> Judgement:
    """The judgement with the name of its module, if there are several."""
    if of == 1:
        return judgement
    parts = (judgement.lost, judgement.noticed, judgement.reworded)
    return Judgement(*(tuple(f"{course.title}: {each}" for each in part) for part in parts))


# What becomes of attempts at a course of anybody's, by what platforms are told


def _of_outlines(then: Side, now: Side, changed: Iterable[Told], files: Iterable[OtherFile]) -> Judgement:
    titles = (each for each in changed if each.what == "title" and each.before and each.after)
    return Judgement(
        lost=tuple(_lost(then, now)),
        noticed=tuple(_noticed(then, now, changed, files)),
        reworded=tuple(f"{_quoted(each.after)} was called {_quoted(each.before)}." for each in titles),
    )


def _lost(then: Side, now: Side) -> Iterator[str]:
    both = list(_kinds_of_both(then, now))
    if not both:
        yield of_another_kind(then.kinds[0], now.kinds[0])
    for kind in then.kinds:
        if both and kind not in {old for old, _ in both}:
            yield f"It is no longer a package for {kind}, and was one."
    for old, new in both:
        yield from _items_lost(_opened(then.outlines[old], now.outlines[new]))


def _opened(then: Outline, now: Outline) -> Both[Item]:
    """What can be opened in either; what opens the same page is the same."""
    one, other = ([each for each in outline.items if each.opens] for outline in (then, now))
    return Both(one, other, known_by=lambda each: each.opens)


def _items_lost(items: Both[Item]) -> Iterator[str]:
    for old, new in items.renamed:
        yield (
            f"{_called(new)} has another identifier: {brief_words(new.id)}, which was {brief_words(old.id)}. "
            "Platforms keep attempts under it, so they begin anew."
        )
    if items.gone and not (items.kept or items.renamed):
        yield "Nothing that could be opened is left under its identifier."


def _noticed(then: Side, now: Side, changed: Iterable[Told], files: Iterable[OtherFile]) -> Iterator[str]:
    for old, new in _kinds_of_both(then, now):
        if old != new:
            yield f"It follows another edition: {new}, which was {old}. Not every platform carries progress over."
        items = _opened(then.outlines[old], now.outlines[new])
        for each in items.gone:
            yield f"{_called(each)} is gone, and what was done there no longer counts."
        for each in items.new:
            yield f"{_called(each)} is new. Whoever has not finished does it too."
    yield from (_counts(each) for each in changed if each.what in COUNTS)
    if any(each.path not in DESCRIPTORS for each in files):
        yield _WHOSE_STATE


def _called(item: Item) -> str:
    return _quoted(item.title or item.id)


def _counts(told: Told) -> str:
    """What decides whether a learner is through, before and after."""
    if told.what == "sequencing":
        return f"{_quoted(told.title or told.item)} has other rules for what comes when."
    before, after = (brief_words(each) or "not said" for each in (told.before, told.after))
    return f"{_quoted(told.title or told.item)}: {told.what} {after}, which was {before}."


def _quoted(title: str) -> str:
    return f"“{brief_words(title)}”"
