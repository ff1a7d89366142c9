"""`scormpack check --run`."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from inspection.misbehaving import changed, stranger
from scormpack.package import zip_bytes

pytestmark = pytest.mark.browser


def run(file: Path, *options: str, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """`scormpack check --run`, in a process of its own; `before` is what happens there first."""
    script = f"import sys; {before or 'pass'}; from scormpack.cli import main; main()"
    command = [sys.executable, "-c", script, "check", str(file), "--run", *options]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_course_that_never_rests_is_ended_and_nothing_is_left(tmp_path: Path) -> None:
    file, mark = tmp_path / "loop.zip", uuid.uuid4().hex
    file.write_bytes(zip_bytes(changed(("let page", "onclick = () => { for (;;); }; let page"))))
    done = run(file, "--patience", "8", "--pictures", str(tmp_path / "played"), MARK=mark)
    assert done.returncode == 1
    assert "RUN-14: after" in done.stdout
    assert "never completed" not in done.stdout
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == ["loop.zip", "loop.html"]
    left = [each for each in Path("/proc").glob("[0-9]*/environ") if mark.encode() in _read(each)]
    assert left == []


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the process has ended, or is another user's
        return b""


@pytest.mark.parametrize(
    ("before", "environment", "words"),
    [
        ("", {"SCORMPACK_BROWSER": "/nowhere/chromium"}, "`playwright install chromium` gets one"),
        ("sys.modules['playwright'] = None", {}, "`pip install 'scormpack[play]'`"),
    ],
)
def test_what_is_missing_is_said(before: str, environment: dict[str, str], words: str, tmp_path: Path) -> None:
    file = tmp_path / "course.zip"
    file.write_bytes(zip_bytes(stranger()))
    done = run(file, before=before, **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
