"""Runs one command and writes its seconds, exit code and peak memory (in the system's unit) to the file named first.

A process starts with the peak of the one that started it, so this one has to be small: it imports almost nothing.
"""

import os
import sys
import time

began = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
took = time.perf_counter() - began
with open(sys.argv[1], "w", encoding="ascii") as file:  # noqa: PTH123
    file.write(f"{took} {os.waitstatus_to_exitcode(status)} {usage.ru_maxrss}")
