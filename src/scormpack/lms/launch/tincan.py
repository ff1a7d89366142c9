"""Launches of content from Tin Can packages: everything it needs is in its address, and it may use any verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scormpack.lms.store.documents import Document, Documents
from scormpack.lms.store.ledger import Ledger, Statement
from scormpack.lms.store.resources import document_key


@dataclass(frozen=True)
class TinCan:
    """A launch of content from a Tin Can package: `url` is what to open."""

    url: str
    activity: str
    actor: dict[str, Any]
    registration: str | None
    ledger: Ledger
    documents: Documents

    def said(self, name: str = "") -> list[Statement]:
        """Return the content's statements in this registration, or those whose verb has this name."""
        return [
            found
            for found in self.ledger.find(lambda s: s.get("context", {}).get("registration") == self.registration)
            if found["verb"]["id"].endswith(f"/{name}" if name else "")
        ]

    def state(self, name: str) -> Document | None:
        """Return the state document that the content has kept under this name, or None."""
        query: dict[str, Any] = {"activityId": self.activity, "agent": self.actor, "stateId": name}
        query |= {"registration": self.registration} if self.registration else {}
        return self.documents.kept.get(document_key("activities/state", query))


def as_of_old(actor: dict[str, Any]) -> dict[str, Any]:
    """Return an agent in the form that launchers used before xAPI 1.0: values in lists, accounts with other names."""
    old: dict[str, Any] = {name: [value] for name, value in actor.items() if name in ("name", "mbox", "openid")}
    if "account" in actor:
        account = actor["account"]
        old["account"] = [{"accountServiceHomePage": account["homePage"], "accountName": account["name"]}]
    return {**old, "objectType": actor.get("objectType", "Agent")}
