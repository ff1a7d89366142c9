"""Authors' Markdown in plain words, for places that take no marks: reports, descriptors, a voice."""

from __future__ import annotations

import re

from scormpack.content.library import Contact
from scormpack.content.markdown import words
from scormpack.course.model import Course
from scormpack.vocabulary import PLACEHOLDER


def plain(text: str, course: Course) -> str:
    """The text as a record shows it: without marks, with contacts in words, and what is local as it is called.

    A task has one name in learning records, and says the same for every provider.
    """
    return PLACEHOLDER.sub(lambda match: _in_words(match, course), words(text)).strip()


def _in_words(match: re.Match[str], course: Course) -> str:
    """What a placeholder stands for."""
    if match[1] == "contact":
        return sentence(course.contacts[match[2]])
    return course.local[match[2]].label


def sentence(contact: Contact) -> str:
    """How a contact reads inside a sentence."""
    return contact.in_text or (f"{contact.name}, {contact.phone}" if contact.phone else contact.name)
