"""What was built before, and from what: what has not changed since need not be built again.

A package is known by everything that it was made from, and is there only if the file on the disk still has the bytes
that were written; elsewhere, if the place still says of it what it said then. So neither a clock nor a crash can make
a wrong one look right.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, NamedTuple

from scormpack.batch.plan import Plan, Wanted
from scormpack.cache import LARGEST, Cache, fingerprints, looks, named, tool
from scormpack.content.load import PROVIDERS
from scormpack.content.module import Module
from scormpack.diagnostics import Diagnostic, from_json, to_json
from scormpack.sink import Sink
from scormpack.vocabulary import ModuleId, PicturePath, references

FILE: Final = "built.sqlite"
_MOST: Final = 1_000_000  # packages that are remembered; the oldest are forgotten first
_PATIENCE: Final = 5  # seconds for another build that writes
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS package (
    path TEXT PRIMARY KEY, folder TEXT, id TEXT, target TEXT, targets TEXT, bytes INTEGER, sha256 TEXT,
    mark TEXT, made_from TEXT, logo TEXT, about TEXT, own TEXT, seal TEXT
);
CREATE INDEX IF NOT EXISTS of_provider ON package (folder, id);
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, findings TEXT);
"""
_VERSION: Final = 2  # of these tables and of what is in them
_KEEP: Final = "INSERT OR REPLACE INTO package VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Row(NamedTuple):
    """A package that was written: the file and what is in it, a name for all that it was made from, what was found.

    It is of the module or the course `id` for a `target`, one of the provider's `targets`. `logo` is the provider's.
    `about` was found in the module or the course, `own` for the provider besides.
    """

    address: str
    id: str
    target: str
    targets: tuple[str, ...]
    bytes: int
    sha256: str
    mark: str
    made_from: str
    logo: str
    about: tuple[Diagnostic, ...]
    own: tuple[Diagnostic, ...]


class _Kept:
    """The packages that were written, in a database that can be deleted at any time.

    Where it cannot be read or written nothing is kept, and everything is built. One that is damaged is begun anew.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._process = 0
        self._opened: sqlite3.Connection | None = None
        self._met: dict[str, tuple[Diagnostic, ...]] = {}

    def find(self, folder: str, id_: str) -> list[Row]:
        """What is kept of the packages of a module or a course in a provider's folder, if it can be believed."""
        with self._care(), suppress(ValueError, TypeError, KeyError, RecursionError):
            if (database := self._database()) is not None:
                query = "SELECT * FROM package WHERE folder = ? AND id = ?"
                rows = database.execute(query, (_absolute(folder), id_)).fetchall()
                return [self._row(folder, each) for each in rows if each[-1] == _seal(each[:-1])]
        return []

    def _row(self, folder: str, kept: Sequence[Any]) -> Row:
        path, _, id_, target, targets, size, sha256, mark, made_from, logo, about, own, _ = kept
        return Row(
            f"{folder}/{Path(path).name}",
            id_,
            target,
            tuple(targets.split()),
            size,
            sha256,
            mark,
            made_from,
            logo,
            self._about(about),
            from_json(own),
        )

    def _about(self, name: str) -> tuple[Diagnostic, ...]:
        """The same for all packages of a module, so they are read once."""
        database = self._database()
        if name not in self._met and database is not None:
            (text,) = database.execute("SELECT findings FROM about WHERE name = ?", (name,)).fetchone()
            if named(text.encode()) != name:
                raise ValueError
            self._met[name] = from_json(text)
        return self._met[name]

    def put(self, rows: Iterable[Row]) -> None:
        """Keep what was written, all or none of it."""
        with self._care():
            if (database := self._database()) is not None:
                with database:
                    for row in rows:
                        self._put(database, row)
                    _forget(database)

    def _put(self, database: sqlite3.Connection, row: Row) -> None:
        name, text = _listed(row.about)
        database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, text))
        parts = [
            _absolute(row.address),
            _absolute(row.address.rpartition("/")[0]),
            row.id,
            row.target,
            " ".join(row.targets),
            row.bytes,
            row.sha256,
            row.mark,
            row.made_from,
            row.logo,
            name,
            to_json(row.own),
        ]
        database.execute(_KEEP, (*parts, _seal(parts)))

    @contextmanager
    def _care(self) -> Iterator[None]:
        """Nothing that is wrong with the database is met twice: it is asked no more, and a damaged one is removed."""
        try:
            yield
        except sqlite3.OperationalError:  # locked, or it cannot be written: nobody waits for it twice
            self.close()
        except sqlite3.DatabaseError:
            self.close()
            _remove(self._file)
            self._process = 0  # so that it is opened anew

    def close(self) -> None:
        """Ask the database no more."""
        if self._opened is not None and self._process == os.getpid():
            self._opened.close()
        self._opened = None

    def _database(self) -> sqlite3.Connection | None:
        """The database, opened by this process; a copy of it must not use what it inherits."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._opened = _open(self._file)
        return self._opened


class Sent(_Kept):
    """The rows that came along with a job, for who has no database."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def find(self, folder: str, id_: str) -> list[Row]:
        return [row for row in self.rows if row.id == id_ and row.address.rpartition("/")[0] == folder]


def _open(file: Path) -> sqlite3.Connection | None:
    """The database; None where there can be none. A damaged one is begun anew."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_symlink():
        return None  # who knows whose database that is
    for _ in range(2):
        try:
            return _ready(sqlite3.connect(file, timeout=_PATIENCE))
        except sqlite3.OperationalError:
            return None  # locked, or a folder that cannot be written
        except sqlite3.Error:
            _remove(file)
    return None


def _ready(database: sqlite3.Connection) -> sqlite3.Connection:
    """The database with its tables; it is written only where they are missing. DatabaseError if it has others."""
    try:
        database.text_factory = lambda text: text.decode("utf-8", "replace")  # a damaged row has no true seal
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA synchronous = NORMAL")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError
        if version == 0:
            database.executescript(f"{_TABLES} PRAGMA user_version = {_VERSION};")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _forget(database: sqlite3.Connection) -> None:
    """Forget the oldest packages where there are too many, and what was found in nothing else."""
    (most,) = database.execute("SELECT coalesce(max(rowid), 0) FROM package").fetchone()
    if database.execute("DELETE FROM package WHERE rowid <= ?", (most - _MOST,)).rowcount:
        database.execute("DELETE FROM about WHERE name NOT IN (SELECT about FROM package)")


def _remove(file: Path) -> None:
    for each in (file.with_name(f"{file.name}-journal"), file):  # a journal would be played back into the next one
        with suppress(OSError):
            each.unlink()


def _absolute(address: str) -> str:
    if "://" in address:
        return address
    found = os.path.abspath(address)  # noqa: PTH100 - with no question to the disk for each of ten thousand
    return found.encode("utf-8", "backslashreplace").decode()  # a folder may have bytes in its name that are no text


def _seal(parts: Iterable[object]) -> str:
    return named(*(str(part).encode() for part in parts))


@lru_cache(maxsize=64)
def _listed(findings: tuple[Diagnostic, ...]) -> tuple[str, str]:
    text = to_json(findings)
    return named(text.encode()), text


class Own(NamedTuple):
    """A file of a provider as it was at a moment: its bytes, and how it looked on the disk."""

    data: bytes
    look: tuple[int, ...]


NO_FILE: Final = Own(b"", ())


@dataclass(frozen=True)
class Memory:
    """What is kept of packages, and what those of a plan are made from: what all share, and the modules.

    `looked` is how the library looked before it was read.
    """

    kept: _Kept
    root: Path
    shared: bytes
    modules: Mapping[str, bytes]
    looked: bytes

    def find(self, folder: Sink, wanted: Wanted, provider: str) -> list[Row]:
        """The packages of a provider in its folder, if all are there and would be made from the same; else none."""
        file = self.file_of(provider)
        kept = self.kept.find(folder.address, wanted.id)
        rows = {each.target: each for each in kept if each.made_from == self._now(wanted, file, each.logo)}
        targets = next((each.targets for each in rows.values()), ())
        found = [rows[name] for name in targets if name in rows and folder.holds(rows[name])]
        return found if len(found) == len(targets) else []

    def _now(self, wanted: Wanted, file: Own, logo: str) -> str:
        return self.made_from(wanted, file, self.logo(logo))

    def file_of(self, provider: str) -> Own:
        """The file of a provider."""
        return self._own(f"{provider}.yaml")

    def logo(self, name: str) -> Own:
        """The logo of this name; somebody else's row may name anything."""
        return self._own(name) if PicturePath.fits(name) else NO_FILE

    def is_as_it_was(self, provider: str, file: Own, name: str, logo: Own) -> bool:
        """Whether the file of a provider and its logo, of this name, have not been touched since."""
        return self.file_of(provider) == file and self.logo(name) == logo

    def made_from(self, wanted: Wanted, provider: Own, logo: Own) -> str:
        """A name for all that packages are made from."""
        modules = (self.modules[name] for name in wanted.modules)
        return named(self.shared, repr(wanted).encode(), *modules, provider.data, logo.data)

    def _own(self, name: str) -> Own:
        file = self.root / PROVIDERS / name
        try:
            found = file.stat()
            if not S_ISREG(found.st_mode) or found.st_size > LARGEST:
                return NO_FILE
            return Own(file.read_bytes(), (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))
        except OSError:
            return NO_FILE

    def kept_of(self, out: Sink, id_: str, providers: Iterable[str]) -> list[Row]:
        """What is kept of the packages of a module or a course, for some providers."""
        return [row for name in providers for row in self.kept.find(out.inside(name).address, id_)]

    def keep(self, rows: Iterable[Row]) -> None:
        """Keep what was written, unless something that it was made from was written meanwhile."""
        with suppress(OSError):
            if looks(self.root, PROVIDERS) == self.looked:
                self.kept.put(rows)


def memory_of(work: Plan, strict: bool, cache: Cache) -> Memory | None:
    """The memory for what is planned; None where nothing is kept, or a file cannot be read."""
    file = cache.file(FILE)
    if file is None:
        return None
    root = work.library.folder
    try:
        found = fingerprints(root, work.library.modules, PROVIDERS)
        shared = named(tool(), repr((work.day, work.overdue, work.asked, strict)).encode(), found.pop("")).encode()
        modules = {module.id: named(found[module.id], *_beside(module, root)).encode() for module in work.modules}
    except OSError:
        return None
    return Memory(_Kept(file), root, shared, found | modules, work.library.looked)


def _beside(module: Module, root: Path) -> Iterator[bytes]:
    """What a module shows of others that it names: a question that recalls one says its title."""
    for name in sorted({str(word) for word, _, _ in references(module) if isinstance(word, ModuleId)}):
        file = root / name / "module.yaml"
        yield file.read_bytes() if file.is_file() else b""
