"""The same jobs on other machines: a dask scheduler hands them out, and each worker is given the library once."""

from __future__ import annotations

import datetime
import io
import logging
import re
import shutil
import threading
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.metadata import requires, version
from itertools import takewhile
from pathlib import Path
from typing import Final
from uuid import uuid4

from distributed import CancelledError, Client, Future, KilledWorker, Worker, WorkerPlugin, get_worker

from scormpack.batch.build import Builder, ClusterError, Job, Made, Refused, jobs_of
from scormpack.batch.memory import Memory, Row, Sent
from scormpack.batch.plan import Plan, plan
from scormpack.cache import NOTHING, files, looks, named
from scormpack.content.load import PROVIDERS, load_library
from scormpack.diagnostics import Diagnostic, Place
from scormpack.package import PKG_12
from scormpack.sink import Folder, Sink

_PATIENCE: Final = 8  # seconds for a scheduler to answer
_AHEAD: Final = 3  # jobs for each thread of the workers that are handed out before the results of the first are in
_CODE: Final = {".py", ".js", ".css", ".json"}
_REQUIREMENT: Final = re.compile(r"([\w.-]+)[^;]*$")  # one that is not for some systems or for an extra only


def made_at(scheduler: str, work: Plan, out: Sink, strict: bool, memory: Memory | None) -> Iterator[Made]:
    """What is planned, built by the workers of `scheduler`, in the order of one process.

    Raises ClusterError where they cannot: nobody answers, they are not like this machine, or their disk is not ours.
    """
    if not out.is_shared:
        raise ClusterError(f"Nobody else sees what a worker writes to {out.address}.")
    there = Folder(out.path.resolve()) if isinstance(out, Folder) else out
    name, order = f"scormpack-{uuid4().hex}", _order(work, there, strict, memory)
    with _connected(scheduler) as client:
        _refuse_others(client)
        client.register_plugin(_Workshop(order), name=name)
        jobs = jobs_of(work, max(2, sum(client.nthreads().values())))
        try:
            for made in _results(client, name, jobs, order, memory):
                yield _as_asked(made, there.address, out.address)
        except CancelledError:
            raise ClusterError(f"The scheduler at {scheduler} is gone. The same command goes on from here.") from None
        finally:
            with suppress(Exception):  # the workers may be gone too
                client.unregister_worker_plugin(name)


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    logging.getLogger("tornado.application").setLevel(logging.CRITICAL)  # or it tells after Ctrl+C what it was at
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise ClusterError(f"No scheduler answers at {scheduler}: {error}") from None
    with client:
        yield client


def edition() -> dict[str, str]:
    """What bytes of packages hang on: our own files, and the versions of what they stand on."""
    root = Path(__file__).parent.parent
    code = sorted(each for each in root.rglob("*") if each.suffix in _CODE and "page" not in each.parts)
    own = named(*(part for each in code for part in (each.relative_to(root).as_posix().encode(), each.read_bytes())))
    libraries = [found[1] for each in requires("scormpack") or () if (found := _REQUIREMENT.match(each))]
    return {"scormpack": f"{version('scormpack')} ({own[:8]})"} | {name: version(name) for name in libraries}


def _refuse_others(client: Client) -> None:
    """Raises ClusterError for the first worker that would not make the bytes that are made here."""
    here = edition()
    for worker, there in client.run(edition, on_error="return").items():
        if isinstance(there, Exception):
            raise ClusterError(f"The worker {worker} cannot run scormpack {here['scormpack']}: {there}")
        _compare(worker, there, here)


def _compare(worker: str, there: dict[str, str], here: dict[str, str]) -> None:
    for name, ours in here.items():
        if there.get(name) != ours:
            raise ClusterError(f"The worker {worker} has {name} {there.get(name)}, and here it is {ours}.")


def _packed(work: Plan) -> bytes:
    """All files of the library in a zip. Raises ClusterError if it is not the one that was planned."""
    root, made = work.library.folder, io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as archive:
        for file in files(root):
            archive.write(file, Path(file).relative_to(root))
    if looks(root, PROVIDERS) != work.library.looked:
        raise ClusterError("The library was written while it was read. Run the command again.")
    return made.getvalue()


@dataclass(frozen=True)
class _Order:
    """All that a worker has to know besides its jobs."""

    library: bytes
    day: datetime.date
    modules: tuple[str, ...]
    courses: tuple[str, ...]
    providers: tuple[str, ...]
    targets: tuple[str, ...]
    overdue: bool
    strict: bool
    out: Sink
    memory: Memory | None


def _order(work: Plan, out: Sink, strict: bool, memory: Memory | None) -> _Order:
    courses = tuple(each.id for each in work.wanted if each.outline)
    return _Order(
        library=_packed(work),
        day=work.day,
        modules=() if courses else tuple(each.id for each in work.wanted),
        courses=courses,
        providers=work.named,
        targets=work.asked,
        overdue=work.overdue,
        strict=strict,
        out=out,
        memory=replace(memory, kept=Sent()) if memory else None,
    )


class _Workshop(WorkerPlugin):  # type: ignore[misc]  # which distributed does not tell
    """What a worker has for a build, from the moment that it hears of it. Each of its threads has a builder."""

    def __init__(self, order: _Order) -> None:
        self._order = order
        self._edition = edition()

    def setup(self, worker: Worker) -> None:
        """What is wrong with the worker is kept for who gives it a job: it may have come after all were looked at."""
        self._ended, self._unfit = False, ""
        try:
            _compare(worker.address, edition(), self._edition)
        except ClusterError as error:
            self._unfit = str(error)
        else:
            self._begin(Path(worker.local_directory, f"scormpack-{uuid4().hex}"))

    def _begin(self, folder: Path) -> None:
        self._folder, order = folder, self._order
        with zipfile.ZipFile(io.BytesIO(order.library)) as archive:
            archive.extractall(self._folder)
        library = load_library(self._folder)
        self._work = plan(
            library, order.day, order.modules, order.providers, order.targets, order.overdue, order.courses
        )
        self._wanted = {each.id: each for each in self._work.wanted}
        self._own = threading.local()

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - it is handed over
        self._ended = True
        if not self._unfit:
            shutil.rmtree(self._folder, ignore_errors=True)

    def do(self, wanted: str, providers: tuple[str, ...], rows: list[Row]) -> list[Made]:
        """The packages of a job; fewer if the build is over before they are made."""
        if self._unfit:
            raise ClusterError(self._unfit)
        sent, builder = self._mine()
        sent.rows = rows
        return list(takewhile(lambda _: not self._ended, builder.do(Job(self._wanted[wanted], providers))))

    def _mine(self) -> tuple[Sent, Builder]:
        """The builder of this thread, and what it remembers."""
        if not hasattr(self._own, "builder"):
            order, sent = self._order, Sent()
            memory = replace(order.memory, kept=sent, root=self._folder) if order.memory else None
            self._own.builder = sent, Builder(self._work, order.out, order.strict, NOTHING, memory)
        mine: tuple[Sent, Builder] = self._own.builder
        return mine


def _do(name: str, wanted: str, providers: tuple[str, ...], rows: list[Row]) -> list[Made]:
    """A job, in a worker."""
    made: list[Made] = get_worker().plugins[name].do(wanted, providers, rows)
    return made


def _results(client: Client, name: str, jobs: Iterable[Job], order: _Order, memory: Memory | None) -> Iterator[Made]:
    """What the jobs give, in their order, while those after them are done."""
    ahead = _AHEAD * max(1, sum(client.nthreads().values()))
    handed: deque[tuple[Job, Future]] = deque()
    try:
        for job in jobs:
            rows = memory.kept_of(order.out, job.wanted.id, job.providers) if memory else []
            handed.append((job, client.submit(_do, name, job.wanted.id, job.providers, rows, pure=False)))
            if len(handed) > ahead:
                yield from _result(*handed.popleft())
        while handed:
            yield from _result(*handed.popleft())
    finally:
        client.cancel([future for _, future in handed], force=True)


def _result(job: Job, future: Future) -> Iterator[Made]:
    """What a job gives; what stops it leaves all others alone."""
    try:
        made = future.result()
    except (CancelledError, ClusterError):
        raise
    except Exception as error:
        reason = "each worker that had it was ended" if isinstance(error, KilledWorker) else f"{error}"
        for name in job.providers:
            found = PKG_12.finding(f"{type(error).__name__}: {reason}", Place(f"providers/{name}.yaml"))
            yield Refused((found,), job.wanted.id, name), None
        return
    yield from made


def _as_asked(made: Made, there: str, asked: str) -> Made:
    """What a worker made, with the address as it was asked for. Raises ClusterError if it is not there from here."""
    result, row = made
    if isinstance(result, Refused):
        findings = tuple(_moved(each, there, asked) for each in result.findings)
        return replace(result, findings=findings), row
    address = f"{asked}{result.address[len(there) :]}"
    if "://" not in asked and not Path(address).is_file():
        raise ClusterError(
            f"{address} is not there: a worker has it on a disk of its own. Give --out a folder that all machines"
            " share, or an address such as s3://bucket/folder."
        )
    return replace(result, address=address), row and row._replace(address=address)


def _moved(finding: Diagnostic, there: str, asked: str) -> Diagnostic:
    place = finding.place
    if not (place.outside and place.path.startswith(there)):
        return finding
    return replace(finding, place=place._replace(path=f"{asked}{place.path[len(there) :]}"))
