"""`scormpack deploy`: what was released, into the platforms of providers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from scormpack.check.deployed import DPL_08, DPL_13
from scormpack.cli.library import library_folder, library_option, refuse_unknown
from scormpack.cli.progress import Progress
from scormpack.cli.release import RELEASES
from scormpack.cli.show import INTERRUPTED, counted, format_option, leave, summary, tell
from scormpack.cli.show.deployed import of_loads, of_plan, of_stands, plan_plain, stand_plain
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.content.provider import Deploy, Provider
from scormpack.deploy import token as tokens
from scormpack.deploy.comparing import Stand, compare
from scormpack.deploy.door import Door
from scormpack.deploy.doors import DOORS, SITES, Destination, destination, open_door
from scormpack.deploy.http import address
from scormpack.deploy.journal import journal
from scormpack.deploy.loading import Item, Outlook, foresee, load
from scormpack.deploy.released import Released, latest, newer, parcels
from scormpack.deploy.told import told
from scormpack.diagnostics import ContentError, Diagnostic, Place
from scormpack.release.record import History, read_history

_PIECE = 1 << 16  # bytes; how far an upload is, is told in such pieces


@click.group()
def deploy() -> None:
    """Put what was released into a platform's course, where learners keep their progress.

    What it needs is `pip install "scormpack[deploy]"`, and a token that the platform's administrator gives you: in
    the keyring, or in SCORMPACK_TOKEN in the environment. It goes through the proxy of this machine (HTTPS_PROXY),
    and trusts the certificates of this machine, or those in SSL_CERT_FILE.

    \b
    scormpack deploy login moodle --site https://learning.example.org
    scormpack deploy moodle --site https://learning.example.org --course HC-2024 --provider willow-lane --dry-run
    scormpack deploy moodle --all
    scormpack deploy status
    """


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    platform: str = ""
    site: str = ""
    course: str = ""
    section: int | None = None
    provider: str = ""
    every: bool = False
    modules: tuple[str, ...] = ()
    folder: Path | None = None
    releases: Path = RELEASES
    may_lose: frozenset[str] = frozenset()
    dry_run: bool = False
    yes: bool = False
    form: str = "text"


@dataclass
class Job:
    """One provider and its course: what is to be done there, what was done, and what went wrong."""

    provider: str
    to: Destination
    items: list[Item] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Whose packages, and where they go."""
        return f"{self.provider} → {self.to}"

    def at_home(self, finding: Diagnostic) -> Diagnostic:
        """A finding about the site, told of this course: a site may have those of several providers."""
        is_of_the_site = finding.place.outside and finding.place.path.startswith("http")
        return replace(finding, place=Place(self.title, outside=True)) if is_of_the_site else finding

    def plain(self) -> dict[str, Any]:
        """All of it for programs."""
        to = {"platform": self.to.platform, "site": self.to.site, "course": self.to.course}
        found = [*map(plan_plain, self.items), *map(stand_plain, self.stands)]
        return {"provider": self.provider, **to, "packages": found}


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def give(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return give


_site = click.option("--site", default="", metavar="URL", help="The address of the platform, from https:// on.")
_where = _options(
    _site,
    click.option("--course", default="", metavar="ID", help="The course: its number, or its ID number."),
    click.option("--provider", default="", metavar="ID", help="Whose packages. Site and course may be in its file."),
    click.option(
        "--out",
        "releases",
        type=click.Path(path_type=Path, file_okay=False),
        default=RELEASES,
        show_default=True,
        help="The folder of all releases.",
    ),
    library_option,
)
_loading = _options(
    click.argument("modules", nargs=-1, metavar="[MODULE…]"),
    _where,
    click.option(
        "--all", "every", is_flag=True, help="For every provider whose file says where, one after the other."
    ),
    click.option("--section", type=click.IntRange(0, 999), metavar="N", help="The section for what is new there."),
    click.option(
        "--accept-loss", "may_lose", multiple=True, metavar="MODULE", help="Progress in it may be lost. Repeatable."
    ),
    click.option("--dry-run", is_flag=True, help="Show what would be done, and change nothing that learners meet."),
    click.option("--yes", is_flag=True, help="Do not ask. A loss of progress is not covered by that."),
    format_option("text", "json"),
)


@deploy.command("moodle")
@_loading
def moodle(**options: Any) -> None:
    """Load what was released last into a course of a Moodle with our plugin, `local_scormpack`.

    Without a MODULE it is all of them; what is new there comes in the order in which you name it. Each package is
    held against what is there, by us and by Moodle, and you see what would become of learners' progress before
    anything is changed. What is there already is left alone: after an interruption, the same command goes on. What
    was loaded is on record in OUT/deployed/.

    \b
    scormpack deploy moodle --site https://learning.example.org --course 12 --provider willow-lane
    scormpack deploy moodle --provider willow-lane your-role --dry-run
    scormpack deploy moodle --all --yes
    """
    _deploy(_asked("moodle", options))


@deploy.command("scorm-cloud")
@_loading
def scorm_cloud(**options: Any) -> None:
    """Load what was released last into SCORM Cloud, where each module is a course.

    The token is the ID of an application, a colon and its secret key. The id of a course is that of its module, with
    --course and a dot before it if that is given: so providers can share an application. Whoever has begun stays with
    the version they began. --section says nothing there.

    \b
    scormpack deploy login scorm-cloud
    scormpack deploy scorm-cloud --provider willow-lane --course willow-lane --dry-run
    """
    _deploy(_asked("scorm-cloud", options))


@deploy.command("status")
@click.option("--platform", type=click.Choice(list(DOORS)), default="moodle", show_default=True)
@_where
@format_option("text", "json")
def status(platform: str, **options: Any) -> None:
    """Compare what is in the courses with what was released: one provider, or all whose files say where.

    \b
    scormpack deploy status
    scormpack deploy status --provider willow-lane --format json
    """
    asked = _asked(platform, options)
    if not (asked.provider or asked.site or asked.course):
        asked = replace(asked, every=True)
    history, jobs = _begun(asked)
    for job in jobs:
        if not job.findings:
            with _noting(job):
                _look(job, history)
                _say(job, of_stands(job.stands), asked)
    _end(jobs, asked, f"{counted(len(jobs), 'course')} looked at.")


def _look(job: Job, history: History) -> None:
    there = open_door(job.to).packages()
    standards = {each.package: each.standard for each in there}
    rows = latest(history, job.provider, job.to.platform, (), standards)
    notes = {row.module: newer(history, job.provider, job.to.platform, row) for row in rows}
    job.stands = compare(there, rows, notes)


@deploy.command("login")
@click.argument("platform", type=click.Choice(list(DOORS)))
@_site
def login(platform: str, site: str) -> None:
    """Keep the token for a site in the keyring of this machine. You are asked for it; it is shown nowhere.

    \b
    scormpack deploy login moodle --site https://learning.example.org
    """
    with _reporting():
        at = address(site or SITES.get(platform, ""))
        if sys.stdin.isatty():
            given = click.prompt(f"Token for {at.origin}", hide_input=True, err=True)
        else:
            given = sys.stdin.readline(1_000)
        tokens.keep(tokens.as_token(given, at.origin), at.origin)
        click.echo(f"The token for {at.origin} is in the keyring.")


@deploy.command("logout")
@click.argument("platform", type=click.Choice(list(DOORS)))
@_site
def logout(platform: str, site: str) -> None:
    """Take the token for a site out of the keyring.

    \b
    scormpack deploy logout moodle --site https://learning.example.org
    """
    with _reporting():
        at = address(site or SITES.get(platform, ""))
        was_there = tokens.forget(at.origin)
        click.echo(f"The token for {at.origin} is {'no longer' if was_there else 'not'} in the keyring.")


@contextmanager
def _reporting() -> Iterator[None]:
    """Tell what was found, and exit with 1."""
    try:
        yield
    except ContentError as error:
        tell(error.diagnostics, "text", Path())
        sys.exit(1)


@contextmanager
def _noting(job: Job) -> Iterator[None]:
    """Keep what was found with the job: the next one goes on."""
    try:
        yield
    except ContentError as error:
        job.findings += [job.at_home(each) for each in error.diagnostics]


def _asked(platform: str, options: dict[str, Any]) -> Asked:
    lost = frozenset(options.pop("may_lose", ()))
    return Asked(platform=platform, may_lose=lost, **options)


# What is asked for


def _begun(asked: Asked) -> tuple[History, list[Job]]:
    """The record of releases and what is to be done; exits with 1 where one of them cannot be read."""
    try:
        history = read_history(asked.releases)
        return history, list(_jobs(asked, history))
    except ContentError as error:
        tell(error.diagnostics, asked.form, _root(asked))
        sys.exit(1)


def _jobs(asked: Asked, history: History) -> Iterator[Job]:
    if asked.every:
        yield from _of_all(asked)
        return
    name = asked.provider or _only(history)
    section = -1 if asked.section is None else asked.section
    to = destination(asked.platform, asked.site, asked.course, section)
    if to.site and to.course:
        yield Job(name, to)
        return
    library = load_library(library_folder(asked.folder))
    refuse_unknown("provider", [name], library.providers.names)
    yield _of(library.providers.read(name), asked)


def _only(history: History) -> str:
    """The one provider that was given something."""
    if len(history.spots) > 1:
        raise click.UsageError("Say whose packages, with --provider: several have been given some.")
    return next(iter(history.spots), "provider")


def _of_all(asked: Asked) -> Iterator[Job]:
    """Every provider whose file says where on this platform. One that cannot be read is told, and stops no other."""
    if asked.site or asked.course or asked.provider:
        raise click.UsageError("With --all, site and course stand in the files of the providers.")
    library = load_library(library_folder(asked.folder))
    jobs = [_read(library.providers.read, name, asked) for name in library.providers.names]
    if not any(jobs):
        raise click.UsageError(
            f"No provider's file says where: write `platform: {asked.platform}` and `deploy:` there."
        )
    yield from _each_in_its_own([job for job in jobs if job])


def _each_in_its_own(jobs: list[Job]) -> list[Job]:
    """The jobs. Where two have one course, neither is done: the packages of one would replace those of the other."""
    of: dict[tuple[str, str], list[str]] = {}
    for job in jobs:
        of.setdefault(_place_of(job), []).append(job.provider)
    for job in jobs:
        others = " and ".join(name for name in of[_place_of(job)] if name != job.provider)
        if others and not job.findings:
            message = f"The packages of {others} go there too: whatever is loaded last would take their place."
            job.findings.append(told(DPL_08, message, job.title, "Give each provider a course of its own."))
    return jobs


def _place_of(job: Job) -> tuple[str, str]:
    return job.to.site.rstrip("/").lower(), job.to.course


def _read(read: Callable[[str], Provider], name: str, asked: Asked) -> Job | None:
    try:
        provider = read(name)
    except ContentError as error:
        return Job(name, Destination(asked.platform, "", ""), findings=list(error.diagnostics))
    return _of(provider, asked) if provider.deploy != Deploy() and provider.platform == asked.platform else None


def _of(provider: Provider, asked: Asked) -> Job:
    """What a provider's file says, where the command line says nothing else."""
    said = provider.deploy if provider.platform == asked.platform else Deploy()
    section = asked.section if asked.section is not None else int(said.section or -1)
    to = destination(asked.platform, asked.site or said.site or "", asked.course or said.course or "", section)
    job = Job(provider.id, to)
    if to.lacks:
        message = f"Neither the command nor the provider's file says {to.lacks}"
        hint = f"Give `--site` and `--course`, or write `deploy:` into its file, with `platform: {asked.platform}`."
        job.findings.append(DPL_08.finding(message, provider.place("deploy"), hint))
    return job


# Loading


def _deploy(asked: Asked) -> None:
    if not asked.yes and not asked.dry_run and not can_ask():
        raise click.UsageError("There is nobody here to ask. Look with --dry-run first, and then say --yes.")
    history, jobs = _begun(asked)
    for job in jobs:
        if not job.findings:
            with _noting(job):
                _one(job, asked, history)
    _end(jobs, asked, _outcome([item for job in jobs for item in job.items], asked))


def _outcome(items: Sequence[Item], asked: Asked) -> str:
    if items and all(item.outlook is Outlook.SAME for item in items):
        return "Everything is there already."
    done = counted(sum(item.done is not None for item in items), "package")
    return f"{done} loaded, as this was to look only." if asked.dry_run else f"{done} loaded."


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def _one(job: Job, asked: Asked, history: History) -> None:
    """See what would be done in one course, ask, and do it."""
    door, book = open_door(job.to), journal(asked.releases, job.provider)
    book.entries()  # before anything is loaded that could not be put on record
    there = {each.package: each for each in door.packages()}
    standards = {name: each.standard for name, each in there.items()}
    rows = latest(history, job.provider, job.to.platform, asked.modules, standards)
    found = parcels(history, job.provider, job.to.platform, rows)
    to_send = [each for each in found if each.package not in there or there[each.package].sha256 != each.sha256]
    with Progress("Sending, in pieces of 64 kB", _pieces(to_send), asked.form) as progress:
        job.items = list(foresee(door, found, history, lambda name, sent: progress.step((name, sent // _PIECE))))
    _say(job, of_plan(job.items), asked)
    if not asked.dry_run and _may_go_on(job, asked):
        _load(job, door, asked)


def _pieces(found: Sequence[Released]) -> int:
    return sum(-(-each.size // _PIECE) for each in found)


def _may_go_on(job: Job, asked: Asked) -> bool:
    """Whether everything is taken, every loss is accepted, and whoever is asked says yes."""
    if refused := [each for item in job.items for each in item.refusal]:
        job.findings += map(job.at_home, refused)
        return False
    lost = {item.parcel.package: item for item in job.items if item.outlook is Outlook.LOST}
    missing = lost.keys() - asked.may_lose
    if missing and (asked.yes or not _named(sorted(missing))):
        job.findings += [_loss(lost[name], job) for name in sorted(missing)]
        return False
    count = sum(item.is_to_be_loaded for item in job.items)
    if not count or asked.yes or missing:
        return True
    return click.confirm(f"Load {counted(count, 'package')} into {job.to}?", err=True)


def _named(names: Sequence[str]) -> bool:
    """Whether somebody types the names of all modules whose progress is lost."""
    text = (
        f"Progress is lost in {', '.join(names)}. To go on, type {'its name' if len(names) == 1 else 'their names'}"
    )
    answer: str = click.prompt(text, default="", show_default=False, err=True)
    return set(answer.replace(",", " ").split()) == set(names)


def _loss(item: Item, job: Job) -> Diagnostic:
    name = item.parcel.package
    hint = f"Let people finish first, or say `--accept-loss {name}`."
    return told(DPL_13, f"{name}: {' '.join(item.loses)}", job.title, hint)


def _load(job: Job, door: Door, asked: Asked) -> None:
    try:
        with Progress("Loading", sum(each.is_to_be_loaded for each in job.items), asked.form) as progress:
            for done in load(door, job.items, journal(asked.releases, job.provider), today()):
                job.items = [done if each.parcel == done.parcel else each for each in job.items]
                progress.step(done.parcel.package)
    except KeyboardInterrupt:
        click.echo("Stopped. What was loaded is on record, and the same command goes on.", err=True)
        sys.exit(INTERRUPTED)
    finally:
        _show(of_loads(job.items), asked)


# What is shown


def _say(job: Job, lines: Iterator[str], asked: Asked) -> None:
    if asked.form == "text":
        click.echo(job.title)
        _show(lines, asked)


def _show(lines: Iterator[str], asked: Asked) -> None:
    if asked.form == "text":
        for line in lines:
            click.echo(line)


def _end(jobs: Sequence[Job], asked: Asked, done: str) -> None:
    """Tell what went wrong, and what it came to."""
    findings = list(dict.fromkeys(each for job in jobs for each in job.findings))
    tell(findings, asked.form, _root(asked), {"courses": [job.plain() for job in jobs]})
    if asked.form == "text":
        summary(findings, done)
    leave(findings, strict=False)


def _root(asked: Asked) -> Path:
    """Where the files of providers are, if any of them was needed."""
    try:
        return library_folder(asked.folder)
    except click.UsageError:
        return Path()
