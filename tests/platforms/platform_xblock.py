"""Drive the SCORM block of Open edX in its workbench, through its studio view and its student view."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platform_pages import Visit, visit
from platform_process import Platform
from playwright.sync_api import Browser, Frame, Route


def publish(browser: Browser, platform: Platform, block: str, title: str, package: Path) -> None:
    """As the author, put the package into a block with the form of the studio view."""
    with visit(browser, platform.address) as author:
        page = author.page
        page.goto(f"/scenario/{block}/studio_view/")
        # The workbench has no notifications; Studio's tell that something is being saved.
        page.evaluate("RuntimeProvider.versions[1].notify = () => undefined")
        page.fill("#display_name", title)
        page.set_input_files("#scorm_file", package)
        page.fill("#weight", "1")
        with page.expect_response("**/studio_submit/**") as response:
            page.locator(".save-button").click()
        assert response.value.json() == {"result": "success", "errors": []}
        author.traffic.settle(page)


@contextmanager
def learner(browser: Browser, platform: Platform, block: str, late: float = 0) -> Iterator[tuple[Visit, Frame]]:
    """Open the student view, which launches the package; give the frame of the package.

    The block makes its API when the scripts that follow it are loaded: one of them comes `late` seconds late.
    """

    def delay(route: Route) -> None:
        time.sleep(late)
        route.continue_()

    with visit(browser, platform.address) as visitor:
        visitor.page.route("**/jquery.cookie.js", delay)
        visitor.page.goto(f"/scenario/{block}/")
        yield visitor, visitor.frame("iframe.scorm-embedded")


def leave(visitor: Visit) -> None:
    """Go to another page of the site."""
    visitor.leave(lambda: visitor.page.goto("/"))
