"""A care provider: its name, its colours and its local details. It never changes what a module says."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field

from scormpack.content.codes import LOC_03
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Code
from scormpack.platforms.names import PlatformName
from scormpack.source.codes import FRM_03
from scormpack.source.node import FieldError, Node
from scormpack.source.word import Slug, Spelled
from scormpack.vocabulary import ONE_LINE, Phrase, PicturePath, SlotName, WebAddress

OneLine = Annotated[str, Field(max_length=500), Spelled(r"^(\S([^\n\r\t]*\S)?)?$", ONE_LINE)]
_COLOUR: Final = Spelled(r"^#[0-9A-Fa-f]{6}$", 'Six digits after `#`, in quotes: `"#1F5F6B"`.')


def _quoted(value: Any) -> Any:
    if not isinstance(value, str):  # without quotes `#` begins a comment
        raise FieldError(FRM_03, "has to be text", _COLOUR.sentence)
    return value


Colour = Annotated[str, _COLOUR, BeforeValidator(_quoted)]


class Brand(Node):
    """A provider's colour and logo; readable shades are derived."""

    colour: Colour = "#1F5F6B"
    """Six digits after `#`, in quotes.
    Example: `"#1F5F6B"`
    """
    logo: PicturePath | None = None
    """A picture beside the provider's file.
    Example: `logo.svg`
    """


class Cmi5(Node):
    """Values for a cmi5 platform in each module, which it passes back when one is opened."""

    launch_parameters: OneLine = ""
    """A text that the platform records with every launch.
    Example: `branch=north`
    """
    entitlement_key: OneLine = ""
    """A key that entitles the provider to use the training. Anyone who has the package can read it.
    Example: `HC-2031`
    """


def _as_text(value: Any) -> Any:
    return str(value) if type(value) is int else value  # `course: 12` is one as well as `course: HC-2024`


CourseName = Annotated[str, Field(max_length=100), BeforeValidator(_as_text), Spelled(r"^\S[^\n\r\t]*$", ONE_LINE)]
SectionNumber = Annotated[str, BeforeValidator(_as_text), Spelled(r"^[0-9]{1,3}$", "A number: `2`.")]
SiteAddress = Annotated[
    str,
    Spelled(
        r"^(https://[A-Za-z0-9][A-Za-z0-9.:/_~%-]*|http://(127\.0\.0\.1|localhost|\[::1\])([:/][A-Za-z0-9.:/_~%-]*)?)$",
        "Begin with `https://`; no spaces, `?` or `#`.",
    ),
]


class Deploy(Node):
    """Where `scormpack deploy` puts the packages; which kind of platform that is, `platform` says."""

    site: SiteAddress | None = None
    """The address of the platform, as it is in a browser.
    Example: `https://learning.example.org/moodle`
    """
    course: CourseName | None = None
    """The course there: its number, or its ID number.
    Example: `HC-2024`
    """
    section: SectionNumber | None = None
    """The section of the course that new modules are put into, by its number. Default: the top of the course.
    Example: `2`
    """


class Provider(Node):
    """Who uploads the package."""

    codes: ClassVar[dict[str, Code]] = {
        "blocks": LOC_03,
        "hide": LOC_03,
        "modules": LOC_03,
        "notices": LOC_03,
        "pages": LOC_03,
        "remove": LOC_03,
        "replace": LOC_03,
        "safety": LOC_03,
    }

    id: Slug
    """The name of this file, and of the folder that packages are written to.
    Example: `our-homecare`
    """
    name: str = Field(min_length=1, max_length=60)
    """The provider's name, as learners know it.
    Example: `Our Homecare`
    """
    brand: Brand = Brand()
    """The colour and the logo; readable shades are derived."""
    welcome: Phrase | None = None
    """What learners read on the first page.
    Example: `Welcome. We are glad that you are here.`
    """
    local: dict[SlotName, str] = {}
    """The local details, by the names of their slots.
    Example: `{office_phone: "01632 960 123"}`
    """
    platform: PlatformName | None = None
    """The learning platform that the packages are loaded into: it decides which kind is built, and the load sheet.
    Example: `moodle`
    """
    deploy: Deploy = Deploy()
    """Where `scormpack deploy` puts the packages; which kind of platform that is, `platform` says."""
    web: WebAddress | None = None
    """Where the packages for the web are put, each in a folder with the name of its module: printed cards lead there.
    Example: `https://learning.example.org/care`
    """
    cmi5: Cmi5 = Cmi5()
    """Values for the provider's platform, in packages for cmi5."""
    waive: tuple[Waiver, ...] = ()
    """Rules that this provider does not follow for a time."""
