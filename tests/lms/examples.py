"""Statements that are right, to begin with, and a way to change one place in them."""

from __future__ import annotations

import copy
from typing import Any

REMOVE = object()
NUMBER = "6f1c3b0e-5d0a-4f3e-9b61-0b8f2c8a4d11"
OTHER = "0a4bd0a5-6a6a-4b51-8f0e-3f1a2a9a3c77"
AGENT = {"objectType": "Agent", "name": "Sam", "mbox": "mailto:sam@example.org"}
ACCOUNT = {"account": {"homePage": "https://lms.example", "name": "learner-1"}}
ACTIVITY = {"id": "https://content.example/course"}
VERB = {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}}
PLAIN: dict[str, Any] = {"actor": AGENT, "verb": VERB, "object": ACTIVITY}
REFERENCE = {"objectType": "StatementRef", "id": OTHER}
FULL: dict[str, Any] = {
    "id": NUMBER,
    "actor": AGENT,
    "verb": VERB,
    "object": {
        "objectType": "Activity",
        "id": "https://content.example/course/q1",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "name": {"en-US": "Question 1"},
            "description": {"en-US": "Which one?"},
            "moreInfo": "https://content.example/more",
            "interactionType": "choice",
            "correctResponsesPattern": ["a[,]c"],
            "choices": [{"id": "a", "description": {"en": "First"}}, {"id": "c"}],
            "extensions": {"https://content.example/x/difficulty": {"level": 3, "note": ["none"]}},
        },
    },
    "result": {
        "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
        "success": True,
        "completion": False,
        "response": "a[,]c",
        "duration": "PT1M2.5S",
        "extensions": {"https://content.example/x/tries": 2},
    },
    "context": {
        "registration": OTHER,
        "instructor": ACCOUNT,
        "team": {"objectType": "Group", "member": [AGENT]},
        "contextActivities": {"parent": [ACTIVITY], "grouping": ACTIVITY, "category": [], "other": [ACTIVITY]},
        "revision": "2",
        "platform": "Example LMS",
        "language": "en-US",
        "statement": REFERENCE,
        "extensions": {"https://content.example/x/session": "s1"},
    },
    "timestamp": "2026-11-23T10:15:30.123Z",
    "version": "1.0.3",
    "attachments": [
        {
            "usageType": "https://content.example/certificate",
            "display": {"en": "Certificate"},
            "contentType": "text/plain",
            "length": 27,
            "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a",
            "fileUrl": "https://content.example/certificate.txt",
        }
    ],
}


def changed(statement: dict[str, Any], place: str, value: Any) -> Any:
    """The statement with another value at a place, such as `result.score.raw`; REMOVE takes the place away."""
    if not place:
        return value
    made = copy.deepcopy(statement)
    *road, last = place.split(".")
    here = made
    for name in road:
        here = here[int(name)] if isinstance(here, list) else here.setdefault(name, {})
    if value is REMOVE:
        del here[last]
    else:
        here[int(last) if isinstance(here, list) else last] = value
    return made


def interaction(kind: str, *lists: str, **more: Any) -> dict[str, Any]:
    """A statement about an interaction with these lists of components."""
    components = [{"id": "one", "description": {"en": "One"}}, {"id": "two", "description": {"en": "Two"}}]
    definition = {"interactionType": kind, **dict.fromkeys(lists, components), **more}
    made: dict[str, Any] = changed(PLAIN, "object", {**ACTIVITY, "definition": definition})
    return made


GOOD: dict[str, dict[str, Any]] = {
    "plain": PLAIN,
    "full": FULL,
    "account": changed(PLAIN, "actor", ACCOUNT),
    "openid": changed(PLAIN, "actor", {"openid": "https://sam.example.org/"}),
    "mbox-sha1sum": changed(PLAIN, "actor", {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}),
    "group-of-members": changed(PLAIN, "actor", {"objectType": "Group", "member": [AGENT, ACCOUNT]}),
    "group-with-a-name": changed(PLAIN, "actor", {"objectType": "Group", **ACCOUNT, "member": [AGENT]}),
    "about-an-agent": changed(PLAIN, "object", {"objectType": "Agent", **ACCOUNT}),
    "about-a-group": changed(PLAIN, "object", {"objectType": "Group", **ACCOUNT}),
    "about-a-statement": changed(PLAIN, "object", REFERENCE),
    "about-a-substatement": changed(
        PLAIN, "object", {**PLAIN, "objectType": "SubStatement", "timestamp": "2026-11-23T10:15:30Z"}
    ),
    "voiding": {
        **PLAIN,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/voided", "display": {"en": "voided"}},
        "object": REFERENCE,
    },
    "timestamp-with-offset": changed(PLAIN, "timestamp", "2026-11-23T11:15:30+01:00"),
    "timestamp-with-short-offset": changed(PLAIN, "timestamp", "2026-11-23T11:15:30.5+0100"),
    "duration-in-weeks": changed(PLAIN, "result", {"duration": "P2W"}),
    "duration-in-all-parts": changed(PLAIN, "result", {"duration": "P1Y2M3DT4H5M6.78S"}),
    "duration-of-nothing": changed(PLAIN, "result", {"duration": "PT0S"}),
    "score-at-its-ends": changed(PLAIN, "result", {"score": {"scaled": -1, "raw": 0, "min": 0, "max": 100}}),
    "score-scaled-only": changed(PLAIN, "result", {"score": {"scaled": 1}}),
    "language-with-script": changed(PLAIN, "context", {"language": "zh-Hant-TW"}),
    "language-for-own-use": changed(PLAIN, "context", {"language": "en-x-plain"}),
    "urn": changed(PLAIN, "object", {"id": f"urn:uuid:{NUMBER}"}),
    "iri-beyond-ascii": changed(PLAIN, "object", {"id": "https://content.example/größe"}),
    "true-false": interaction("true-false", correctResponsesPattern=["true"]),
    "fill-in": interaction("fill-in", correctResponsesPattern=["{case_matters=false}Bob's"]),
    "long-fill-in": interaction("long-fill-in"),
    "matching": interaction("matching", "source", "target", correctResponsesPattern=["one[.]two[,]two[.]one"]),
    "performance": interaction("performance", "steps"),
    "sequencing": interaction("sequencing", "choices", correctResponsesPattern=["two[,]one"]),
    "likert": interaction("likert", "scale"),
    "numeric": interaction("numeric", correctResponsesPattern=["4[:]5"]),
    "other": interaction("other"),
}
