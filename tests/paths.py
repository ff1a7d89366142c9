"""Where the project's own things are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "modules"
EVERY_BLOCK = ROOT / "tests" / "fixtures" / "library"
NODE_MODULES = ROOT / "node_modules"
