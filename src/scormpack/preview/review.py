"""Comments of reviewers: shown beside the course, and kept in review.yaml as if somebody had written them there.

That file belongs to people, who edit it and note things in it. So a comment is put in as a few lines of text, and
only a file that does not take them is written anew as a whole.
"""

from __future__ import annotations

import datetime
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scormpack.content.load import REVIEW
from scormpack.content.module import Module
from scormpack.content.review import MOST_COMMENTS, Comment, Review
from scormpack.content.reviewed import by_id, passages, subjects
from scormpack.diagnostics import ContentError, Place
from scormpack.lock import alone
from scormpack.package import write_file
from scormpack.source.codes import FRM_06, SRC_06
from scormpack.source.files import LARGEST_TEXT, is_there, read_text, refused, within
from scormpack.source.node import read
from scormpack.source.signs import refuse_unusable
from scormpack.source.yaml import parse, written

_ABOUT = (
    "# What reviewers say about this module. Nothing of it gets into a package.\n"
    "# `scormpack preview --review` adds to it, and you may edit it.\n"
)
_LOCK = ".review.lock"
_INDENT = 2
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ROOM = "An author makes room: remove from review.yaml what is resolved."


@dataclass(frozen=True)
class Remark:
    """A comment to be kept: who makes it, about what (`id` and `says` of `blocks`), and what is said."""

    name: str
    block: str
    quote: str
    text: str


def blocks(module: Module) -> list[dict[str, str]]:
    """What a reviewer can comment on: the module as a whole, which has no page, then page by page.

    `id` and `says` are what a `Remark` has as `block` and `quote`.
    """
    return [
        {
            "page": each.page.id if each.page else "",
            "pageTitle": each.page.title if each.page else "",
            "id": each.name,
            "says": each.quote,
        }
        for each in passages(module)
    ]


def comments(module: Module) -> list[dict[str, Any]]:
    """Every comment on `module`, the oldest first, with the block and the page where its words stand now.

    It is `changed` if the words there are no longer those that it is about, and `gone` if they stand nowhere.
    """
    found = by_id(module.review.comments)
    return [
        {
            "id": name,
            "block": passage.name if passage else comment.block or "",
            "page": passage.page.id if passage and passage.page else "",
            "name": comment.name,
            "date": str(comment.date),
            "text": comment.text,
            "resolved": comment.resolved_on is not None,
            "quote": comment.quote,
            "gone": passage is None,
            "changed": passage is not None and not same,
        }
        for name, (comment, (passage, same)) in zip(found, subjects(module, found.values()), strict=True)
    ]


def add(folder: Path, remark: Remark, day: datetime.date) -> str:
    """Keep `remark`, made on `day` about the module in `folder`; its id. Said twice on a day, it is kept once.

    Raises ContentError for what a comment cannot be, and where review.yaml cannot be read or is full; OSError where
    it cannot be written.
    """
    comment = _comment(remark, day, folder)
    with alone(folder / _LOCK):
        review, text = _read(folder)
        every = review.comments
        if comment not in every:
            if len(every) == MOST_COMMENTS:
                raise refused(FRM_06, f"has {MOST_COMMENTS} comments already", folder / REVIEW, folder.parent, _ROOM)
            every = (*every, comment)
            _write(folder, Review(comments=every), _with(comment, review, text), text)
    return next(name for name, each in by_id(every).items() if each == comment)


def resolve(folder: Path, name: str, day: datetime.date | None) -> None:
    """Note that on `day` somebody saw to the comment with the id `name`; without a day, that it is open again.

    Raises KeyError if there is no such comment, and what `add` raises about the file.
    """
    with alone(folder / _LOCK):
        review, text = _read(folder)
        comment = by_id(review.comments)[name]
        if (comment.resolved_on is None) != (day is None):
            other = comment.model_copy(update={"resolved_on": day})
            every = tuple(other if each is comment else each for each in review.comments)
            _write(folder, Review(comments=every), _marked(comment, day, text), text)


def _comment(remark: Remark, day: datetime.date, folder: Path) -> Comment:
    place = Place(within(folder / REVIEW, folder.parent))
    said = {
        "name": " ".join(remark.name.split()),
        "date": day,
        "block": remark.block or None,
        "quote": " ".join(remark.quote.split()),
        "text": _LINE_ENDS.sub("\n", remark.text),
    }
    for field in ("name", "quote", "text"):
        refuse_unusable(str(said[field]), place.path)
    return read(Comment, said, place)


def _read(folder: Path) -> tuple[Review, str]:
    """The comments on the module in `folder`, and the text of the file that has them."""
    path = folder / REVIEW
    text = read_text(path, folder.parent) if is_there(path) else ""
    return (_parsed(text, within(path, folder.parent)) if text else Review()), text


def _parsed(text: str, path: str) -> Review:
    return read(Review, parse(text, path), Place(path, 1, 1))


def _write(folder: Path, wanted: Review, edited: str, text: str) -> None:
    """Write `edited`, which was `text`; or all of it anew, if `edited` does not say what is `wanted`."""
    try:
        fits = _parsed(edited, REVIEW) == wanted
    except ContentError:
        fits = False
    data = (edited if fits else _anew(wanted, text)).encode()
    if len(data) > LARGEST_TEXT:
        raise refused(SRC_06, f"would be larger than {LARGEST_TEXT:,} bytes", folder / REVIEW, folder.parent, _ROOM)
    write_file(data, folder / REVIEW)


def _anew(wanted: Review, text: str) -> str:
    """The whole file, below what is noted at the top of `text`."""
    noted = re.match(r"(?:#.*\n)*", text)
    above = noted[0] if noted and noted[0] else _ABOUT
    return f"{above}comments:\n{''.join(_entry(each, _INDENT) for each in wanted.comments)}"


def _with(comment: Comment, review: Review, text: str) -> str:
    """`text` with `comment` as its last entry, which stands below the one before."""
    if not review.comments:
        return _anew(Review(comments=(comment,)), text)
    dash = review.comments[-1].place().column - len("- ")
    return f"{text.rstrip()}\n{_entry(comment, dash - 1)}"


def _entry(comment: Comment, indent: int) -> str:
    return textwrap.indent(written([comment.model_dump(exclude_defaults=True)]), " " * indent)


def _marked(comment: Comment, day: datetime.date | None, text: str) -> str:
    """`text` with the day on which `comment` was resolved below its own day; or without that line."""
    lines = text.split("\n")
    if day is None:
        del lines[comment.line_of("resolved_on").line - 1]
    else:
        indent = " " * (comment.line_of("date").column - 1)
        lines.insert(comment.place("date").line, f"{indent}resolved_on: {day}")
    return "\n".join(lines)
