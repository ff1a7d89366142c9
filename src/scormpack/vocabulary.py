"""Words that mean the same wherever authors write them: closed lists, names of things, and text that holds names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from scormpack.source.node import Node
from scormpack.source.word import SLUG, Slug, Spelled, Word

# Closed lists

Stage: TypeAlias = Literal["first_weeks", "first_months", "advanced", "specific"]
Sensitivity: TypeAlias = Literal[
    "death", "bereavement", "distress", "self_harm", "abuse", "children", "bodily_detail", "none"
]
Delivery: TypeAlias = Literal["self_study", "group", "face_to_face", "online_live", "shadowing", "blended"]
Jurisdiction: TypeAlias = Literal["england", "wales", "scotland", "northern_ireland"]
Learner: TypeAlias = Literal[
    "homecare_worker", "senior_worker", "manager", "educator", "commissioner", "personal_assistant"
]
Actor: TypeAlias = Literal["manager", "provider", "educator", "commissioner", "homecare_worker"]
Act: TypeAlias = Literal[
    "confirm_death",
    "touch_pump",
    "give_injection",
    "change_dose",
    "hide_medicine",
    "decide_capacity",
    "sign_papers",
]
Principle: TypeAlias = Literal["power", "perspectives", "knowledge", "reciprocity", "relationships"]

# Text that is spelled in one way

ONE_LINE: Final = "Write it on one line."
Title = Annotated[str, Field(min_length=1, max_length=70), Spelled(r"^[^\n\r\t]*$", ONE_LINE)]
Version = Annotated[
    str, Spelled(r"^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$", "Three numbers: `1.0.0`.")
]
LANGUAGE: Final = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
Language = Annotated[str, Spelled(LANGUAGE, "A language tag: `en-GB`.")]


def is_english(language: str) -> bool:
    """Whether a language tag stands for English, wherever it is spoken."""
    return language.split("-")[0] == "en"


WebAddress = Annotated[str, Spelled(r"^https://[A-Za-z0-9./_~%-]+$", "Begin with `https://`; no spaces, `?` or `#`.")]

# Names of things elsewhere


class Named(Word):
    """What names something elsewhere as that names itself, by a `Slug`."""

    pattern = SLUG
    spelling = Slug.spelling


class CardId(Named):
    """A card on the pages of the same module."""

    longest = Slug.longest


class BlockId(Named):
    """A card, a story or another block on the pages of the same module."""

    longest = Slug.longest


class TermId(Named):
    """A word of the glossary."""


class ContactId(Named):
    """A contact of the register, `contacts.yaml`."""


class RecommendationId(Named):
    """A recommendation of the library."""


class ModuleId(Named):
    """Another module of the library."""


class ObjectiveId(Named):
    """A learning objective of the same module."""


class TopicId(Named):
    """A topic of the library's list."""


class SlotName(Word):
    """A local detail that each provider fills in: `office_phone`."""

    pattern = r"[a-z][a-z0-9_]*"
    spelling = "Small letters, digits and `_`: `office_phone`."


class NoticeId(Word):
    """A standard notice of the library."""

    pattern = r"[a-z][a-z0-9_]*"
    spelling = "Small letters, digits and `_`: `after_sensitive`."


class FrameworkRef(Word):
    """An item of an outside framework: `care-certificate@2025#6`."""

    pattern = SLUG + r"(?:@[A-Za-z0-9.]+)?(?:#[A-Za-z0-9.-]+)?"
    spelling = "A framework and its part: `care-certificate@2025#6`."


class AssetPath(Word):
    """A file in the media folder of a module, or beside a provider's file: `hand.png`."""

    pattern = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*(?:/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)*"
    spelling = "Rename the file: letters without accents, digits, `.`, `_` and `-`, no spaces."
    longest = 100


class PicturePath(AssetPath):
    """A picture: `hands.svg`."""


class PosterPath(PicturePath):
    """What is shown in the place of a film before it plays."""


class AudioPath(AssetPath):
    """A recording: `joy.mp3`."""


class VideoPath(AssetPath):
    """A film: `mouth-care.mp4`."""


class CaptionsPath(AssetPath):
    """The captions of a film: `mouth-care.vtt`."""


# Text that holds names

PLACEHOLDER = re.compile(r"\{([a-z]+):([A-Za-z0-9_-]+)\}")
PLACEHOLDER_KINDS: dict[str, type[Word]] = {"contact": ContactId, "local": SlotName}


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


class Phrase(Markdown):
    """Text in one run, such as an answer, a step or a message: no lists, no tables, no second paragraph."""

    __slots__ = ()


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
