"""Words that name something elsewhere: a picture, a contact, a local detail, a recommendation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from scormpack.source.node import Node

SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
PLACEHOLDER = re.compile(r"\{([a-z]+):([A-Za-z0-9_-]+)\}")


class Word(str):
    """A `str` that carries its meaning with it, also inside an optional field or a tuple."""

    pattern: ClassVar[str] = r".+"
    longest: ClassVar[int] = 64
    __slots__ = ()

    @classmethod
    def fits(cls, text: str) -> bool:
        """Whether `text` is spelled as such a word has to be."""
        return len(text) <= cls.longest and re.fullmatch(cls.pattern, text) is not None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(pattern=f"^(?:{cls.pattern})$", max_length=cls.longest)
        return core_schema.no_info_after_validator_function(cls, text)


class Slug(Word):
    """A name of one's own: small letters, digits and single hyphens, a letter first."""

    pattern = SLUG
    longest = 40


class AssetPath(Word):
    """A file in the media folder of a module, or beside a provider's file: `hand.png`."""

    pattern = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*(?:/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)*"
    longest = 100


class PicturePath(AssetPath):
    """A picture: `hands.svg`."""


class AudioPath(AssetPath):
    """A recording: `joy.mp3`."""


class VideoPath(AssetPath):
    """A film: `mouth-care.mp4`."""


class CaptionsPath(AssetPath):
    """The captions of a film: `mouth-care.vtt`."""


class CardId(Word):
    """A card on the pages of the same module."""

    pattern = SLUG
    longest = 40


class TermId(Word):
    """A word of the glossary."""

    pattern = SLUG


class PosterPath(PicturePath):
    """What is shown in the place of a film before it plays."""


class BlockId(Word):
    """A card, a story or another block on the pages of the same module."""

    pattern = SLUG
    longest = 40


class ContactId(Word):
    """A contact of the register, `contacts.yaml`."""

    pattern = SLUG


class SlotName(Word):
    """A local detail that each provider fills in: `office_phone`."""

    pattern = r"[a-z][a-z0-9_]*"


class RecommendationId(Word):
    """A recommendation of the library."""

    pattern = SLUG


class ModuleId(Word):
    """Another module of the library."""

    pattern = SLUG


class FrameworkRef(Word):
    """An item of an outside framework: `care-certificate@2025#6`."""

    pattern = SLUG + r"(?:@[A-Za-z0-9.]+)?(?:#[A-Za-z0-9.-]+)?"


class ObjectiveId(Word):
    """A learning objective of the same module."""

    pattern = SLUG


class NoticeId(Word):
    """A standard notice of the library."""

    pattern = r"[a-z][a-z0-9_]*"


class TopicId(Word):
    """A topic of the library's list."""

    pattern = SLUG


class Markdown(str):
    """Text in limited Markdown. `{contact:nhs-999}` and `{local:office_phone}` name what is filled in."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(min_length=1, strip_whitespace=True)
        return core_schema.no_info_after_validator_function(cls, text)

    def placeholders(self) -> Iterator[tuple[re.Match[str], str, str]]:
        """Each placeholder as (match, kind, name)."""
        for match in PLACEHOLDER.finditer(self):
            yield match, match[1], match[2]


PLACEHOLDER_KINDS: dict[str, type[Word]] = {"contact": ContactId, "local": SlotName}


class Reference(NamedTuple):
    """A word that names something elsewhere, the node that holds it, and the field it stands in."""

    word: Word
    node: Node
    field: str


def references(node: Node) -> Iterator[Reference]:
    """Every reference in `node` and in the nodes inside it, in the order written."""
    for owner, field, value in node.strings():
        if isinstance(value, Markdown):
            for _, kind, name in value.placeholders() if "{" in value else ():
                if kind in PLACEHOLDER_KINDS:
                    yield Reference(PLACEHOLDER_KINDS[kind](name), owner, field)
        elif isinstance(value, Word) and not isinstance(value, Slug):
            yield Reference(value, owner, field)
