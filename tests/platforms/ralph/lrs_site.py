"""Run ralph, the record store of Open FUN: `lrs_site.py serve`.

LMS_STATE names the folder where it keeps statements, in a file. It knows one client, listens on a free port of
127.0.0.1, and tells the port in one line of JSON.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

USER, PASSWORD = "content", "secret"
STATE = Path(os.environ["LMS_STATE"])


def configure() -> None:
    """Say to ralph, before any of it is loaded, what it is to use."""
    import bcrypt

    auth = STATE / "auth.json"
    client = {
        "username": USER,
        "hash": bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(rounds=4)).decode(),
        "agent": {"objectType": "Agent", "account": {"homePage": "https://store.example", "name": USER}},
        "scopes": ["all"],
    }
    auth.write_text(json.dumps([client]))
    os.environ |= {
        "RALPH_AUTH_FILE": str(auth),
        "RALPH_HISTORY_FILE": str(STATE / "history.json"),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_RUNSERVER_MAX_SEARCH_HITS_COUNT": "1000",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(STATE / "statements"),
    }


def adapt() -> None:
    """Let the file grow: ralph 5.1 wants to make it anew for every request, and answers 500 from the second on."""
    from ralph.backends.data.base import BaseOperationType
    from ralph.backends.lrs.fs import FSLRSBackend

    FSLRSBackend.default_operation_type = BaseOperationType.APPEND


def serve() -> None:
    """Answer requests."""
    import uvicorn
    from ralph.api import app

    listening = socket.create_server(("127.0.0.1", 0))
    answer({"port": listening.getsockname()[1]})
    uvicorn.Server(uvicorn.Config(app, log_config=None)).run(sockets=[listening])


def answer(value: Any) -> None:
    """Write one line of JSON."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main(command: str) -> None:
    """Do what the command line asks."""
    assert command == "serve"
    configure()
    adapt()
    serve()


if __name__ == "__main__":
    main(sys.argv[1])
