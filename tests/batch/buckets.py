"""A server that speaks S3, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest

BUCKET = "packages"


@contextmanager
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server on this machine with one empty bucket; processes that begin meanwhile find it too."""
    from fsspec import filesystem
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    of_this_server(monkeypatch, f"http://{host}:{port}")
    try:
        urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
        filesystem("s3").mkdir(BUCKET)
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def of_this_server(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Lead whoever asks for S3 to `address`, and nobody to what was opened before."""
    from fsspec import get_filesystem_class

    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    get_filesystem_class("s3").clear_instance_cache()
