"""`python -m scormpack` is the command `scormpack`."""

from scormpack.cli import main

main()
