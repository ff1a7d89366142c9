"""Run the Wagtail site: `lms_site.py serve` or `lms_site.py report`, with LMS_STATE naming its folder.

`serve` makes the database and two users, listens on a free port of 127.0.0.1, and tells the port in one line
of JSON. `report` prints what the platform has recorded, as JSON. Courses are not made here: the tests make
them on the platform's own pages.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

USERS = {"admin": "admin-password", "learner": "learner-password"}


def prepare() -> None:
    """Make the tables and the users; Wagtail's own migrations make the root page and the site."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    users = get_user_model().objects
    users.create_superuser("admin", "admin@example.org", USERS["admin"])
    users.create_user("learner", "learner@example.org", USERS["learner"])


def serve() -> None:
    """Answer one request at a time.

    The player sends each SetValue as a request of its own, and the server reads a whole attempt, changes
    one column, and writes the whole attempt back: two such requests at once lose one of the two values.
    """
    import waitress
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    server = waitress.create_server(StaticFilesHandler(get_wsgi_application()), host="127.0.0.1", port=0, threads=1)
    answer({"port": int(server.effective_port)})
    server.run()


def report() -> list[dict[str, Any]]:
    """Every attempt, as recorded."""
    from wagtail_lms.models import CourseEnrollment, SCORMAttempt

    return [
        {
            "user": attempt.user.username,
            "package": attempt.scorm_package.title,
            "version": attempt.scorm_package.manifest_data.get("version"),
            "launch": attempt.scorm_package.launch_url,
            "status": attempt.completion_status,
            "score": attempt.score_raw,
            "suspend_data": attempt.suspend_data,
            "values": dict(attempt.scorm_data.values_list("key", "value")),
            "course_completed": CourseEnrollment.objects.filter(
                user=attempt.user,
                completed_at__isnull=False,
                course__title=attempt.scorm_package.title,
            ).exists(),
        }
        for attempt in SCORMAttempt.objects.order_by("pk")
    ]


def answer(value: object) -> None:
    """Write one line of JSON."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main(command: str) -> None:
    """Do what the command line asks."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "lms_settings"
    django.setup()
    if command == "serve":
        prepare()
        serve()
    else:
        answer(report())


if __name__ == "__main__":
    main(sys.argv[1])
