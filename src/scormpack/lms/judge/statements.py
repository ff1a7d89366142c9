"""What an xAPI 1.0.3 statement has to be, part by part (part two, 2.4 and 4).

Stricter than many stores in one point: an object with nothing in it is refused everywhere but in and as extensions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scormpack.lms.judge.values import (
    Check,
    boolean,
    component_id,
    count,
    duration,
    extensions,
    iri,
    language,
    language_map,
    list_of,
    mailto,
    media_type,
    number,
    one_of,
    one_or_list_of,
    scaled,
    sha1,
    sha2,
    shape,
    some_text,
    text,
    timestamp,
    uuid,
    version,
)

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


def problems(statement: Any, at: str = "statement") -> list[str]:
    """Return everything that is wrong with a statement, each with its place; it may be any value that JSON has.

    A problem reads `statement.result.score.scaled is not from -1 to 1: 80`; `at` is the word that it begins with.
    """
    return list(_STATEMENT(statement, at))


# Who ----------------------------------------------------------------------------------------------

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_ACCOUNT = shape({"homePage": iri, "name": some_text}, ["homePage", "name"])
_IDENTIFIED = {"name": text, "mbox": mailto, "mbox_sha1sum": sha1, "openid": iri, "account": _ACCOUNT}


def _identified_once(value: dict[str, Any], at: str) -> Iterator[str]:
    found = [name for name in IDENTIFIERS if name in value]
    if len(found) != 1:
        yield f"{at} has {len(found)} identifiers, not exactly one of {', '.join(IDENTIFIERS)}"


def _group_is_someone(value: dict[str, Any], at: str) -> Iterator[str]:
    if any(name in value for name in IDENTIFIERS):
        yield from _identified_once(value, at)
    elif not value.get("member"):
        yield f"{at} is a group without identifier and without members"


agent = shape({"objectType": one_of("Agent"), **_IDENTIFIED}, rules=[_identified_once])
_GROUP = shape(
    {"objectType": one_of("Group"), "member": list_of(agent), **_IDENTIFIED}, ["objectType"], [_group_is_someone]
)


def actor(value: Any, at: str) -> Iterator[str]:
    """Check an agent, or a group that says so (part two, 2.4.2)."""
    is_group = isinstance(value, dict) and (value.get("objectType") == "Group" or "member" in value)
    return (_GROUP if is_group else agent)(value, at)


def _authority_of_oauth(value: dict[str, Any], at: str) -> Iterator[str]:
    if value.get("objectType") == "Group" and len(value.get("member", [])) != 2:
        yield f"{at} is a group, but not of two"


def _authority(value: Any, at: str) -> Iterator[str]:
    wrong = list(actor(value, at))
    yield from wrong or _authority_of_oauth(value, at)


def identity(someone: dict[str, Any]) -> tuple[str, ...]:
    """Return what makes two agents or groups the same one; nothing for a group without an identifier."""
    account = someone.get("account", {})
    if account:
        return ("account", account["homePage"], account["name"])
    return next(((name, someone[name].lower()) for name in IDENTIFIERS if name in someone), ())


# What ---------------------------------------------------------------------------------------------

COMPONENTS = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
_LISTS = ("choices", "scale", "source", "target", "steps")


def _components_fit(value: dict[str, Any], at: str) -> Iterator[str]:
    found = [name for name in (*_LISTS, "correctResponsesPattern") if name in value]
    if "interactionType" not in value:
        yield from (f"{at}.{name} stands there without interactionType" for name in found)
        return
    allowed = (*COMPONENTS[value["interactionType"]], "correctResponsesPattern")
    for name in found:
        if name not in allowed:
            yield f"{at}.{name} does not belong to {value['interactionType']}"


def _ids_once(value: dict[str, Any], at: str) -> Iterator[str]:
    for name in _LISTS:
        ids = [component["id"] for component in value.get(name, [])]
        if len(set(ids)) < len(ids):
            yield f"{at}.{name} has an id twice"


_COMPONENTS = list_of(shape({"id": component_id, "description": language_map}, ["id"]))
_DEFINITION = shape(
    {
        "name": language_map,
        "description": language_map,
        "type": iri,
        "moreInfo": iri,
        "extensions": extensions,
        "interactionType": one_of(*COMPONENTS),
        "correctResponsesPattern": list_of(text),
        **dict.fromkeys(_LISTS, _COMPONENTS),
    },
    rules=[_components_fit, _ids_once],
)
activity = shape({"objectType": one_of("Activity"), "id": iri, "definition": _DEFINITION}, ["id"])
_VERB = shape({"id": iri, "display": language_map}, ["id"])
_REFERENCE = shape({"objectType": one_of("StatementRef"), "id": uuid}, ["objectType", "id"])


def _object(value: Any, at: str) -> Iterator[str]:
    return _of_kind(value, at, {**_SIMPLE_OBJECTS, "SubStatement": _SUBSTATEMENT})


def _object_of_a_substatement(value: Any, at: str) -> Iterator[str]:
    return _of_kind(value, at, _SIMPLE_OBJECTS)


def _of_kind(value: Any, at: str, kinds: dict[str, Check]) -> Iterator[str]:
    name = value.get("objectType", "Activity") if isinstance(value, dict) else "Activity"
    if not isinstance(name, str) or name not in kinds:
        yield f"{at}.objectType is not one of {', '.join(kinds)}: {name!r}"
    else:
        yield from kinds[name](value, at)


_SIMPLE_OBJECTS: dict[str, Check] = {
    "Activity": activity,
    "Agent": agent,
    "Group": actor,
    "StatementRef": _REFERENCE,
}


# How it went --------------------------------------------------------------------------------------


def _score_in_range(value: dict[str, Any], at: str) -> Iterator[str]:
    least, most, raw = value.get("min"), value.get("max"), value.get("raw")
    if least is not None and most is not None and least >= most:
        yield f"{at}.min is not below max: {least}, {most}"
    if raw is not None and least is not None and raw < least:
        yield f"{at}.raw is below min: {raw}, {least}"
    if raw is not None and most is not None and raw > most:
        yield f"{at}.raw is above max: {raw}, {most}"


_SCORE = shape({"scaled": scaled, "raw": number, "min": number, "max": number}, rules=[_score_in_range])
_RESULT = shape(
    {
        "score": _SCORE,
        "success": boolean,
        "completion": boolean,
        "response": text,
        "duration": duration,
        "extensions": extensions,
    }
)


# Around it ----------------------------------------------------------------------------------------


def _group(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict) and value.get("objectType") != "Group":
        yield f"{at} is not a Group"
    else:
        yield from _GROUP(value, at)


CONTEXT_LISTS = ("parent", "grouping", "category", "other")
_CONTEXT = shape(
    {
        "registration": uuid,
        "instructor": actor,
        "team": _group,
        "contextActivities": shape(dict.fromkeys(CONTEXT_LISTS, one_or_list_of(activity))),
        "revision": text,
        "platform": text,
        "language": language,
        "statement": _REFERENCE,
        "extensions": extensions,
    }
)
_ATTACHMENT = shape(
    {
        "usageType": iri,
        "display": language_map,
        "description": language_map,
        "contentType": media_type,
        "length": count,
        "sha2": sha2,
        "fileUrl": iri,
    },
    ["usageType", "display", "contentType", "length", "sha2"],
)


# The whole ----------------------------------------------------------------------------------------


def _only_with_an_activity(value: dict[str, Any], at: str) -> Iterator[str]:
    if value["object"].get("objectType", "Activity") != "Activity":
        for name in ("revision", "platform"):
            if name in value.get("context", {}):
                yield f"{at}.context.{name} stands there though the object is no activity"


def _voids_a_statement(value: dict[str, Any], at: str) -> Iterator[str]:
    if value["verb"]["id"] == VOIDED and value["object"].get("objectType") != "StatementRef":
        yield f"{at} voids, but its object is no StatementRef"


_NEEDED = ("actor", "verb", "object")
_COMMON: dict[str, Check] = {
    "actor": actor,
    "verb": _VERB,
    "result": _RESULT,
    "context": _CONTEXT,
    "timestamp": timestamp,
    "attachments": list_of(_ATTACHMENT),
}
_SUBSTATEMENT = shape(
    {**_COMMON, "objectType": one_of("SubStatement"), "object": _object_of_a_substatement},
    [*_NEEDED, "objectType"],
    [_only_with_an_activity],
)
_STATEMENT = shape(
    {
        **_COMMON,
        "id": uuid,
        "object": _object,
        "stored": timestamp,
        "authority": _authority,
        "version": version,
    },
    _NEEDED,
    [_only_with_an_activity, _voids_a_statement],
)
