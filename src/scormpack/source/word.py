"""Words that have to be spelled in one way, and that say themselves how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from scormpack.source.codes import FRM_05
from scormpack.source.node import FieldError
from scormpack.source.signs import brief

SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"


@dataclass(frozen=True)
class Spelled:
    """Marks text that has to fit a pattern: `Annotated[str, Spelled(r"^[A-Z]$", "One capital letter: `A`.")]`.

    `sentence` says to an author how it is spelled.
    """

    pattern: str
    sentence: str

    def check(self, text: str) -> str:
        """`text`, if it fits; else a FieldError (FRM-05)."""
        if re.fullmatch(self.pattern, text) is None:
            wrong = f"`{brief(text)}` is not spelled as it has to be" if text else "is empty"
            raise FieldError(FRM_05, wrong, self.sentence)
        return text

    def around(self, text: CoreSchema) -> CoreSchema:
        """A schema for what `text` reads and `check` lets pass."""
        return core_schema.no_info_after_validator_function(self.check, text, metadata={"spelled": self})

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return self.around(handler(source))


class Word(str):
    """A `str` that carries its meaning with it, also inside an optional field or a tuple."""

    pattern: ClassVar[str]
    spelling: ClassVar[str]
    longest: ClassVar[int] = 64
    __slots__ = ()

    @classmethod
    def fits(cls, text: str) -> bool:
        """Whether `text` is spelled as such a word has to be."""
        return len(text) <= cls.longest and re.fullmatch(cls.pattern, text) is not None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        spelled = Spelled(f"^(?:{cls.pattern})$", cls.spelling)
        text = spelled.around(core_schema.str_schema(max_length=cls.longest))
        return core_schema.no_info_after_validator_function(cls, text)


class Slug(Word):
    """A name of one's own: small letters, digits and single hyphens, a letter first."""

    pattern = SLUG
    spelling = "Small letters, digits and single hyphens, a letter first: `who-to-call`."
    longest = 40
