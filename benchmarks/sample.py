"""The module that every tool builds: ten pages, about 3,100 words, three pictures, ten questions; always the same."""

from __future__ import annotations

import json
import random
import struct
from dataclasses import dataclass
from pathlib import Path

TITLE = "Care at home, for a benchmark"
PAGES, PARAGRAPHS, SENTENCES = 10, 3, 3
PICTURES = (0, 4, 8)  # the pages that have one
WIDTH, HEIGHT = 1200, 896

_WHEN = (
    "In the morning",
    "Before you leave",
    "When the family is there",
    "If the person is tired",
    "After a long night",
    "At the next visit",
    "While you help with a wash",
    "When something is new",
)
_WHO = (
    "you sit down beside the bed and",
    "the worker who knows the person best can",
    "a second pair of hands should",
    "everyone in the house may",
    "the nurse and the office together",
    "a daughter or a neighbour will often",
    "your manager and the team",
    "the person whose home it is would rather",
)
_WHAT = (
    "ask in plain words what would help most today.",
    "look at the plan in the folder and follow it.",
    "write down the time, the words and what was done.",
    "call the number on the first page without waiting.",
    "listen for a while and leave room for silence.",
    "notice a change in breathing, skin, mood or sleep.",
    "offer a sip of water, a clean pillow and some quiet.",
    "say that this is new and that help is on its way.",
    "keep to what has been taught, checked and agreed.",
)


@dataclass(frozen=True)
class Option:
    """An answer, what the learner is told who chooses it, and whether it is right."""

    text: str
    feedback: str
    correct: bool


@dataclass(frozen=True)
class Page:
    """A page: a title, paragraphs, perhaps a picture, and a question."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    picture: str | None
    prompt: str
    options: tuple[Option, ...]
    rationale: str


def pages(pictures: bool = True) -> list[Page]:
    """The ten pages, with sentences put together from parts by a fixed seed; with or without the three pictures."""
    rng = random.Random(2026)

    def sentence() -> str:
        return f"{rng.choice(_WHEN)} {rng.choice(_WHO)} {rng.choice(_WHAT)}"

    def page(number: int) -> Page:
        right = rng.randrange(3)
        return Page(
            id=f"page-{number + 1}",
            title=f"Part {number + 1} of the day",
            paragraphs=tuple(" ".join(sentence() for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)),
            picture=f"picture-{number + 1}.jpg" if pictures and number in PICTURES else None,
            prompt=f"What comes first in part {number + 1}?",
            options=tuple(Option(f"{rng.choice(_WHAT)[:-1]} ({n + 1})", sentence(), n == right) for n in range(3)),
            rationale=sentence(),
        )

    return [page(number) for number in range(PAGES)]


def words(module: list[Page]) -> int:
    """How many words a learner can read."""
    texts: list[str] = []
    for page in module:
        texts += [page.title, *page.paragraphs, page.prompt, page.rationale]
        texts += [part for option in page.options for part in (option.text, option.feedback)]
    return sum(len(text.split()) for text in texts)


# Pairs of zeros to skip and bits that follow; all codes are as long, so that the picture is as dense as a real one.
_STEPS = [(0, bits) for bits in range(1, 7)] + [(skip, bits) for skip in (1, 2) for bits in range(1, 5)]


def jpeg(seed: int) -> bytes:
    """A baseline JPEG of grey noise, 1200 × 896, about 200 kB. Format: ITU-T T.81, annexes B and F."""
    rng = random.Random(seed)
    blocks = (WIDTH // 8) * (HEIGHT // 8)
    bits = []
    for _ in range(blocks):
        size = rng.randint(1, 3)  # of the change of the mean; its code has two bits
        bits.append(f"{size - 1:02b}{rng.getrandbits(size):0{size}b}")
        place = 0
        while (step := rng.randrange(len(_STEPS) + 1)) < len(_STEPS):
            skip, size = _STEPS[step]
            place += skip + 1
            if place >= 63:
                break
            bits.append(f"{step:04b}{rng.getrandbits(size):0{size}b}")
        bits.append(f"{len(_STEPS):04b}")  # end of block
    stream = "".join(bits)
    stream += "1" * (-len(stream) % 8)
    data = int(stream, 2).to_bytes(len(stream) // 8, "big").replace(b"\xff", b"\xff\x00")

    def segment(marker: int, body: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body

    def huffman(kind: int, length: int, symbols: list[int]) -> bytes:
        lengths = [len(symbols) if each == length else 0 for each in range(1, 17)]
        return segment(0xC4, bytes([kind, *lengths, *symbols]))

    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\x00\x01\x01\x00" + struct.pack(">HH", 1, 1) + b"\x00\x00"),
            segment(0xDB, bytes([0, *[2] * 64])),
            segment(0xC0, struct.pack(">BHHB", 8, HEIGHT, WIDTH, 1) + bytes([1, 0x11, 0])),
            huffman(0x00, 2, [1, 2, 3]),
            huffman(0x10, 4, [*(skip << 4 | size for skip, size in _STEPS), 0]),
            segment(0xDA, bytes([1, 1, 0x00, 0, 63, 0])),
            data,
            b"\xff\xd9",
        )
    )


def write_pictures(module: list[Page], folder: Path) -> list[Path]:
    """The module's pictures, written into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for seed, page in enumerate(page for page in module if page.picture):
        assert page.picture is not None
        file = folder / page.picture
        file.write_bytes(jpeg(seed))
        written.append(file)
    return written


_LIBRARY = """\
title: A library for a benchmark
publisher: Nobody
licence: CC-BY-4.0
targets: [scorm12, scorm2004-3rd, web]
notices:
  local_policy: What your employer has written down comes first.
"""

_MODULE = """\
id: benchmark
version: 1.0.0
title: {title}
summary: The same ten pages for every tool.
jurisdictions: [england]
stage: first_weeks
audiences: [homecare_worker]
format: session
delivery: [self_study]
duration_minutes: 30
time_policy: {{rule: paid_required, sentence: Your time is paid.}}
objectives:
  - {{id: measure, text: Measure before you claim.}}
key_messages: [Measure before you claim.]
sensitivity: [none]
standalone_reason: It is no training.
provenance: {{status: editorial}}
review_due: 2040-01-01
pages: [{pages}]
"""


def write_library(module: list[Page], folder: Path) -> Path:
    """The module in scormpack's own form."""
    home = folder / "benchmark"
    (home / "pages").mkdir(parents=True)
    (folder / "library.yaml").write_text(_LIBRARY, encoding="utf-8")
    names = ", ".join(page.id for page in module)
    (home / "module.yaml").write_text(_MODULE.format(title=TITLE, pages=names), encoding="utf-8")
    for page in module:
        (home / "pages" / f"{page.id}.md").write_text(_page(page), encoding="utf-8")
    write_pictures(module, home / "media")
    return folder


def _page(page: Page) -> str:
    quoted = json.dumps  # a JSON string is a YAML string
    parts = [f"# {page.title}", *page.paragraphs]
    if page.id == "page-1":
        parts.append("```notice\nnotice: local_policy\n```")
    if page.picture:
        parts.append(f"```figure\nsrc: {page.picture}\nalt: Grey noise\n```")
    options = "\n".join(
        f"  - {{text: {quoted(option.text)}, feedback: {quoted(option.feedback)}"
        + (", correct: true}" if option.correct else "}")
        for option in page.options
    )
    parts.append(
        f"```single\nid: {page.id}-question\nobjective: measure\nprompt: {quoted(page.prompt)}\n"
        f"rationale: {quoted(page.rationale)}\noptions:\n{options}\n```"
    )
    return "\n\n".join(parts) + "\n"
