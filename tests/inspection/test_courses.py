"""A course of ours, read from its package alone: the same that a release has on record of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from other_versions import OTHER_ANSWERS, OTHER_WORDS, change
from paths import EVERY_BLOCK, SAMPLE

from scormpack.batch import Built, build_all, plan
from scormpack.blocks import KINDS, Question, Task
from scormpack.clock import today
from scormpack.content.load import load_library, load_module
from scormpack.inspect.comparing import Result, compare
from scormpack.inspect.comparing.course import QUESTIONS, TASKS, courses_in
from scormpack.inspect.shape import Shape, kept_under
from scormpack.package import Entry, Package, read_zip
from scormpack.release.shape import shape_of

MARKS: Any = {"kept": True, "pages": {"__all__": {"text"}}, "tasks": {"__all__": {"offered"}}}


def without_marks(shape: Shape) -> dict[str, Any]:
    """A shape as far as it is the same however it was found."""
    return shape.model_dump(exclude=MARKS)


def test_the_package_has_the_shape_of_the_module(every_block: dict[str, Built]) -> None:
    on_record = without_marks(shape_of(load_module(EVERY_BLOCK / "every-block")))
    for built in every_block.values():
        (course,) = courses_in(read_zip(built.path))
        assert without_marks(course.shape) == on_record
        assert (course.module, course.version, course.provider) == (built.id, built.version, built.provider)


@pytest.mark.slow
def test_packages_of_every_module_have_its_shape(sample: dict[tuple[str, str, str], Built]) -> None:
    on_record = {each: without_marks(shape_of(load_module(SAMPLE / each))) for each, _, _ in sample}
    found = {each: without_marks(courses_in(read_zip(built.path))[0].shape) for each, built in sample.items()}
    assert found == {each: on_record[each[0]] for each in sample}


def test_the_tasks_are_those_that_can_stand_on_a_page() -> None:
    assert set(TASKS) == {name for name, kind in KINDS.items() if issubclass(kind, Task)}
    assert set(QUESTIONS) == {name for name, kind in KINDS.items() if issubclass(kind, Question)}


def test_a_platform_keeps_progress_where_a_release_says(every_block: dict[str, Built]) -> None:
    for target, built in every_block.items():
        package = read_zip(built.path)
        on_record = kept_under(package, target)
        (course,) = compare(package, package).new.courses
        assert course.shape.kept == ("web full/every-block" if target == "web" else on_record)


def build(folder: Path, *changes: tuple[str, str, str]) -> tuple[Shape, Shape]:
    """The shape of the module with these changes, by the release and by its package."""
    shutil.copytree(EVERY_BLOCK, folder)
    for name, old, new in changes:
        change(folder / name, old, new)
    (built,) = build_all(plan(load_library(folder), today(), targets=["web"], overdue=True), folder / "out")
    assert isinstance(built, Built), built
    (course,) = courses_in(read_zip(built.path))
    return shape_of(load_module(folder / "every-block")), course.shape


def test_answers_and_words_are_other_ones_where_they_are_for_a_release(tmp_path: Path) -> None:
    old = build(tmp_path / "old")
    for name, changes in {"words": OTHER_WORDS, "answers": list(OTHER_ANSWERS.values())}.items():
        new = build(tmp_path / name, *changes)
        told, found = (
            [one.offered != other.offered for one, other in zip(then.tasks, now.tasks, strict=True)]
            for then, now in zip(old, new, strict=True)
        )
        assert told == found
        pages, texts = (
            [one.text != other.text for one, other in zip(then.pages, now.pages, strict=True)]
            for then, now in zip(old, new, strict=True)
        )
        assert pages == texts


PAGE = b"""<meta name="generator" content="scormpack"><sp-course data-module="tea" data-version="1.0.0"
data-title="Tea" data-provider="oak" data-provider-name="Oak"
data-pass-mark="80" data-attempts="0"><main>%s</main></sp-course>"""
SECTION = b'<section class="page" id="%s"><h2>%s</h2></section>'


def page_of(html: bytes) -> Package:
    return Package("a.zip", (Entry("index.html", html),))


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"<p>",
        b'<meta name="generator" content="scormpack">',
        PAGE.replace(b'data-title="Tea"', b"") % b"",
        PAGE.replace(b'data-pass-mark="80"', b'data-pass-mark="most"') % b"",
        PAGE.replace(b'data-version="1.0.0"', b'data-version=""') % b"",
        PAGE.replace(b'data-pass-mark="80"', b'data-pass-mark="' + b"9" * 5000 + b'"') % b"",
        PAGE % (SECTION % (b"No id at all", b"One")),
        PAGE % (SECTION % (b"one", b"x" * 3000)),
        PAGE % b'<section class="page" id="one"><sp-single></sp-single></section>',
    ],
)
def test_a_page_that_has_not_what_ours_have_is_none_of_ours(html: bytes) -> None:
    assert courses_in(page_of(html)) == ()


def test_a_page_of_ours_is_what_it_says() -> None:
    (course,) = courses_in(page_of(PAGE % (SECTION % (b"one", b"The first"))))
    assert [(each.id, each.title) for each in course.shape.pages] == [("one", "The first")]


def several(**modules: bytes) -> Package:
    """A course of several modules for cmi5: what is on their pages, by their ids."""
    units = "".join(f'<au id="https://a.uk/{name}"><url>{name}/index.html</url></au>' for name in modules)
    pages = [
        Entry(f"{name}/index.html", PAGE.replace(b"tea", name.encode()).replace(b"Tea", name.title().encode()) % page)
        for name, page in modules.items()
    ]
    return Package("a.zip", (Entry("cmi5.xml", f"<courseStructure>{units}</courseStructure>".encode()), *pages))


def test_a_course_of_several_has_each_in_its_folder() -> None:
    package = several(tea=b"", talk=b"")
    assert [(each.folder, each.module) for each in courses_in(package)] == [("tea/", "tea"), ("talk/", "talk")]
    kept = [each.shape.kept for each in compare(package, package).new.courses]
    assert kept == ["cmi5 https://a.uk/tea", "cmi5 https://a.uk/talk"]


def test_of_several_modules_each_is_judged_by_itself() -> None:
    same = SECTION % (b"one", b"First")
    old = several(tea=same + SECTION % (b"two", b"Second"), talk=b"", walk=same)
    new = several(tea=same + SECTION % (b"zwei", b"Second"), sing=b"", walk=same)
    found = compare(old, new)
    assert (found.result, found.judgement.reasons) == (
        Result.LOST,
        (
            "Tea: The page “Second” has another id: zwei, which was two. What was done there has to be done again.",
            "The module “Talk” is gone, and what was done there no longer counts.",
            "The module “Sing” is new.",
        ),
    )


TAGS = ["div", "p", "span", "li", "button", "form", *(f"sp-{name}" for name in TASKS)]
CLASSES = ["screen", "option", "label", "item", "choice", "name", "answer", "slot", "tel", "page", "kind"]
OPENED = st.builds(
    '<{} class="{}" id="{}" data-key="{}" data-node="{}" data-next="a">{}'.format,
    *(st.sampled_from(TAGS), st.sampled_from(CLASSES)),
    *(st.sampled_from(["a", "b", "A b"]) for _ in range(3)),
    st.text(max_size=5),
)
SOUP = st.lists(
    OPENED | st.sampled_from([f"</{tag}>" for tag in TAGS]) | st.sampled_from(["<!-- -->", "<?a?>", "<h2>"])
)
PAGES = SOUP.map(lambda parts: page_of(PAGE % (SECTION % (b"one", "".join(parts).encode("utf-8", "replace")))))


@given(PAGES, PAGES)
def test_whatever_a_page_holds_is_compared(then: Package, now: Package) -> None:
    there, back = compare(then, now), compare(now, then)
    assert compare(then, then).result is Result.UNCHANGED
    for one, other in (("before", "after"), ("after", "before")):
        lines = sorted(getattr(each, one) for each in there.words if getattr(each, one))
        assert lines == sorted(getattr(each, other) for each in back.words if getattr(each, other))


def test_very_many_pages_are_told_apart() -> None:
    def pages(name: bytes) -> Package:
        sections = (SECTION % (b"%s-%d" % (name, each), b"Page %d" % each) for each in range(5000))
        return page_of(PAGE % b"".join(sections))

    old, new = pages(b"a"), pages(b"b")
    assert compare(old, new).judgement.lost == ("No page and no question of the last version is left.",)
