"""Permissions that hold for everybody: CI runs as root, to whom nothing is forbidden."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

VERSION = 0x20080522  # of the layout: an effective, a permitted and an inheritable set, twice 32 bits of each
PASSES_BY = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


@contextmanager
def permissions_hold() -> Iterator[None]:
    """Root obeys the permissions of files too (on Linux), in this thread and in those that it starts.

    It stays root: another user might not read the code, nor the folders that pytest keeps from everybody else.
    """
    if os.geteuid() != 0:
        yield
        return
    before = (ctypes.c_uint32 * 6)()
    call("capget", before)
    fewer = type(before)(before[0] & ~PASSES_BY, *before[1:])
    call("capset", fewer)
    try:
        yield
    finally:
        call("capset", before)


def call(name: str, sets: ctypes.Array[ctypes.c_uint32]) -> None:
    """Read (capget) or change (capset) what this thread may."""
    header = (ctypes.c_uint32 * 2)(VERSION, 0)
    if getattr(ctypes.CDLL(None, use_errno=True), name)(header, sets):
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
