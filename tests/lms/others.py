"""What another project finds of statements."""

from __future__ import annotations

from typing import Any


def be_judged_by_ralph(statement: dict[str, Any]) -> None:
    """Raises pydantic's ValidationError where the models of ralph do not take it."""
    from ralph.models.xapi.base.statements import BaseXapiStatement  # takes as long to load as all the rest

    BaseXapiStatement.model_validate(statement)
