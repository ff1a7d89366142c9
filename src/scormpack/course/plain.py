"""Authors' Markdown in plain words, for places that take no marks: reports, descriptors, a voice."""

from __future__ import annotations

import re

from scormpack.content.library import Contact
from scormpack.content.markdown import words
from scormpack.course.model import Course
from scormpack.vocabulary import PLACEHOLDER


def plain(text: str, course: Course) -> str:
    """The text as a report shows it: without marks, with contacts and local details in words."""
    return PLACEHOLDER.sub(lambda match: in_words(match, course), words(text)).strip()


def in_words(match: re.Match[str], course: Course) -> str:
    """What a placeholder stands for."""
    if match[1] == "contact":
        return sentence(course.contacts[match[2]])
    detail = course.local[match[2]]
    return detail.value or detail.label


def sentence(contact: Contact) -> str:
    """How a contact reads inside a sentence."""
    return contact.in_text or (f"{contact.name}, {contact.phone}" if contact.phone else contact.name)
