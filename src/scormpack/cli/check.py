"""`scormpack check`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from scormpack.cli.library import jobs_option, refuse_unknown
from scormpack.cli.playing import played, run_options
from scormpack.cli.progress import Progress
from scormpack.cli.show import INTERRUPTED, counted, for_programs, format_option, leave, summary, write
from scormpack.cli.show.verdicts import Shown, as_text, in_form, with_errors
from scormpack.inspect.foresee import findings_of, foresee, foresee_all
from scormpack.inspect.many import inspect_all, packages_in
from scormpack.inspect.verdict import Verdict
from scormpack.platforms.facts import Known, known_platforms

_FOR_FILES = ("json", "sarif", "html")


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="ZIP|FOLDER…",
    type=click.Path(path_type=Path, exists=True),
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="NAME",
    help=f"Say in full, with sources, what this platform will do with it; an error if it refuses it. Repeatable. "
    f"Known: {', '.join(known_platforms())}.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@jobs_option
@format_option("text", "json", "sarif", "github", "html")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=f"Write {', '.join(_FOR_FILES[:-1])} or {_FOR_FILES[-1]} to this file, not to standard output.",
)
@run_options
def check(
    paths: tuple[Path, ...],
    platforms: tuple[str, ...],
    strict: bool,
    processes: int,
    form: str,
    out: Path | None,
    run: bool,
    patience: float,
    pictures: Path | None,
) -> None:
    """Check any package, ours or not: what is wrong with it, and which platforms will stumble.

    A package is a zip file, or a folder with what was in one. Of a folder of packages, all of them are checked, those
    in folders below it too. It needs no library. What scormpack asks of its own packages only is not asked of others.

    \b
    scormpack check course.zip
    scormpack check course.zip --platform moodle --platform ilias
    scormpack check from-vendor/ --format html --out findings.html
    scormpack check unpacked/ --format json
    scormpack check course.zip --run --pictures played/
    """
    if out is not None and form not in _FOR_FILES:
        raise click.UsageError(f"--out goes with --format {', '.join(_FOR_FILES)}.")
    asked = [_platform(name) for name in platforms]
    packages = [package for path in paths for package in packages_in(path)]
    shown = [_shown(verdict, asked) for verdict in list(_judged(packages, processes, form))]
    if run:
        shown = [_played(*each, patience, pictures) for each in zip(packages, shown, strict=True)]
    _show(shown, form, out)
    found = [finding for each in shown for finding in each.verdict.findings]
    if form in ("text", "github") or out:
        summary(found, f"{counted(len(shown), 'package')} checked.", with_errors([each.verdict for each in shown]))
    leave(found, strict)


def _platform(name: str) -> Known:
    known = known_platforms()
    refuse_unknown("platform", [name.lower()], known)
    return known[name.lower()]


def _judged(packages: Sequence[Path], processes: int, form: str) -> Iterator[Verdict]:
    """A verdict on each package; Ctrl+C ends the command."""
    with Progress("Checking", len(packages), form) as progress:
        try:
            for number, verdict in enumerate(inspect_all(packages, processes)):
                progress.step(number)
                yield verdict
        except KeyboardInterrupt:
            click.echo(f"Stopped after {progress.done:,} of {counted(len(packages), 'package')}.", err=True)
            sys.exit(INTERRUPTED)


def _played(package: Path, shown: Shown, patience: float, pictures: Path | None) -> Shown:
    """The verdict, with what happened and was found while the package was played."""
    found = played(package, patience, pictures)
    if found is None:
        return shown
    verdict = shown.verdict._replace(findings=(*shown.verdict.findings, *found.findings))
    return shown._replace(verdict=verdict, played=found)


def _shown(verdict: Verdict, asked: Sequence[Known]) -> Shown:
    """The verdict with what platforms do: for those that were named, that is among the findings."""
    if not asked:
        return Shown(verdict, foresee_all(verdict), False)
    opinions = [foresee(verdict, each) for each in asked]
    more = [finding for each in opinions for finding in findings_of(each, verdict)]
    return Shown(verdict._replace(findings=(*verdict.findings, *more)), opinions, True)


def _show(shown: Sequence[Shown], form: str, out: Path | None) -> None:
    """What was found is the result of this command, so it goes to standard output in any form."""
    if form == "text":
        _echo(as_text(shown))
    elif out is None:
        for_programs(in_form(shown, form))
    else:
        write(in_form(shown, form).encode(errors="backslashreplace"), out)


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
