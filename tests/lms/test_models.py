"""What we accept is right in the eyes of others: good statements are held against the models of another project."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from paths import ROOT
from pydantic import ValidationError

from lms.examples import GOOD, PLAIN, changed
from lms.others import be_judged_by_ralph
from scormpack.lms import RecordStore
from scormpack.lms.judge.statements import problems

PAGE = (ROOT / "docs" / "xapi.md").read_text(encoding="utf-8")
SHOWN: dict[str, dict[str, Any]] = {
    name: json.loads(text) for name, text in re.findall(r"<!-- (.*?) -->\n```json\n(.*?)```", PAGE, re.DOTALL)
}
WHOLE = SHOWN["initialized"]


@pytest.mark.parametrize("statement", GOOD.values(), ids=list(GOOD))
def test_what_is_good_here_is_good_there(statement: dict[str, Any]) -> None:
    be_judged_by_ralph(statement)


def test_what_the_launcher_says_is_good_there() -> None:
    with RecordStore() as store:
        first = store.launch_cmi5("https://content.example/index.html")
        store.launch_cmi5("https://content.example/index.html", again=first)
        assert len(store.statements()) == 3
        for statement in store.statements():
            be_judged_by_ralph(statement)


def whole(shown: dict[str, Any]) -> dict[str, Any]:
    """An example with what the page leaves out because every statement has it."""
    if "id" in shown:
        return shown
    around = {role: shown[role] for role in ("parent", "other") if role in shown}
    rest = {name: value for name, value in shown.items() if name not in ("verb", *around)}
    verb = {"id": shown["verb"], "display": {"en": shown["verb"].rpartition("/")[2]}}
    context = {**WHOLE["context"], **({"contextActivities": around} if around else {})}
    return {**WHOLE, **rest, "verb": verb, "context": context}


@pytest.mark.parametrize("name", [name for name in SHOWN if name != "state"])
def test_an_example_of_the_documentation_is_good_here_and_there(name: str) -> None:
    statement = whole(SHOWN[name])
    assert problems(statement) == []
    be_judged_by_ralph(statement)


def test_the_documentation_shows_every_verb() -> None:
    shown = {whole(example)["verb"]["id"].rpartition("/")[2] for name, example in SHOWN.items() if name != "state"}
    driver = (ROOT / "src/scormpack/targets/record_store/statements.ts").read_text(encoding="utf-8")
    (union,) = re.findall(r"export type Verb =(.*?);", driver, re.DOTALL)
    assert shown == set(re.findall(r'"(\w+)"', union))


def test_the_models_are_no_rubber_stamp() -> None:
    for place, value in (("result", {}), ("verb.id", "passed"), ("actor.mbox", "sam"), ("note", 1)):
        with pytest.raises(ValidationError):
            be_judged_by_ralph(changed(PLAIN, place, value))
