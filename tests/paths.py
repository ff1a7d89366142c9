"""Where the project's own things are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
SAMPLE = ROOT / "modules"
EVERY_BLOCK = TESTS / "fixtures" / "library"
NODE_MODULES = ROOT / "node_modules"
