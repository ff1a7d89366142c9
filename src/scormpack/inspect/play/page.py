"""What came of playing a package, as one page that needs nothing from elsewhere."""

from __future__ import annotations

from scormpack.inspect.play.played import Played
from scormpack.templates import render_template


def as_html(played: Played) -> str:
    """The page: what was found, and visit by visit what happened, with pictures. No script and no request."""
    return render_template("inspect/play/played.html.j2", played=played)
