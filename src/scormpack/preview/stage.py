"""Everything that can be played and is being played, kept up to date."""

from __future__ import annotations

import datetime
import secrets
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from scormpack.content.load import REVIEW
from scormpack.content.module import Module
from scormpack.diagnostics import ContentError
from scormpack.lms.exchange import Answer, Refusal, Request
from scormpack.lms.record_store import Stores
from scormpack.preview import review
from scormpack.preview.findings import counted, plain
from scormpack.preview.made import Made
from scormpack.preview.news import News
from scormpack.preview.playing import Chosen, Playing
from scormpack.preview.runs import start
from scormpack.preview.runs.run import Run
from scormpack.preview.shelf import Shelf
from scormpack.preview.stranger import Stranger
from scormpack.preview.workshop import Choice, Listed, Workshop
from scormpack.source.files import shown

ZIP = "zip"  # the subject that is a package somebody has
MOST = 50  # runs at once; the one that was opened first ends first


class Stage:
    """The modules of a library, or a zip, and the runs of them."""

    def __init__(self, source: Workshop | Stranger, stores: Stores, shelf: Shelf) -> None:
        self.source = source
        self.news = News()
        self.runs: dict[str, Playing] = {}
        self.origin = self.desk = ""  # of the platform and of the page beside it; known when the servers listen
        self._listed: tuple[int, dict[str, Any]] = (-1, {})  # by the edition that it is of
        self._said: dict[str, tuple[Module, dict[str, Any]]] = {}  # by module, as it was then
        self._stores = stores
        self._shelf = shelf
        self._lock = threading.RLock()

    @property
    def root(self) -> Path:
        """The folder that findings are about."""
        return self.source.root if isinstance(self.source, Workshop) else Path()

    # What is there --------------------------------------------------------------------------------

    def library(self) -> dict[str, Any]:
        """What there is to choose from, as JSON."""
        if isinstance(self.source, Stranger):
            name = self.source.file.name
            return {"title": name, "zip": name, "findings": [], "modules": [], "providers": [], "targets": []}
        edition, listed = self._listed
        if edition != self.source.edition:
            edition, listed = self._listed = self.source.edition, _library(self.source)
        return listed

    # What is played -------------------------------------------------------------------------------

    def play(self, body: dict[str, Any]) -> Playing:
        """The run that the page asks for: the one there is for this learner, or a new one.

        Raises a Refusal for a choice that there is not.
        """
        chosen = self._completed(Chosen.read(body))
        with self._lock:
            playing = next((each for each in self.runs.values() if each.chosen.key == chosen.key), None)
            if playing is None:
                playing = Playing(secrets.token_urlsafe(12), chosen, self._begin)
                self.runs[playing.id] = playing
                for old in list(self.runs)[:-MOST]:
                    self._keep(self.runs.pop(old))
        playing.choose(chosen)
        playing.show(self._make(chosen), self.root)
        self.news.tell()
        return playing

    def _completed(self, chosen: Chosen) -> Chosen:
        """The choice, with what the page left open."""
        if isinstance(self.source, Stranger):
            return replace(chosen, subject=ZIP, provider="", target="")
        providers = [each.id for each in self.source.providers]
        targets = [each.name for each in self.source.targets]
        provider = chosen.provider if chosen.provider in providers else next(iter(providers), "")
        target = chosen.target if chosen.target in targets else targets[0]
        return replace(chosen, provider=provider, target=target)

    def _make(self, chosen: Chosen) -> Made:
        if isinstance(self.source, Stranger):
            return self.source.make()
        return self.source.make(Choice(chosen.subject, chosen.provider, chosen.target))

    def _begin(self, playing: Playing, made: Made) -> Run:
        assert made.package is not None
        return start(
            made.package,
            id=playing.id,
            standard=made.standard,
            learner=playing.chosen.learner,
            mode=playing.chosen.mode,
            platform=playing.chosen.platform,
            kept=self._shelf.get(playing.chosen.key),
            stores=self._stores,
            origin=self.origin,
            desk=self.desk,
            changed=lambda: self._heard(playing),
            as_if=playing.as_if,
        )

    def _heard(self, playing: Playing) -> None:
        playing.is_kept = False
        self.news.tell()

    def forget(self, playing: Playing) -> None:
        """A new learner comes in the place of the one who was there: nothing is on record."""
        self._shelf.put(playing.chosen.key, None)
        playing.begin_anew()
        self.news.tell()

    # What reviewers say -----------------------------------------------------------------------------

    def said(self, name: str) -> dict[str, Any]:
        """What reviewers have said about a module, and what they can speak of, as JSON."""
        module = self.source.module(name) if isinstance(self.source, Workshop) else None
        before, said = self._said.get(name, (None, {}))
        if module is not before and module is not None:
            said = {"comments": review.comments(module), "blocks": review.blocks(module)}
            self._said[name] = module, said
        return said

    def review(self, name: str, body: dict[str, Any], day: datetime.date) -> None:
        """Keep a comment about a module, or that somebody has seen to one. Raises a Refusal where that cannot be."""
        library = self.source.library if isinstance(self.source, Workshop) else None
        if library is None or name not in library.modules:
            raise Refusal(404, f"there is no module `{name}`")
        try:
            _keep(library.modules[name], body, day)
        except ContentError as error:
            raise Refusal(422, " ".join(each.message for each in error.diagnostics)) from None
        except OSError as error:
            raise Refusal(507, f"the comment cannot be written: {error.strerror or error}") from None
        self.changed([Path(name, REVIEW)])

    def trouble(self, playing: Playing, name: str, is_on: bool) -> None:
        """Begin or end a trouble. Raises a Refusal where the run knows none of that name."""
        if playing.run is None or name not in [each["name"] for each in playing.run.troubles()]:
            raise Refusal(404, f"there is no trouble `{name}`")
        playing.run.trouble(name, is_on)
        self.news.tell()

    def hear(self, request: Request) -> Answer | None:
        """The answer to a request at the platform's origin."""
        playing = self.runs.get(request.path.split("/")[1])
        if playing is None:
            raise Refusal(404, "there is no such run")
        return playing.hear(request)

    # What changes ---------------------------------------------------------------------------------

    def changed(self, paths: Iterable[Path] = ()) -> None:
        """The files at `paths`, relative to the library, have changed, or the zip has: show what is played anew."""
        if isinstance(self.source, Stranger):
            self.source.changed()
        else:
            self.source.changed(paths)
        for playing in list(self.runs.values()):
            playing.show(self._make(playing.chosen), self.root)
        self.news.tell()

    def save(self) -> None:
        """Keep how far every learner has got."""
        for playing in list(self.runs.values()):
            self._keep(playing)
        self._shelf.save()

    def _keep(self, playing: Playing) -> None:
        if playing.run is not None and not playing.is_kept:
            playing.is_kept = True
            self._shelf.put(playing.chosen.key, playing.run.keep())


def _keep(folder: Path, body: dict[str, Any], day: datetime.date) -> None:
    if "id" in body:
        try:
            review.resolve(folder, str(body["id"]), day if body.get("resolved") is True else None)
        except KeyError:
            raise Refusal(404, "there is no such comment any more") from None
    else:
        words = [str(body.get(field, "")) for field in ("name", "block", "quote", "text")]
        review.add(folder, review.Remark(*words), day)


def _library(shop: Workshop) -> dict[str, Any]:
    return {
        "title": shop.title,
        "folder": shown(shop.root),
        "zip": None,
        "findings": plain((each for each in shop.findings if not each.waived), shop.root),
        "modules": [_listed(each, shop.root) for each in shop.modules()],
        "providers": [{"id": each.id, "name": each.name} for each in shop.providers],
        "targets": [{"id": each.name, "name": each.title} for each in shop.targets],
    }


def _listed(module: Listed, root: Path) -> dict[str, Any]:
    found = module.findings or ()
    return {
        "id": module.id,
        "title": module.title or module.id,
        "version": module.version,
        "minutes": module.minutes,
        "known": module.findings is not None,
        "comments": module.comments,
        "readable": module.readable,
        **counted(found),
        "findings": [] if module.readable else plain(found, root),
    }
