"""A package is to the byte what it would be if it had been built alone, whoever else was built for before it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_providers import PROVIDERS, built, edit, files, planned, provider, write

from scormpack.batch import Built, Refused, build_all
from scormpack.clock import today
from scormpack.content.load import load_module
from scormpack.content.provider import Provider
from scormpack.course.model import Course, Picture
from scormpack.course.resolve import for_provider
from scormpack.render import draft
from scormpack.render.bundles import player
from scormpack.render.marks import MARK, POLICY, SCRIPT, filled
from scormpack.render.own import CLASSES, values
from scormpack.render.styles import styles
from scormpack.road import examine
from scormpack.targets import TARGETS

ALONE = """
import sys
from pathlib import Path
from scormpack.batch import build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
folder, out, provider = map(Path, sys.argv[1:])
for asked in ({"targets": list(sys.stdin.read().split())}, {"courses": ["both"]}):
    for each in build_all(plan(load_library(folder), today(), providers=[provider.name], **asked), out):
        each.path
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("library") / "lib")


@pytest.fixture(scope="module")
def together(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """All packages for all providers, by where they lie below a folder."""
    out = tmp_path_factory.mktemp("together")
    found = built(build_all(planned(folder, targets=tuple(TARGETS)), out))
    found += built(build_all(planned(folder, courses=("both",)), out))
    return {each.path.relative_to(out).as_posix(): each for each in found}


def test_every_module_and_course_is_there_for_every_provider_and_target(together: dict[str, Built]) -> None:
    assert len(together) == len(PROVIDERS) * (2 * len(TARGETS) + 1)


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_package_and_its_findings_are_those_of_a_provider_alone(
    folder: Path, together: dict[str, Built], name: str, tmp_path: Path
) -> None:
    alone = built(build_all(planned(folder, targets=tuple(TARGETS), providers=(name,)), tmp_path))
    alone += built(build_all(planned(folder, courses=("both",), providers=(name,)), tmp_path))
    for each in alone:
        other = together[each.path.relative_to(tmp_path).as_posix()]
        assert (each.sha256, each.findings) == (other.sha256, other.findings)
        assert each.path.read_bytes() == other.path.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("name", PROVIDERS)
def test_a_package_is_that_of_a_process_that_has_made_no_other(
    folder: Path, together: dict[str, Built], name: str, tmp_path: Path
) -> None:
    asked = [sys.executable, "-c", ALONE, str(folder), str(tmp_path), name]
    subprocess.run(asked, input=" ".join(TARGETS), text=True, check=True)
    theirs = {path: each.path.read_bytes() for path, each in together.items() if each.provider == name}
    assert files(tmp_path) == theirs


# What is drafted for one is drafted for all


@cache
def courses() -> tuple[Course, ...]:
    """The course of each provider."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        library = write(Path(folder) / "lib")
        work = planned(library)
        found = examine(load_module(library / "second"), work.library, today()).found
        return tuple(for_provider(found, each) for each in work.library.providers.values())


@pytest.mark.parametrize("course", courses(), ids=lambda course: course.provider.id)
def test_a_draft_is_the_same_whoever_it_is_made_for(course: Course) -> None:
    assert draft(course) == draft(courses()[0])


def page(course: Course) -> str:
    """The page and the guide of a course as a learner gets them."""
    site = draft(courses()[0]).fill(course)
    texts = [filled(site.page, {POLICY: "", SCRIPT: ""}), *(each.data.decode() for each in site.others[:1])]
    return "".join(texts)


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60)
PICTURES = st.sampled_from([each.logo for each in courses()])


@st.composite
def providers(draw: st.DrawFn) -> Course:
    """The course of a provider with any words."""
    name, colour = draw(WORDS), f"#{draw(st.integers(0, 0xFFFFFF)):06x}"
    local = {slot: draw(WORDS | st.just("")) for slot in courses()[0].local}
    data = {"id": "any", "name": name, "brand": {"colour": colour}, "local": local}
    logo: Picture | None = draw(PICTURES)
    own = Provider.model_validate(data)
    details = {slot: replace(detail, value=local[slot] or None) for slot, detail in courses()[0].local.items()}
    return replace(courses()[0], provider=own, local=details, logo=logo)


@pytest.mark.slow
@settings(max_examples=20)  # each is drafted
@given(providers())
def test_any_words_are_filled_in_as_if_the_draft_had_been_made_for_them(course: Course) -> None:
    assert draft(course).fill(course) == draft(courses()[0]).fill(course)
    assert MARK not in page(course)


@given(providers())
def test_what_is_filled_in_has_no_class_that_the_styles_do_not_know(course: Course) -> None:
    made = draft(courses()[0])
    names = {name for part in (made.page, made.guide or ()) for name in part[1::2]} - {"policy", "styles", "script"}
    own = "".join(values(names, course).values())
    classes = {each for found in re.findall(r'class="([^"]*)"', own) for each in found.split()}
    assert classes <= set(CLASSES.split())


@pytest.mark.parametrize("course", courses(), ids=lambda course: course.provider.id)
def test_the_page_of_a_provider_asks_for_no_rule_of_style_that_was_left_out(course: Course) -> None:
    made = draft(courses()[0])
    drafted = "".join([*made.page[::2], *(made.guide or ())[::2], f'<p class="{CLASSES}">'])
    assert styles(drafted + page(course), player("web", made.elements)) == made.styles


# What might be taken for a mark


def test_words_of_the_glossary_that_marks_have_too_are_no_matter(tmp_path: Path) -> None:
    folder = write(tmp_path / "lib", ("full",))
    with (folder / "glossary.yaml").open("a", encoding="utf-8") as glossary:
        for number, word in enumerate(("detail", "words", "cell", "name", "office", "policy", "styles", "logo")):
            glossary.write(f"  - {{id: w{number}, term: {word}, short: A word.}}\n")
    edit(folder / "second" / "pages" / "start.md", "Hello.", "Every detail, words, a name, policy, styles.")
    assert {each.id for each in built(build_all(planned(folder, targets=("web",)), tmp_path / "out"))} == {
        "every-block",
        "second",
    }


@pytest.mark.parametrize("field", ["name", "welcome"])
def test_nobody_can_write_a_mark(tmp_path: Path, field: str) -> None:
    folder = write(tmp_path / "lib", ("empty",))
    name = "" if field == "name" else "name: Another\n"
    provider(folder, "marks", f'{name}{field}: "a \\0name\\0 b"\n')
    refused = [each for each in build_all(planned(folder), tmp_path / "out") if isinstance(each, Refused)]
    assert {each.provider for each in refused} == {"marks"}
