"""A care provider: its name, its colours and its local details. It never changes what a module says."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from scormpack.content.waiver import Waiver
from scormpack.source.node import Node
from scormpack.source.reference import Markdown, PicturePath, SlotName, Slug

COLOUR = r"^#[0-9A-Fa-f]{6}$"


class Brand(Node):
    """The colours and the logo that a provider wishes for; readable shades are derived from them."""

    colour: str = Field(default="#1F5F6B", pattern=COLOUR)
    logo: PicturePath | None = None


class Provider(Node):
    """Who uploads the package. `local` fills the slots that modules declare."""

    codes: ClassVar[dict[str, str]] = {
        "blocks": "LOC-03",
        "hide": "LOC-03",
        "modules": "LOC-03",
        "notices": "LOC-03",
        "pages": "LOC-03",
        "remove": "LOC-03",
        "replace": "LOC-03",
        "safety": "LOC-03",
    }

    id: Slug
    name: str = Field(min_length=1, max_length=60)
    brand: Brand = Brand()
    welcome: Markdown | None = None
    local: dict[SlotName, str] = {}
    waive: tuple[Waiver, ...] = ()
