"""Renews the locked requirements and says what has changed; run it with `make lock`, which brings uv.

What they are made from stands in pyproject.toml and in tests/platforms/*/requirements.in.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
PLATFORMS = ROOT / "tests" / "platforms"
PROJECT = "pyproject.toml"
UV = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"]
UV += ["--only-binary", ":all:", "--custom-compile-command", "make lock"]
EXTRAS = [PROJECT, "--all-extras"]
EVERYTHING = [*EXTRAS, "--group", "dev", "--group", "build", "-"]
_PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ; (.*?))?(?: \\)?$", re.MULTILINE)

Pins = dict[tuple[str, str], str]


def pins(lock: Path) -> Pins:
    """The version that a lock names for each package, and for each marker where it names several."""
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    return {(name, marker): version for name, version, marker in _PIN.findall(text)}


def changes(before: Pins, after: Pins) -> Iterator[str]:
    """A line for each package that came, went or has another version."""
    for pin in sorted(before.keys() | after.keys()):
        old, new = before.get(pin, "–"), after.get(pin, "–")
        if old != new:
            yield f"{' ; '.join(filter(None, pin))}: {old} → {new}"


def compile_all() -> None:
    """Resolve each lock anew; what several of them have, they have in the same version."""
    locked(LOCKS / "dev.txt", *EVERYTHING)
    same = ["--constraints", str(LOCKS / "dev.txt")]
    locked(LOCKS / "runtime.txt", PROJECT, *same)
    locked(LOCKS / "build.txt", "--group", "build", "-", *same)
    locked(LOCKS / "node.txt", "--group", "node")
    locked(LOCKS / "lock.txt", "--group", "lock")
    lowest = resolved(*EXTRAS, "-", "--resolution", "lowest-direct", "--no-deps", "--no-annotate", "--no-header")
    direct = LOCKS / "lowest.in"
    direct.write_text(lowest, encoding="utf-8")
    locked(LOCKS / "lowest.txt", *EVERYTHING, "--constraints", str(direct))
    direct.unlink()
    for platform in sorted(PLATFORMS.glob("*/requirements.in")):
        locked(platform.with_suffix(".txt"), str(platform.relative_to(ROOT)))


def locked(lock: Path, *what: str) -> None:
    """Write `lock`, with the hashes of every file that may be installed."""
    lock.write_text(resolved(*what, "--generate-hashes"), encoding="utf-8")


def resolved(*what: str) -> str:
    """What uv makes of requirements; `-` are those of the build system. Raises CalledProcessError."""
    project = tomllib.loads((ROOT / PROJECT).read_text(encoding="utf-8"))
    requires = "\n".join(project["build-system"]["requires"])
    made = subprocess.run([*UV, *what], cwd=ROOT, input=requires, stdout=subprocess.PIPE, text=True, check=True)
    return made.stdout


def main() -> None:
    """Make all locks anew and print what has changed in them."""
    locks = [*sorted(LOCKS.glob("*.txt")), *sorted(PLATFORMS.glob("*/requirements.txt"))]
    before = {lock: pins(lock) for lock in locks}
    compile_all()
    for lock in before:
        for change in changes(before[lock], pins(lock)):
            print(f"{lock.relative_to(ROOT)}: {change}")


if __name__ == "__main__":
    main()
