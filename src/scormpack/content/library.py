"""The library: what all its modules and providers share."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field

from scormpack.content.outline import Outline
from scormpack.content.profile import DEFAULTS, Change, Limit
from scormpack.content.providers import Providers
from scormpack.content.recommendation import Recommendation, Signposted
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Diagnostic
from scormpack.source.node import Node, YesNo
from scormpack.source.word import Slug, Spelled
from scormpack.vocabulary import (
    ContactId,
    Jurisdiction,
    Language,
    Markdown,
    NoticeId,
    SlotName,
    TermId,
    TopicId,
    WebAddress,
)

if TYPE_CHECKING:
    from scormpack.content.locale import Locale

_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_STEP = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*"  # begins with no dot: `..` would lead elsewhere
# Records compare names sign by sign, so capital letters, a query or an escaped sign would make two of one.
_AUTHORITY = rf"^https?://{_LABEL}(\.{_LABEL})*(:[0-9]{{1,5}})?(/{_STEP})*/?$"

Authority = Annotated[
    str,
    Field(max_length=200),
    Spelled(
        _AUTHORITY,
        "A web address that begins with `https://`: small letters in its name, no `?`, no `#`, no spaces.",
    ),
    AfterValidator(lambda address: address.rstrip("/")),
]
PhoneNumber = Annotated[
    str,
    Spelled(r"^\+?[0-9][0-9 ]{1,18}$", "Digits and spaces, with `+` in front if needed: `0808 157 0123`."),
]
TextNumber = Annotated[str, Spelled(r"^[0-9 ]{3,14}$", "Digits and spaces: `85258`.")]


class Topic(Node):
    """A subject that modules are about."""

    id: TopicId
    """The name under which modules and recommendations refer to the topic.
    Example: `mouth-care`
    """
    title: str = Field(min_length=1)
    """The topic in words.
    Example: `Mouth care`
    """
    signposted_to: Signposted | None = None
    """Where it can be learned, while no module here is about it."""


class Slot(Node):
    """A local detail that a provider fills in."""

    label: str = Field(min_length=1, max_length=60)
    """What the learner reads beside the detail.
    Example: `The office`
    """
    kind: Literal["phone", "text"] = "text"
    """A phone number becomes a link that calls; a text stays text."""
    policy: YesNo = False
    """Whether this is the name or the location of one of the provider's policies."""


class Contact(Node):
    """An entry of the register, the only place for phone numbers."""

    id: Slug
    """The name under which texts refer to the contact, such as `{contact:samaritans}`.
    Example: `samaritans`
    """
    name: str = Field(min_length=1, max_length=80)
    """The name of the contact.
    Example: `Samaritans`
    """
    for_whom: str = Field(min_length=1)
    """Who may call, and why.
    Example: `Anyone who needs someone to listen`
    """
    phone: PhoneNumber | None = None
    """The number to call: digits and spaces, with `+` in front if needed.
    Example: `0808 157 0123`
    """
    phone_note: str = ""
    """What to know about the number; it follows in brackets.
    Example: `choose option 2`
    """
    text_number: TextNumber | None = None
    """The number to send a text message to.
    Example: `85258`
    """
    text_message: str = ""
    """What to write in the text message.
    Example: `SHOUT`
    """
    url: WebAddress | None = None
    """The contact's own page; it begins with `https://`.
    Example: `https://www.samaritans.org`
    """
    in_text: str = ""
    """How the contact reads inside a sentence. By default, the name and the number.
    Example: `Samaritans on 116 123`
    """
    hours: str = Field(min_length=1)
    """When somebody answers.
    Example: `Always open`
    """
    jurisdictions: tuple[Jurisdiction, ...] = Field(min_length=1)
    """The nations for which the contact is there.
    Example: `[england, wales]`
    """
    always_open: YesNo = False
    """Whether somebody answers day and night."""
    emergency: YesNo = False
    """Whether this is for emergencies."""
    checked_on: datetime.date | None = None
    """The day on which somebody rang the number, or looked it up on the official page.
    Example: `2026-11-30`
    """
    source: str = ""
    """The official page where the number was found.
    Example: `https://www.nhs.uk`
    """
    todo_before_release: tuple[str, ...] = ()
    """What somebody still has to check; `scormpack validate --all` shows it.
    Example: `[Check the number on the official page]`
    """


class Contacts(Node):
    """The file contacts.yaml."""

    contacts: tuple[Contact, ...]
    """Every contact, in any order."""


class Term(Node):
    """A word and its plain meaning."""

    id: Slug
    """The name of the word in this file.
    Example: `syringe-driver`
    """
    term: str = Field(min_length=1)
    """The word, as it appears in texts.
    Example: `syringe driver`
    """
    also: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    """Other forms in which it appears in texts.
    Example: `[pump]`
    """
    short: str = Field(min_length=1)
    """The plain meaning, in one or two short sentences.
    Example: `A small pump that gives medicine slowly under the skin.`
    """
    say: str = ""
    """How to say it.
    Example: `si-RINJ driver`
    """
    see_also: tuple[TermId, ...] = ()
    """Related words of the glossary, by id.
    Example: `[subcutaneous]`
    """


class Glossary(Node):
    """The file glossary.yaml."""

    terms: tuple[Term, ...]
    """Every word, in any order."""


class FrameworkItem(Node):
    """A numbered part of an outside framework."""

    id: str = Field(min_length=1)
    """The number or the name of the part, as in the framework.
    Example: `"6"`
    """
    title: str = Field(min_length=1)
    """The part's title.
    Example: `Communication`
    """


class Framework(Node):
    """An outside framework, a guideline or a law as data, because all of them change."""

    id: Slug
    """The name under which modules refer to the framework.
    Example: `care-certificate`
    """
    version: str = ""
    """The edition, if the framework has several.
    Example: `2025`
    """
    title: str = Field(min_length=1)
    """The framework's title.
    Example: `Care Certificate standards`
    """
    status: Literal["current", "being_replaced", "withdrawn"]
    """Whether it is in force."""
    jurisdictions: tuple[Jurisdiction, ...] = Field(min_length=1)
    """The nations in which it applies.
    Example: `[england]`
    """
    url: WebAddress | None = None
    """Where it can be read; it begins with `https://`.
    Example: `https://www.skillsforcare.org.uk`
    """
    checked_on: datetime.date | None = None
    """The day on which somebody compared this with the official text.
    Example: `2026-11-30`
    """
    items: tuple[FrameworkItem, ...] = ()
    """The parts to which modules can contribute, or the facts that modules take from it."""
    todo_before_release: tuple[str, ...] = ()
    """What somebody still has to check; `scormpack validate --all` shows it.
    Example: `[Check all titles against the official list]`
    """


class Frameworks(Node):
    """The file frameworks.yaml."""

    frameworks: tuple[Framework, ...]
    """Every framework, in any order."""


class Scorm(Node):
    """What is reported to a platform when a module is done; the defaults suit most."""

    passed_status: Literal["passed", "completed"] = "passed"
    """SCORM 1.2's final status of a passed module. `completed` helps platforms whose completion rule expects it.
    """
    completed_when: Literal["passed", "done"] = "passed"
    """When SCORM 2004 hears that a module with questions is completed: once it is `passed` (or no attempt is left),
    or once all of it is `done`, whatever the answers. Several platforms close the record of a completed module, so
    `done` is for platforms that count completion alone.
    """
    exit: Literal["suspend", "normal"] = "suspend"
    """What is reported when a learner leaves a finished module. `suspend` keeps the record open; `normal` ends the
    attempt, and some platforms then drop its data.
    """


class Settings(Node):
    """The file library.yaml."""

    title: str = Field(min_length=1)
    """The title of the library.
    Example: `Our training`
    """
    publisher: str = Field(min_length=1)
    """Who publishes it.
    Example: `Our Homecare`
    """
    licence: str = Field(min_length=1)
    """The conditions under which others may use it.
    Example: `CC-BY-4.0`
    """
    language: Language = Field(default="en-GB", max_length=35)
    """The language of what all modules share: recommendations, contacts, notices and words of the glossary.
    Example: `en-GB`
    """
    targets: tuple[Annotated[str, Field(max_length=40)], ...] = Field(default=("scorm12",), max_length=20)
    """Which kinds of package to build: scorm12, scorm2004-3rd, scorm2004-4th, xapi, cmi5, web.
    Example: `[scorm12, web]`
    """
    authority: Authority | None = None
    """The web address that begins the names of modules, pages and questions in learning records; xapi and cmi5 need
    it. It has to be yours and must never change; nothing has to be there.
    Example: `https://learning.our-homecare.co.uk`
    """
    courses: tuple[Outline, ...] = Field(default=(), max_length=100)
    """Courses of several modules, for `scormpack build --course`.
    Example: `[{id: first-weeks, version: 1.0.0, title: Your first weeks, summary: To begin., modules: [your-role]}]`
    """
    scorm: Scorm = Scorm()
    """What is reported to a platform when a module is done; the defaults suit most."""
    topics: tuple[Topic, ...] = ()
    """What the modules are about.
    Example: `[{id: mouth-care, title: Mouth care}]`
    """
    slots: dict[SlotName, Slot] = {}
    """The local details that providers fill in, each under a name of lower-case letters, digits and `_`.
    Example: `{office_phone: {label: The office, kind: phone}}`
    """
    notices: dict[NoticeId, Markdown] = {}
    """Standard texts for `notice` and `pause` blocks, each under a name of lower-case letters, digits and `_`.
    Example: `{after_sensitive: "How are you? Take a breath."}`
    """
    help: tuple[ContactId, ...] = ()
    """Contacts under “Get help now” on every page, by id.
    Example: `[samaritans]`
    """
    help_local: tuple[SlotName, ...] = ()
    """Local details under “Get help now” on every page, by the names of their slots.
    Example: `[office_phone]`
    """
    profile: dict[Limit, Change] = {}
    """Limits that this library changes, each with another value and the reason.
    Example: `{sentence_words: {value: 20, reason: Many of our workers learn English.}}`
    """
    waive: tuple[Waiver, ...] = ()
    """Rules that this library does not follow for a time."""

    def limit(self, name: Limit) -> float:
        """The value of a limit, as the library has it."""
        return self.profile[name].value if name in self.profile else DEFAULTS[name]


@dataclass(frozen=True)
class Library:
    """Everything that the modules of one folder share, by id; `modules` names the folders found.

    `looked` is how the folder looked on the disk before it was read, without the providers; empty where nobody knows.
    """

    folder: Path
    settings: Settings
    contacts: Mapping[str, Contact]
    glossary: Mapping[str, Term]
    frameworks: Mapping[str, Framework]
    recommendations: Mapping[str, Recommendation]
    modules: Mapping[str, Path]
    courses: Mapping[str, Outline] = field(default_factory=dict)
    locales: Mapping[str, Locale] = field(default_factory=dict)
    providers: Providers = field(default_factory=Providers)
    looked: bytes = field(default=b"", compare=False)

    @property
    def unread(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """What is wrong with providers that cannot be read, by the names of their files."""
        return self.providers.unread
