"""The player's own tests, which are in TypeScript: bundled by the pinned esbuild, run by Node."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from paths import NODE_MODULES, ROOT

TESTS = sorted((ROOT / "tests" / "player").glob("*.test.ts"))


def esbuild() -> Path:
    """The program of the version that package.json pins."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]["esbuild"]
    for manifest in NODE_MODULES.glob("@esbuild/*/package.json"):
        if json.loads(manifest.read_text(encoding="utf-8"))["version"] == wanted:
            return manifest.parent / "bin" / "esbuild"
    raise AssertionError(f"esbuild {wanted} is not in {NODE_MODULES}: run `npm ci`")


def test_there_are_tests_of_the_player() -> None:
    assert {"attempt.test.ts", "record_store.test.ts", "state.test.ts"} <= {file.name for file in TESTS}


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name.removesuffix(".test.ts"))
def test_player(tmp_path: Path, file: Path) -> None:
    bundle = tmp_path / f"{file.stem}.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=warning", "--sourcemap=inline"]
    subprocess.run([str(esbuild()), str(file), *options, f"--outfile={bundle}"], cwd=ROOT, check=True)
    node = ["node", "--enable-source-maps", "--test", "--test-reporter=tap", str(bundle)]
    made = subprocess.run(node, capture_output=True, text=True, cwd=ROOT)
    assert made.returncode == 0, made.stdout + made.stderr
    counts = {word: int(number) for word, number in re.findall(r"^# (\w+) (\d+)$", made.stdout, re.MULTILINE)}
    written = len(re.findall(r"^test\(", file.read_text(encoding="utf-8"), re.MULTILINE))
    assert (counts["pass"], counts["fail"], counts["skipped"], counts["todo"]) == (written, 0, 0, 0)
