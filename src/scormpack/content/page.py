"""A page file: Markdown whose fenced blocks are YAML. The fence's first word says what kind of block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from scormpack.blocks import KINDS, Block, Prose
from scormpack.content.codes import FRM_08, FRM_09, FRM_10
from scormpack.content.module import Page
from scormpack.content.texts import HTML, instead_of
from scormpack.diagnostics import Place, Problems
from scormpack.source.codes import FRM_02, FRM_06
from scormpack.source.node import MOST, nearest, read
from scormpack.source.signs import brief
from scormpack.source.yaml import Mapping, parse

MOST_BLOCKS = 200  # on a page; the longest of the sample library has under 20
_FENCE = re.compile(r"(`{3,}|~{3,})\s*(\S.*)?")

Reused = Callable[[str, str, Place], Block]


class _Part(NamedTuple):
    """A stretch of a page: prose, or the inside of a fence with its kind."""

    kind: str
    line: int  # of the fence, or of the first line of prose
    text: str
    closed: bool = True


def read_page(name: str, text: str, path: str, reused: Reused) -> Page:
    """The page called `name` from the text of its file.

    `reused(kind, id, place)` gives a block that has a file of its own. Raises ContentError with every mistake.
    """
    problems = Problems()
    title, parts = _split(text)
    if not title:
        problems.add(FRM_08, "the page has no title", Place(path, 1, 1), "Begin the file with `# Title`.")
    if len(parts) > MOST_BLOCKS:
        message = f"`blocks`: takes at most {MOST_BLOCKS}, has {len(parts)}"
        problems.add(FRM_06, message, Place(path, parts[MOST_BLOCKS].line, 1), "Make several pages of it.")
        problems.stop()
    blocks: list[Block] = []
    for part in parts:
        if len(problems.found) >= MOST:
            break
        with problems:
            block = _block(part, path, problems, reused)
            if block is not None:
                blocks.append(block)
    if not problems.found and not blocks:
        problems.add(FRM_08, "the page is empty", Place(path, 1, 1), "Write something below the title.")
    if problems.found:
        problems.stop()
    where = Mapping(Place(path, 1, 1))
    where.update(id=name, title=title, blocks=tuple(blocks))
    where.values_at = dict.fromkeys(where, where.place)
    return read(Page, where, where.place)


def _split(text: str) -> tuple[str, list[_Part]]:
    """The title and the parts of a page, prose without content left out."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    title = lines[start][2:].strip() if start < len(lines) and lines[start].startswith("# ") else ""
    body = start + 1 if title else start
    return title, [part for part in _parts(lines, body) if part.kind != "prose" or part.text.strip()]


def _parts(lines: list[str], line: int) -> Iterator[_Part]:
    began = line
    while line < len(lines):
        opening = _FENCE.match(lines[line])
        if not opening:
            line += 1
            continue
        yield _Part("prose", began + 1, "\n".join(lines[began:line]))
        end = next((n for n in range(line + 1, len(lines)) if _ends(lines[n], opening[1])), len(lines))
        closed = end < len(lines) and lines[end].rstrip() == opening[1]
        yield _Part((opening[2] or "").strip(), line + 1, "\n".join(lines[line + 1 : end]), closed)
        line = began = end + 1 if closed else end
    yield _Part("prose", began + 1, "\n".join(lines[began:]))


def _ends(line: str, fence: str) -> bool:
    """Whether a block ends here: with its fence, or unclosed, where the next one begins."""
    other = _FENCE.match(line)
    return line.rstrip() == fence or (other is not None and other[2] is not None)


def _block(part: _Part, path: str, problems: Problems, reused: Reused) -> Block | None:
    place = Place(path, part.line, 1)
    if part.kind == "prose":
        return _prose(part, path, problems)
    if not part.closed:
        problems.add(FRM_09, f"the fence `{brief(part.kind)}` is never closed", place, "End it with a line of ```.")
        return None
    kind = KINDS.get(part.kind)
    if kind is None:
        known = [name for name in KINDS if name != "prose"]
        problems.add(FRM_09, f"no such kind of block: `{brief(part.kind)}`", place, nearest(part.kind, known))
        return None
    data = parse(part.text, path, part.line + 1)
    if data is None:
        data = Mapping(place)
    if isinstance(data, Mapping) and "use" in data:
        for field in [field for field in data if field != "use"][:MOST]:
            hint = f"Write it in the file of `{brief(str(data['use']))}`, or leave `use` out."
            problems.add(FRM_02, f"`{brief(field)}`: no such field beside `use`", data.keys_at[field], hint)
        return reused(part.kind, str(data["use"]), data.values_at["use"])
    if isinstance(data, Mapping):
        data.place = place
    return read(kind, data, place)


def _prose(part: _Part, path: str, problems: Problems) -> Block | None:
    lines = part.text.split("\n")
    skipped = next(n for n, line in enumerate(lines) if line.strip())
    first = part.line + skipped
    for number, line in enumerate(lines, part.line):
        if len(problems.found) >= MOST:
            break
        column = len(line) - len(line.lstrip()) + 1
        if _FENCE.match(line.strip()):
            problems.add(FRM_09, "a fence has to start in the first column", Place(path, number, column))
        html = HTML.search(line)
        if html:
            problems.add(FRM_10, "HTML is not used here", Place(path, number, html.start() + 1), instead_of(html))
        if line.startswith("# "):
            hint = "Use `## ` inside a page, or make a second page."
            problems.add(FRM_08, "a page has one title", Place(path, number, 1), hint)
    located = Mapping(Place(path, first, 1))
    located["text"] = part.text
    located.values_at["text"] = located.place
    return read(Prose, located, located.place)
