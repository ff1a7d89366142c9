"""What we accept is right in the eyes of others: good statements are held against the models of another project."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

from store import RecordStore
from store.examples import GOOD, PLAIN, changed


@pytest.mark.parametrize("statement", GOOD.values(), ids=list(GOOD))
def test_what_is_good_here_is_good_there(statement: dict[str, Any]) -> None:
    BaseXapiStatement.model_validate(statement)


def test_what_the_launcher_says_is_good_there() -> None:
    with RecordStore() as store:
        first = store.launch_cmi5("https://content.example/index.html")
        store.launch_cmi5("https://content.example/index.html", again=first)
        assert len(store.statements()) == 3
        for statement in store.statements():
            BaseXapiStatement.model_validate(statement)


def test_the_models_are_no_rubber_stamp() -> None:
    for place, value in (("result", {}), ("verb.id", "passed"), ("actor.mbox", "sam"), ("note", 1)):
        with pytest.raises(ValidationError):
            BaseXapiStatement.model_validate(changed(PLAIN, place, value))
