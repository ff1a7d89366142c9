"""The blocks of a page as screens, and where each is found on the web."""

from __future__ import annotations

from collections.abc import Sequence

from scormpack.blocks import Block
from scormpack.course.model import Course


def screens(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks of a page as screens, one idea on each: a question, a story, a card or a list has one to itself."""
    found: list[list[Block]] = []
    for block in blocks:
        if found and not block.room and not found[-1][0].room:
            found[-1].append(block)
        else:
            found.append([block])
    return found or [[]]


def address(block: Block, course: Course) -> str:
    """Where learners open `block` in a browser; empty where the provider does not say where its web packages are."""
    if course.provider.web is None:
        return ""
    at = f"{course.provider.web.rstrip('/')}/{course.module.id}/index.html"
    for page in course.module.pages:
        for number, some in enumerate(screens(page.blocks)):
            if any(each is block for each in some):
                return f"{at}#{page.id}~{number}"
    raise ValueError(f"no page has this block: {block}")
