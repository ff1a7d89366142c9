"""Run the workbench of Open edX with its SCORM block: `studio_site.py serve` or `studio_site.py report`.

LMS_STATE names the folder of its database and files. `serve` makes the tables and a few empty blocks, listens
on a free port of 127.0.0.1, and tells the port in one line of JSON. `report` prints, as JSON, what the
database holds of the learner's state in each block.
"""

from __future__ import annotations

import json
import os
import sys
from types import SimpleNamespace
from typing import Any

BLOCKS = ("passed-scorm12", "passed-scorm2004-3rd", "left-scorm12", "left-scorm2004-3rd", "late-scorm12")
LEARNER = {"edx-platform.user_id": 7, "edx-platform.username": "learner"}


def adapt() -> None:
    """Give the block the three things that it expects of Open edX and that the workbench lacks."""
    from workbench import runtime, scenarios, views

    class SiteRuntime(runtime.WorkbenchRuntime):  # type: ignore[misc]
        def __init__(self, user_id: str | None = None) -> None:
            super().__init__(user_id)
            self._services["user"].get_current_user().opt_attrs.update(LEARNER)

        def _patch_xblock(self, block: Any) -> None:
            block.location = SimpleNamespace(block_id=str(block.scope_ids.usage_id))

        def handler_url(self, block: Any, handler_name: str, *rest: Any, **more: Any) -> str:
            """Leave out the query, as Open edX does: the block appends the paths of files to the address."""
            return str(super().handler_url(block, handler_name, *rest, **more)).partition("?")[0]

    for module in (runtime, scenarios, views):
        module.WorkbenchRuntime = SiteRuntime


def prepare() -> None:
    """Make the tables and the blocks."""
    from django.core.management import call_command
    from workbench import scenarios

    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    scenarios.get_scenarios.initialized = True
    for name in BLOCKS:
        scenarios.add_xml_scenario(name, name, "<scorm/>")


def serve() -> None:
    """Answer requests, one at a time.

    The workbench reads, changes and writes a learner's row without a lock, so that of two requests at once,
    such as the one that begins a session and the first values, the slower undoes the other. It is made to be
    tried out by one person.
    """
    import waitress
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    server = waitress.create_server(StaticFilesHandler(get_wsgi_application()), host="127.0.0.1", port=0, threads=1)
    answer({"port": int(server.effective_port)})
    server.run()


def report() -> list[dict[str, Any]]:
    """Every learner's state of a block, as recorded."""
    from workbench.models import XBlockState

    rows = XBlockState.objects.filter(tag="scorm", scope="usage", user_id__isnull=False)
    return [{"block": row.scenario, "user": row.user_id, **json.loads(row.state)} for row in rows]


def answer(value: object) -> None:
    """Write one line of JSON."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main(command: str) -> None:
    """Do what the command line asks."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "studio_settings"
    django.setup()
    if command == "serve":
        adapt()
        prepare()
        serve()
    else:
        answer(report())


if __name__ == "__main__":
    main(sys.argv[1])
