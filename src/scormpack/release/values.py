"""What the lines of a record are made of, beside what a shape is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

Named = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]  # by `cache.named`
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ReleaseId = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}(-\d{1,4})?$")]
Size = Annotated[int, Field(ge=0, le=1_000_000_000)]  # bytes; no platform takes as much
