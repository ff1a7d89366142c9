"""Finds the browser that the tests drive; `python tools/find_browser.py` gets one where there is none.

That is the machine's own Chromium or Chrome, else one from the system's package manager where this user may call it,
else the one that Playwright fetches.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment import run

# The shell has no window of its own to keep up to date: what the tests do costs it a fifth less.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# How a package manager is called, and what it calls a browser (the best first), a font and the library that
# Playwright needs.
Managers = dict[str, tuple[list[str], list[str], list[str]]]
MANAGERS: Managers = {
    "apt-get": (
        ["install", "--yes", "-qq", "--no-install-recommends"],
        ["chromium-headless-shell", "chromium"],
        ["fonts-dejavu-core", "libatomic1"],
    ),
    "dnf": (["install", "--assumeyes", "--quiet"], ["chromium"], ["dejavu-sans-fonts", "libatomic"]),
}
REMEDY = (
    "There is no browser that the tests can drive: install Chromium or Chrome"
    " (Debian: apt-get install chromium fonts-dejavu-core libatomic1)."
)
DRIVE = """
from find_browser import installed
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = installed()
    playwright.chromium.launch(executable_path=path).close()
    print(path or playwright.chromium.executable_path)
"""


def installed() -> str | None:
    """The machine's own browser; None where it has none that starts."""
    for name in NAMES:
        found = shutil.which(name)
        if found and said(found, "--version"):  # some systems have a program that only says how to get one
            return found
    return None


def driven() -> str:
    """The browser that Playwright has started and ended: the machine's, or its own; empty where it could not."""
    return said(sys.executable, "-c", DRIVE)


def install_with_the_system(managers: Managers = MANAGERS) -> None:
    """Install the first that is to be had, and what it needs, if this user may call a package manager."""
    manager = next(filter(shutil.which, managers), "")
    root = _as_root()
    if root is None or not manager:
        return
    options, choices, more = managers[manager]
    if manager == "apt-get":
        root = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
        run([*root, manager, "update", "-qq"], quiet=True)
    for choice in choices:
        print(f"Installing with {manager}: {', '.join([choice, *more])}", flush=True)
        if run([*root, manager, *options, choice, *more], quiet=True) == 0:
            return


def fetch() -> None:
    """Let Playwright fetch its browser, with the system's libraries for it where it can install those."""
    print("Fetching the browser that comes with Playwright", flush=True)
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    with_libraries = shutil.which("apt-get") and _as_root() is not None
    if not (with_libraries and run([*install, "--with-deps"]) == 0):
        run(install)


def _as_root() -> list[str] | None:
    """What to put before a command that only root may run; None where this user needs a password."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and said("sudo", "-n", "id") else None


def said(*command: str) -> str:
    """What `command` has printed; nothing where it failed."""
    here = Path(__file__).parent
    done = subprocess.run(command, cwd=here, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return "" if done.returncode else done.stdout.strip()


def main() -> None:
    """Say which browser the tests will drive. Raises SystemExit where none is to be had."""
    browser = driven()
    for get in (install_with_the_system, fetch):
        if not browser:
            get()
            browser = driven()
    if not browser:
        raise SystemExit(REMEDY)
    print(f"Browser: {browser}", flush=True)


if __name__ == "__main__":
    main()
