"""Whatever somebody writes, `validate` ends with findings that have a place: soon, small, and without a traceback."""

from __future__ import annotations

import io
import multiprocessing
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.pool import Pool
from pathlib import Path
from random import Random

import pytest
import spoiling
from fuzz import SECONDS, copied, try_one, validated
from hypothesis import example, given
from hypothesis import strategies as st
from permissions import permissions_hold
from PIL import Image
from spoiling import MUTATORS, SVG, Mutator

from scormpack.blocks import Block
from scormpack.content.load import load_module
from scormpack.content.page import MOST_BLOCKS, read_page
from scormpack.course.picture import LARGEST_DRAWING, WIDTHS, cleaned, encoded
from scormpack.diagnostics import ContentError, Diagnostic, Place, Severity
from scormpack.source.files import is_there, read_text, shown
from scormpack.source.node import MOST, nearest
from scormpack.source.yaml import MOST_VALUES, parse

RUNS = 14  # of each way to spoil a library
MODULE = "every-block/module.yaml"
PAGE = "every-block/pages/start.md"


@pytest.fixture(scope="module")
def worker() -> Iterator[Pool]:
    """Another process, whose memory is that of a validation and not of all the tests before."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        yield pool
        pool.close()
        pool.join()


@pytest.mark.parametrize("mutate", dict.fromkeys(MUTATORS), ids=lambda mutate: mutate.__name__)
def test_a_spoiled_library_has_findings(mutate: Mutator, worker: Pool) -> None:
    runs = worker.starmap(try_one, [(seed, (mutate,)) for seed in range(RUNS)])
    assert [(run.seed, run.wrong) for run in runs if run.wrong] == []


# Places


def findings(step: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """What a step finds; any other exception passes."""
    try:
        step()
    except ContentError as error:
        return error.diagnostics
    return ()


def is_inside(place: Place, text: str) -> bool:
    """Whether an editor can go there: at most one line below the last one, one column after the end of its line."""
    lines = [*text.split("\n"), ""]
    return 1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1


def nowhere(kind: str, name: str, place: Place) -> Block:
    raise ContentError([Diagnostic("LNK-01", Severity.ERROR, f"there is no {kind} `{name}`", place)])


WORDS = st.sampled_from(
    re.split(
        r" \| ",
        "# T | ```single | ```card | ``` | ```` | ~~~ | use: x | id: a | prompt: p | "
        "options: |   - {text: a | , feedback: b} | "
        "-  | :  | [ | ] | { | } | \" | ' | <b> | <!-- | {local:x} | {contact: x} | ](x) | [a]: b | ![ | &a | *a | "
        "!!int | ?  | >  | \t | é | 😀 | \u202e | \x00 | \x85 | \ud800 | --- | ... | %YAML | null",
    )
)
TEXTS = st.text() | st.lists(WORDS | st.just("\n"), max_size=40).map("".join)


@given(TEXTS)
@example("a:\n- b\n c")
@example('"\\ud800"')
def test_any_text_as_yaml_is_a_value_or_refused_at_its_place(text: str) -> None:
    text = text.replace("\r", "\n")  # as `read_text` does
    for found in findings(lambda: parse(text, "a.yaml")):
        assert found.place.path == "a.yaml"
        assert is_inside(found.place, text), found


@given(TEXTS)
@example("# T\n\n```single")
@example("# T\n\n```single\n[")
@example("# T\n\n```single\n```\n```card\nuse: [")
def test_any_text_as_a_page_is_a_page_or_refused_at_its_place(text: str) -> None:
    text = text.replace("\r", "\n")
    for found in findings(lambda: read_page("a", text, "a.md", nowhere)):
        assert found.place.path == "a.md"
        assert is_inside(found.place, text), found


@given(st.integers(0, 10**9), st.sampled_from([spoiling.broken_bytes, spoiling.broken_lines, spoiling.wrong_types]))
def test_every_finding_points_into_its_file(seed: int, mutate: Mutator) -> None:
    with copied() as library:
        mutate(Random(seed), library)
        for found in validated(library):
            with suppress(ContentError):  # a file that cannot be read has no lines
                text = read_text(library / found.place.path, library)
                assert found.place.line == 0 or is_inside(found.place, text), found


# The command


def a_pipe(library: Path) -> None:
    (library / PAGE).unlink()
    os.mkfifo(library / PAGE)


def laughs(library: Path) -> None:
    (library / MODULE).write_text("a: &a [x, x]\nb: &b [*a, *a]\n", encoding="utf-8")


def a_deep_hole(library: Path) -> None:
    (library / "glossary.yaml").write_text("[" * 100_000, encoding="utf-8")


def no_text(library: Path) -> None:
    (library / PAGE).write_bytes(b"# T\n\n\xff\xfe\x00")


def a_strange_name(library: Path) -> None:
    (library / "providers" / "full.yaml").rename(
        os.fsdecode(os.fsencode(library) + b"/providers/\xff\x1b[31m\n.yaml")
    )


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("spoil", [a_pipe, laughs, a_deep_hole, no_text, a_strange_name], ids=lambda f: f.__name__)
def test_the_command_ends_with_findings(spoil: Callable[[Path], None], form: str) -> None:
    with copied() as library:
        spoil(library)
        command = [sys.executable, "-m", "scormpack", "validate", "--library", str(library), "--format", form]
        done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr


# Defects that were found


@pytest.fixture
def library() -> Iterator[Path]:
    with copied() as library:
        yield library


def add(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write("\n" + text)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def told(found: list[Diagnostic] | tuple[Diagnostic, ...]) -> list[tuple[str, int, str]]:
    return [(each.code, each.place.line, each.message) for each in found]


@pytest.fixture
def soon() -> Iterator[None]:
    """By the time of the processor, as other tests share the machine."""
    began = time.process_time()
    yield
    assert time.process_time() - began < SECONDS


def test_a_message_quotes_the_beginning_only() -> None:
    long, cut = "x" * 50_000, "x" * 60 + "…"
    assert told(findings(lambda: parse(f"a: !{long} b", "a"))) == [
        ("SRC-03", 1, f"tags such as !{cut[1:]} are not used here")
    ]
    twice = findings(lambda: parse(f"? {long}\n: a\n? {long}\n: b", "a"))
    assert told(twice) == [("SRC-02", 3, f"`{cut}` is given twice; first in line 1")]
    kind = findings(lambda: read_page("a", f"# T\n\n```{long}\n```", "a.md", nowhere))
    assert told(kind) == [("FRM-09", 3, f"no such kind of block: `{cut}`")]
    open_ = findings(lambda: read_page("a", f"# T\n\n```{long}\n", "a.md", nowhere))
    assert told(open_) == [("FRM-09", 3, f"the fence `{cut}` is never closed")]


def test_messages_about_a_text_quote_the_beginning_only(library: Path) -> None:
    long = "x" * 50_000
    add(library / PAGE, f"{{local:{long}}} {{contact: {long}}} {{x:{long}}}\n\n```card\nuse: {long}\n```")
    found = validated(library)
    assert {each.code for each in found} == {"LNK-01"}
    assert max(len(each.message) for each in found) < 200


def test_a_name_of_a_file_is_shown_on_one_line() -> None:
    assert shown(Path("a\x1b[31m\n\udcff.yaml")) == "a\\x1b[31m\\n\\udcff.yaml"


def test_a_hint_lists_no_more_than_somebody_reads() -> None:
    assert len(nearest("zebra", [f"word-{number}" for number in range(100_000)])) < 1_000


@pytest.mark.usefixtures("soon")
def test_many_words_that_name_nothing(library: Path) -> None:
    add(
        library / "glossary.yaml",
        "".join(f"  - {{id: t{n}, term: t{n}, short: s, see_also: [x{n}]}}\n" for n in range(4_000)),
    )
    found = validated(library)
    assert (len(found), {each.code for each in found}) == (MOST, {"LNK-01"})


@pytest.mark.usefixtures("soon")
def test_more_values_than_a_file_needs(library: Path) -> None:
    add(library / "glossary.yaml", "  - x\n" * MOST_VALUES)
    (found,) = validated(library)
    assert (found.code, found.message) == ("SRC-06", "holds more than 50,000 keys and values")


@pytest.mark.usefixtures("soon")
def test_more_blocks_than_a_page_needs(library: Path) -> None:
    (library / PAGE).write_text("# T\n\n" + "```x\n```\n" * 40_000, encoding="utf-8")
    assert told(validated(library)) == [("FRM-06", 3 + 2 * MOST_BLOCKS, "`blocks`: takes at most 200, has 40000")]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("line", ["<b>", "# T", " ```", "[a](b)", "{contact: x}"])
def test_many_mistakes_of_one_page(library: Path, line: str) -> None:
    (library / PAGE).write_text("# T\n\n" + f"{line}\n" * 50_000, encoding="utf-8")
    assert 1 <= len(validated(library)) <= MOST + 10


@pytest.mark.usefixtures("soon")
def test_a_page_that_is_listed_thousands_of_times(library: Path) -> None:
    change(library / MODULE, "pages: [start", "pages: [start" + ", start" * 20_000)
    assert told(findings(lambda: load_module(library / "every-block"))) == [
        ("FRM-06", 23, "`pages`: takes at most 200, has 20006")
    ]


def test_a_page_that_is_listed_twice_is_told_of_once(library: Path) -> None:
    (library / PAGE).write_text("# T\n\n<b>\n", encoding="utf-8")
    change(library / MODULE, "pages: [start", "pages: [start, start")
    assert [each[:2] for each in told(findings(lambda: load_module(library / "every-block")))] == [("FRM-10", 3)]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("unit", ["[\n", "[", "[a\n", "](", "\n   [x", "[\\", "{ local", "<a "])
def test_a_run_that_a_pattern_would_go_over_again_and_again(library: Path, unit: str) -> None:
    (library / PAGE).write_text("# T\n\n" + unit * (400_000 // len(unit)), encoding="utf-8")
    assert all(each.place.path for each in validated(library))


def test_a_link_whose_name_holds_a_bracket_is_looked_at(library: Path) -> None:
    (library / PAGE).write_text("# T\n\nText [a\\]b]\n\n[a\\]b]: javascript:x\n", encoding="utf-8")
    assert ("FRM-13", 3, "a link cannot lead to `javascript:x`") in told(validated(library))


def test_what_cannot_be_asked_for_is_there_until_it_is_read(tmp_path: Path) -> None:
    assert is_there(tmp_path / ("x" * 300))  # the system refuses to look
    assert not is_there(tmp_path / "x")
    (found,) = findings(lambda: read_text(tmp_path / ("x" * 300), tmp_path))
    assert found.code == "SRC-04"


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def refused(data: bytes, suffix: str) -> str:
    with pytest.raises(ValueError, match=r"^(has|is|cannot)") as caught:
        encoded(data, suffix, WIDTHS)
    return str(caught.value)


def test_a_picture_that_fills_the_memory_when_it_is_unpacked() -> None:
    assert refused(saved(Image.new("L", (3_600, 3_500)), "PNG"), ".png") == "has more than 10 million pixels"
    assert refused(saved(Image.new("L", (3_600, 3_500)), "WEBP"), ".webp") == "has more than 10 million pixels"
    whole = saved(Image.new("L", (3_600, 3_500)), "JPEG", progressive=True)
    assert refused(whole, ".jpg") == "has more than 12.5 million pixels"


def test_a_photo_of_a_good_camera_is_taken() -> None:
    made = encoded(saved(Image.new("L", (8_160, 6_120)), "JPEG"), ".jpg", WIDTHS)
    assert [(width, height) for _, width, height in made] == [(480, 360), (800, 600), (1_400, 1_050)]


def test_a_picture_that_is_higher_than_a_browser_shows() -> None:
    tall = saved(Image.new("1", (1_400, 3_201)), "PNG")
    assert refused(tall, ".png") == "is more than 3,200 pixels high where it is 1,400 wide"


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    ("attributes", "inside", "size"),
    [
        (f"width='{'9' * 400}' height='1'", "", (300, 150)),
        (f"viewBox='0 0 {'9' * 400} 1'", "", (300, 150)),
        (f"width='1{' ' * 900_000}x' height='1'", "", (300, 150)),
        ("xmlns:x='u'", "<x:b/>t" * 100_000, (300, 150)),
        ("", "<script/>t" * 90_000, (300, 150)),
    ],
)
def test_a_drawing_that_takes_long(attributes: str, inside: str, size: tuple[int, int]) -> None:
    assert cleaned(SVG.format(attributes, inside).encode())[1:] == size


@pytest.mark.usefixtures("soon")
def test_a_drawing_with_more_attributes_than_any_program_writes() -> None:
    data = SVG.format("", "<g " + " ".join(f"a{n}=''" for n in range(80_000)) + "/>").encode()
    with pytest.raises(ValueError, match="has an element with more than 1000 attributes"):
        cleaned(data)


def test_a_style_that_is_written_around_what_is_taken_out() -> None:
    assert b"import" not in cleaned(SVG.format("", "<style>@imp<script>x</script>ort 'x';</style>").encode())[0]


def test_a_drawing_that_is_too_large(library: Path) -> None:
    (library / "every-block/media/dot.svg").write_text(SVG.format("", " " * LARGEST_DRAWING), encoding="utf-8")
    change(library / PAGE, "dot.png", "dot.svg")
    (found,) = validated(library)
    assert (found.code, found.message) == ("SRC-06", "is larger than 1,000,000 bytes")


def test_a_language_that_is_too_long_to_be_the_name_of_a_file(library: Path) -> None:
    add(library / MODULE, "language: en" + "-ab" * 100 + "\n")
    (found,) = validated(library)
    assert (found.code, found.message) == ("FRM-06", "`language`: is longer than 35 characters")


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ("[" + "x" * 50_000 + "]", "`targets[1]`: is longer than 40 characters"),
        ("[" + "x, " * 20_000 + "x]", "`targets`: takes at most 20, has 20001"),
    ],
)
def test_targets_that_nobody_has(library: Path, targets: str, message: str) -> None:
    change(library / "library.yaml", "[scorm12, scorm2004-3rd, scorm2004-4th, web, xapi, cmi5]", targets)
    (found,) = validated(library)
    assert (found.code, found.message) == ("FRM-06", message)


@pytest.mark.parametrize(
    "name", ["every-block/media", "every-block/pages", "every-block", "providers", "recommendations"]
)
def test_a_folder_that_is_forbidden(library: Path, name: str) -> None:
    (library / name).mkdir(exist_ok=True)
    (library / name).chmod(0)
    with permissions_hold():
        found = validated(library)
    assert {each.code for each in found} == {"SRC-04"}
    assert all(each.message.endswith(": Permission denied") for each in found)


def test_what_is_left_to_do_is_cut(library: Path) -> None:
    add(library / MODULE, f"todo_before_release: [{'x' * 50_000}]\n")
    assert [(each.code, len(each.message)) for each in validated(library)] == [("REL-01", 500)]
