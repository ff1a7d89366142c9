"""What the lines of a record are made of: frozen, strict, and refused where they are not as we write them."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from scormpack.source.word import SLUG, Slug

MARK: Final = 12  # hex digits: enough to tell the parts of one module apart

Id = Annotated[str, StringConstraints(pattern=rf"^(?:{SLUG})$", max_length=Slug.longest)]
Mark = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{MARK}}}$")]
Named = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]  # by `cache.named`
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ReleaseId = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}(-\d{1,4})?$")]
Words = Annotated[str, StringConstraints(max_length=2_000)]
Size = Annotated[int, Field(ge=0, le=1_000_000_000)]  # bytes; no platform takes as much


class Line(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
