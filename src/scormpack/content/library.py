"""The library: what all its modules and providers share."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from scormpack.content.profile import DEFAULTS, Change, Limit
from scormpack.content.provider import Provider
from scormpack.content.recommendation import Recommendation, Signposted
from scormpack.content.waiver import Waiver
from scormpack.source.node import Node, YesNo
from scormpack.source.reference import ContactId, Markdown, NoticeId, SlotName, Slug, TermId, TopicId
from scormpack.source.words import Jurisdiction


class Topic(Node):
    """Something that modules are about."""

    id: TopicId
    title: str = Field(min_length=1)
    signposted_to: Signposted | None = None


class Slot(Node):
    """A local detail that a provider fills in. A phone number becomes a link; `policy`: it names a policy."""

    label: str = Field(min_length=1, max_length=60)
    kind: Literal["phone", "text"] = "text"
    policy: YesNo = False


class Contact(Node):
    """An entry of the register, the only place where phone numbers stand."""

    id: Slug
    name: str = Field(min_length=1, max_length=80)
    for_whom: str = Field(min_length=1)
    phone: str | None = Field(default=None, pattern=r"^\+?[0-9][0-9 ]{1,18}$")
    phone_note: str = ""
    text_number: str | None = Field(default=None, pattern=r"^[0-9 ]{3,14}$")
    text_message: str = ""
    url: str | None = Field(default=None, pattern=r"^https://[A-Za-z0-9./_~%-]+$")
    in_text: str = ""  # how it reads inside a sentence; else "name, number"
    hours: str = Field(min_length=1)
    jurisdictions: tuple[Jurisdiction, ...] = Field(min_length=1)
    always_open: YesNo = False
    emergency: YesNo = False
    checked_on: datetime.date | None = None
    source: str = ""
    todo_before_release: tuple[str, ...] = ()


class Contacts(Node):
    """The file contacts.yaml."""

    contacts: tuple[Contact, ...]


class Term(Node):
    """A word and its plain meaning. `also` lists other forms under which it stands in running text."""

    id: Slug
    term: str = Field(min_length=1)
    also: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    short: str = Field(min_length=1)
    say: str = ""
    see_also: tuple[TermId, ...] = ()


class Glossary(Node):
    """The file glossary.yaml."""

    terms: tuple[Term, ...]


class FrameworkItem(Node):
    """A numbered part of an outside framework."""

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)


class Framework(Node):
    """An outside framework as data, because frameworks change."""

    id: Slug
    version: str = ""
    title: str = Field(min_length=1)
    status: Literal["current", "being_replaced", "withdrawn"]
    jurisdictions: tuple[Jurisdiction, ...] = Field(min_length=1)
    checked_on: datetime.date | None = None
    items: tuple[FrameworkItem, ...] = ()
    todo_before_release: tuple[str, ...] = ()


class Frameworks(Node):
    """The file frameworks.yaml."""

    frameworks: tuple[Framework, ...]


class Scorm(Node):
    """What a platform is told when a module is done; the defaults suit most.

    `passed_status` is SCORM 1.2's last word for a passed module: `completed` helps platforms whose completion
    rule asks for that word. `exit` is what leaving a finished module says: `suspend` keeps the record open.
    """

    passed_status: Literal["passed", "completed"] = "passed"
    exit: Literal["suspend", "normal"] = "suspend"


class Settings(Node):
    """The file library.yaml."""

    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    targets: tuple[Annotated[str, Field(max_length=40)], ...] = Field(default=("scorm12",), max_length=20)
    scorm: Scorm = Scorm()
    topics: tuple[Topic, ...] = ()
    slots: dict[SlotName, Slot] = {}
    notices: dict[NoticeId, Markdown] = {}
    help: tuple[ContactId, ...] = ()
    help_local: tuple[SlotName, ...] = ()
    profile: dict[Limit, Change] = {}
    waive: tuple[Waiver, ...] = ()

    def limit(self, name: Limit) -> float:
        """The value of a limit, as the library has it."""
        return self.profile[name].value if name in self.profile else DEFAULTS[name]


@dataclass(frozen=True)
class Library:
    """Everything that the modules of one folder share, by id; `modules` names the folders found."""

    folder: Path
    settings: Settings
    contacts: Mapping[str, Contact]
    glossary: Mapping[str, Term]
    frameworks: Mapping[str, Framework]
    recommendations: Mapping[str, Recommendation]
    providers: Mapping[str, Provider]
    modules: Mapping[str, Path]
