"""`scormpack doctor`: a command for each platform that can be looked at."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from scormpack.cli.release import RELEASES
from scormpack.cli.show import REFUSED, counted, format_option, print_json, tell
from scormpack.deploy.checkup import Line, Verdict
from scormpack.deploy.doors import SITES
from scormpack.deploy.moodle.checkup import Visit, examine
from scormpack.deploy.scorm_cloud.checkup import examine as examine_cloud
from scormpack.diagnostics import ContentError
from scormpack.platforms.known import platform
from scormpack.plugins import moodle_plugin
from scormpack.release.record import Held, read_history

_SHOWN = {Verdict.OK: ("ok", "green"), Verdict.LOOK: ("look at this", "yellow"), Verdict.WRONG: ("wrong", "red")}


@click.group()
def doctor() -> None:
    """Look whether a platform is ready to be loaded: plugin, token, limits and settings.

    \b
    scormpack doctor moodle --site https://learning.example.org
    scormpack doctor scorm-cloud
    """


@doctor.command("moodle")
@click.option("--site", required=True, metavar="URL", help="The address of the site, from https:// on.")
@click.option("--course", metavar="ID", help="Look at this course too: its number, or its ID number.")
@click.option(
    "--releases",
    type=click.Path(path_type=Path, file_okay=False),
    default=RELEASES,
    show_default=True,
    help="The folder of all releases: the largest package in it has to get through.",
)
@format_option("text", "json")
def moodle(site: str, course: str | None, releases: Path, form: str) -> None:
    """Look whether a Moodle is ready to be loaded, and say what to do where it is not.

    It looks at the address, web services, the token, the plugin and its version, both clocks, cron, downloads for the
    app, completion and the upload limit; with `--course`, at what may be done there. Nothing is changed. The token is
    that in SCORMPACK_TOKEN, or in the keyring. It exits with 1 if something is wrong, and not for what you should
    look at.

    \b
    scormpack doctor moodle --site https://learning.example.org
    scormpack doctor moodle --site https://learning.example.org --course HC-2024
    scormpack doctor moodle --site https://learning.example.org/moodle --course 12 --format json
    """
    try:
        largest = _largest(releases)
    except ContentError as error:
        tell(error.diagnostics, "text", Path())
        sys.exit(REFUSED)
    _show(examine(Visit(site, course, moodle_plugin(), largest, time.time)), site, course, form)


@doctor.command("scorm-cloud")
@click.option("--site", default=SITES["scorm-cloud"], show_default=True, metavar="URL", help="Where it answers.")
@click.option("--course", metavar="ID", help="Only courses whose ids begin with it and a dot.")
@format_option("text", "json")
def scorm_cloud(site: str, course: str | None, form: str) -> None:
    """Look whether an application of SCORM Cloud can be loaded, and say what to do where it cannot.

    It looks at the address, the application and its secret, and at each course that was loaded by machine: whether
    somebody has put another file there, and whether learners would lose progress by a new version.

    \b
    scormpack doctor scorm-cloud
    scormpack doctor scorm-cloud --course willow-lane --format json
    """
    _show(examine_cloud(site, course or ""), site, course, form)


def _show(lines: Iterator[Line], site: str, course: str | None, form: str) -> None:
    """Show each line, and exit with 1 if something is wrong."""
    found = []
    for line in lines:
        found.append(line)
        if form == "text":  # as it comes: a site may take its time
            for text in _text(line):
                click.echo(text)
    if form == "json":
        print_json({"site": site, "course": course, "lines": [asdict(each) for each in found]})
    else:
        click.echo(_summary(found), err=True)
    if any(each.verdict is Verdict.WRONG for each in found):
        sys.exit(REFUSED)


def _largest(releases: Path) -> Held | None:
    """The largest package that a provider has and that a Moodle takes. Raises ContentError (RLS-03)."""
    taken = platform("moodle").targets
    rows = (row for _, line in read_history(releases).providers() for row in line.has if row.target in taken)
    return max(rows, key=lambda row: row.bytes, default=None)


def _text(line: Line) -> Iterator[str]:
    word, colour = _SHOWN[line.verdict]
    shown = f"{word:<12}"
    yield f"{shown if os.environ.get('NO_COLOR') else click.style(shown, fg=colour)}  {line.about}: {line.says}"
    if line.remedy:
        yield f"{'':<14}fix: {line.remedy}"


def _summary(found: Sequence[Line]) -> str:
    counts = Counter(each.verdict for each in found)
    if counts[Verdict.OK] == len(found):
        return f"{counted(len(found), 'thing')} looked at, and all is well."
    return (
        f"{counted(len(found), 'thing')} looked at: {counts[Verdict.WRONG]} wrong, {counts[Verdict.LOOK]} to look at."
    )
