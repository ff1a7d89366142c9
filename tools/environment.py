"""Makes environments from the locked requirements: `python3 tools/environment.py FOLDER LOCK…`.

FOLDER is made anew, whatever is there, unless `--add` comes first. LOCK is the name of a file in requirements/.
`node` is passed over where the machine has one that will do. Any Python from 3.11 on runs this, with nothing else.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
OLDEST_PIP = (22, 3)  # the first one that installs into another environment
PATIENCE = 20  # seconds of silence
# A lock is whole, so nothing is left to resolve.
OPTIONS = [
    "--require-hashes",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
]


def create(folder: Path) -> list[str]:
    """Make an empty environment in `folder`, in place of what is there, and return the pip that installs into it.

    That is this Python's own, or else the one that `venv` brings; Debian's Python has either, both or none.
    Raises SystemExit where there is none.
    """
    if Path(sys.prefix) == folder.resolve():
        raise SystemExit(f"{folder} is to be made anew, and is in use: leave it first (deactivate).")
    shutil.rmtree(folder, ignore_errors=True)
    if _release_of_pip() >= OLDEST_PIP:
        venv.create(folder, symlinks=os.name != "nt")
        return [sys.executable, "-m", "pip", "--python", str(python(folder))]
    if importlib.util.find_spec("ensurepip"):
        venv.create(folder, symlinks=os.name != "nt", with_pip=True)
        return pip_of(folder)
    raise SystemExit(
        f"{sys.executable} has neither pip nor ensurepip to make an environment with: install one of the two"
        f" (Debian, Ubuntu: apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv)."
    )


def _release_of_pip() -> tuple[int, ...]:
    if not importlib.util.find_spec("pip"):
        return (0,)
    return tuple(int(part) for part in re.findall(r"\d+", importlib.metadata.version("pip"))[:2])


def python(folder: Path) -> Path:
    """The Python of the environment in `folder`."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def pip_of(folder: Path) -> list[str]:
    """The pip of the environment in `folder`, which the lock `build` puts there."""
    return [str(python(folder)), "-m", "pip"]


def install(pip: list[str], *locks: Path) -> None:
    """Install exactly what `locks` name. Raises SystemExit when that fails."""
    chosen = [argument for lock in locks for argument in ("--requirement", str(lock))]
    if code := run([*pip, "install", *OPTIONS, *chosen]):
        raise SystemExit(code)


def run(command: list[str], *, quiet: bool = False) -> int:
    """The exit code of `command`, with a sign of life where it takes long. If `quiet`, it speaks when it failed."""
    out, err = (subprocess.DEVNULL, subprocess.PIPE) if quiet else (None, None)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, text=True) as process:
        while True:
            try:
                _, errors = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                print("  still at it …", flush=True)
            else:
                break
    if process.returncode and errors:
        print(errors, file=sys.stderr)
    return process.returncode


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    if sys.version_info < OLDEST:
        raise SystemExit("scormpack needs Python 3.11 or later. Say which one: make build PYTHON=python3.11")
    add = arguments[0] == "--add"
    folder, *locks = arguments[add:]
    files = [ROOT / "requirements" / f"{lock}.txt" for lock in locks if lock != "node" or not _has_node()]
    names = ", ".join(str(file.relative_to(ROOT)) for file in files)
    print(f"Installing into {folder}, for Python {sys.version.split()[0]}: {names}", flush=True)
    install(pip_of(Path(folder)) if add else create(Path(folder)), *files)


def _has_node() -> bool:
    sys.path.insert(0, str(ROOT))
    from hatch_build import node_fits

    return node_fits()


if __name__ == "__main__":
    main(sys.argv[1:])
