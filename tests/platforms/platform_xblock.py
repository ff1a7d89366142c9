"""Drive the SCORM block of Open edX in its workbench, through its studio view and its student view."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platform_pages import Visit, visit
from platform_process import Platform
from playwright.sync_api import Browser, Frame


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


def launch(visitor: Visit, block: str, until: Literal["commit", "load"] = "load") -> Frame:
    """Open the student view, which launches the package; return the frame of the package."""
    visitor.page.goto(f"/scenario/{block}/", wait_until=until)
    return visitor.frame("iframe.scorm-embedded")


def leave(visitor: Visit) -> None:
    """Go to another page of the site."""
    visitor.leave(lambda: visitor.page.goto("/"))
