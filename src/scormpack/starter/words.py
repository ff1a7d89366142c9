"""What an author types after a command: a title, a name."""

from __future__ import annotations

from pydantic import Field, create_model

from scormpack.content.texts import check_texts
from scormpack.diagnostics import Place, Problems
from scormpack.source.node import Node, read
from scormpack.source.signs import refuse_unusable
from scormpack.source.yaml import Mapping


def checked(text: str, option: str, longest: int = 200) -> str:
    """`text` on one line. ContentError, at the option, if it is empty, too long or holds what is not filled in."""
    text = " ".join(text.split())
    place = Place(option, outside=True)
    refuse_unusable(text, option)
    data = Mapping(place)
    data["title"] = text
    heading = create_model("Heading", __base__=Node, title=(str, Field(min_length=1, max_length=longest)))
    problems = Problems()
    check_texts([read(heading, data, place)], problems)
    problems.stop()
    return text


def title_from(name: str) -> str:
    """The title of what is called `name`, until its author thinks of a better one: `First visit`."""
    return name.replace("-", " ").capitalize()
