"""`scormpack preview`."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from scormpack.cache import Cache, named
from scormpack.cli.library import CACHE, cache_for, cache_option, library_folder, library_option, refuse_unknown
from scormpack.cli.watch import what_changed
from scormpack.clock import today
from scormpack.content.library import Library
from scormpack.lms.server import HOST
from scormpack.preview import Preview
from scormpack.preview.stranger import Stranger
from scormpack.preview.workshop import Workshop

_ZIP = ".zip"


@click.command()
@click.argument("subject", required=False, metavar="[MODULE|ZIP]")
@library_option
@click.option("--no-open", "quiet", is_flag=True, help="Do not open a browser.")
@click.option(
    "--host",
    metavar="ADDRESS",
    help="Let phones in the same network see it, at this address of your machine; `auto` finds it.",
)
@click.option("--port", type=click.IntRange(1, 65535), help="The port of the page. Default: one that is free.")
@click.option("--review", is_flag=True, help="Let readers comment at a block; comments are kept in the library.")
@cache_option
def preview(
    subject: str | None,
    folder: Path | None,
    quiet: bool,
    host: str | None,
    port: int | None,
    review: bool,
    anew: bool,
) -> None:
    """Show the course while you write it, and what a platform would record.

    A save shows at once, on the same page. Any package works too, yours or another tool's. Ctrl+C ends it.

    \b
    scormpack preview
    scormpack preview your-role
    scormpack preview build/willow-lane/your-role-1.0.0-scorm12.zip
    scormpack preview --host auto --review
    """
    source, path = _source(subject, folder, cache_for(anew))
    address = _own_address() if host == "auto" else host or HOST
    try:
        running = Preview(
            source,
            today(),
            progress=None if anew else CACHE / "preview" / f"{_name(source)}.json",
            host=address,
            port=port or 0,
            may_review=review,
            opened=lambda address: _invite("For another browser:", address),
            changed=lambda paths: click.echo(_what(paths, source), err=True),
        )
    except OSError:
        raise click.UsageError(f"This machine cannot be reached at {address}.") from None
    ended = _told_to_end()
    with running:
        _greet(running, path, quiet, is_open=host is not None)
        while not ended.wait(1):  # in steps: on Windows a signal is heard between two of them
            pass
    click.echo("The preview has ended.", err=True)


def _name(source: Workshop | Stranger) -> str:
    """What progress is kept under."""
    place = source.root if isinstance(source, Workshop) else source.file
    return named(os.fsencode(place.resolve()))


def _source(subject: str | None, folder: Path | None, cache: Cache) -> tuple[Workshop | Stranger, str]:
    """What is shown, and the path of its page. Raises UsageError where there is no such thing."""
    if subject is not None and (subject.lower().endswith(_ZIP) or Path(subject).is_file()):
        if not Path(subject).is_file():
            raise click.UsageError(f"There is no file `{subject}`.")
        return Stranger(Path(subject)), "zip"
    shop = Workshop(library_folder(folder), today(), cache)
    if subject is None:
        return shop, ""
    if (library := shop.library) is not None:
        _refuse_course(subject, library)
        refuse_unknown("module", [subject], library.modules)
    return shop, f"m/{subject}"


def _refuse_course(name: str, library: Library) -> None:
    """Raise UsageError for a course of several modules."""
    if name not in library.modules and (outline := library.courses.get(name)):
        modules = ", ".join(outline.all_modules())
        raise click.UsageError(f"`{name}` is a course: its modules are shown one by one. It has {modules}.")


def _own_address() -> str:
    """The address by which this machine can be reached in its network. Raises UsageError without one."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # chooses a way there, and sends nothing
        return str(probe.getsockname()[0])
    raise click.UsageError("This machine is in no network that can be found. Give its address with --host.")


def _greet(running: Preview, path: str, quiet: bool, is_open: bool) -> None:
    address = running.address(path)
    click.echo(address)
    if is_open:
        click.echo(
            "Whoever is in the same network and has an address with a token sees this library. "
            "Each address opens it once, for one browser.",
            err=True,
        )
        _invite("For a phone:", running.address(path))
    click.echo("Press Ctrl+C to end the preview.", err=True)
    if not quiet:
        webbrowser.open(address)


def _invite(words: str, address: str) -> None:
    import segno

    click.echo(f"{words} {address}", err=True)
    segno.make(address, error="l").terminal(sys.stderr, compact=True)


def _what(paths: list[Path], source: Workshop | Stranger) -> str:
    folder = source.root if isinstance(source, Workshop) else source.file.parent
    return f"{time.strftime('%H:%M:%S')} {what_changed(paths, folder)}"


def _told_to_end() -> threading.Event:
    """Set by Ctrl+C, or when somebody else ends this process."""
    ended = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.set())
    return ended
