"""Ctrl+C in a long build: it ends at once, says what is there, and the same command goes on from there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from many_providers import built, files, planned, provider, write
from paths import ROOT

from scormpack.batch import build_all
from scormpack.package import read_zip

LIBRARY, OUT = Path("modules"), Path("build")
SECONDS = 60  # for a busy machine; it takes a tenth of one
COMMAND = [sys.executable, "-m", "scormpack", "build"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does it all")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("everybody", [True, False])
def test_a_build_that_is_interrupted_goes_on_from_there(
    everybody: bool, jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    write(LIBRARY, ())
    for number in range(60):
        provider(LIBRARY, f"p{number:02}")
    command = [*COMMAND, "--jobs", jobs]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a shell may have it ignored
    ) as begun:
        assert begun.stdout is not None
        assert begun.stdout.readline().startswith(b"build/p00/")
        os.kill(-begun.pid if everybody else begun.pid, signal.SIGINT)
        try:
            told = begun.communicate(timeout=SECONDS)[1].decode()
        finally:
            begun.kill()
    assert begun.returncode == 130
    found = re.search(r"^Stopped after ([\d,]+) packages?; the same command goes on from here\.$", told, re.MULTILINE)
    assert found, told
    assert "Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.kill(-begun.pid, 0)  # nobody of its group is left
    there = files(OUT)
    assert int(found[1]) <= len(there) < 60 * 2 * 6
    for name in there:
        read_zip(OUT / name)  # nothing else lies there, and each is whole
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    unchanged = re.search(r" (\d+) unchanged\.", again.stderr.splitlines()[-1])
    assert int(unchanged[1] if unchanged else 0) == int(found[1]) // 6 * 6  # a provider is known with all its targets
    built(build_all(planned(LIBRARY), Path("clean")))
    assert files(OUT) == files(Path("clean"))
