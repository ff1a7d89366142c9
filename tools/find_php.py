"""Finds the PHP that lints and tests the plugins; `python tools/find_php.py` gets it where it is not.

That is what the machine has, else what its package manager has, where this user may call that.
"""

from __future__ import annotations

import shutil

from find_browser import MANAGERS, Managers, install_with_the_system, said

PROGRAMS = ("php", "phpunit", "phpcs")
# The oldest PHP that the plugin runs on, and what it asks of it.
WILL_DO = "exit(PHP_VERSION_ID < 80100 || array_diff(['dom', 'mbstring', 'zip'], get_loaded_extensions()) ? 1 : 0);"
PACKAGES = ["php-cli", "php-mbstring", "php-xml", "php-zip", "php-codesniffer"]
APT: Managers = {"apt-get": (MANAGERS["apt-get"][0], ["phpunit"], PACKAGES)}
REMEDY = (
    "There is no PHP from 8.1 on, with its extensions dom, mbstring and zip, PHPUnit and PHP_CodeSniffer, to lint and"
    f" test the plugins with (Debian: apt-get install phpunit {' '.join(PACKAGES)})."
)


def installed() -> str:
    """What the machine's PHP calls itself; nothing where anything is missing."""
    there = all(map(shutil.which, PROGRAMS))
    return said("php", "-r", f"echo 'PHP ', PHP_VERSION; {WILL_DO}") if there else ""


def main() -> None:
    """Say which PHP lints and tests. Raises SystemExit where none is to be had."""
    if not installed():
        install_with_the_system(APT)
    found = installed()
    if not found:
        raise SystemExit(REMEDY)
    print(found, flush=True)


if __name__ == "__main__":
    main()
