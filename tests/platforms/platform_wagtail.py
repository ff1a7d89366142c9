"""Drive a Wagtail site with wagtail-lms, through the pages that its users see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platform_pages import Visit, visit
from platform_process import Platform
from playwright.sync_api import Browser, Frame, Page, expect

HOME = 2  # the page that Wagtail's own migrations make


def publish(browser: Browser, platform: Platform, title: str, package: Path) -> str:
    """As the administrator, upload the package and publish a course with it; return the course's path."""
    with visit(browser, platform.address) as admin:
        log_in(admin.page, "admin", "/admin/")
        upload(admin.page, title, package)
        course, path = add_page(admin.page, "coursepage", HOME, title)
        add_page(admin.page, "scormlessonpage", course, f"Lesson of {title}", package=title)
        return path


def log_in(page: Page, user: str, then: str) -> None:
    """Log in on the page the site sends a stranger to."""
    page.goto("/admin/" if then == "/admin/" else f"/_util/login/?next={then}")
    page.fill("[name=username]", user)
    page.fill("[name=password]", f"{user}-password")
    page.locator("form:has([name=password]) [type=submit]").click()
    page.wait_for_url(f"**{then}")


def upload(page: Page, title: str, package: Path) -> None:
    """Fill the platform's own form for packages."""
    page.goto("/admin/scormpackage/new/")
    page.fill("[name=title]", title)
    page.set_input_files("[name=package_file]", package)
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".messages .success")).to_contain_text("created")


def add_page(page: Page, kind: str, parent: int, title: str, package: str | None = None) -> tuple[int, str]:
    """Publish a page of one kind under another; return its number and its path on the site."""
    page.goto(f"/admin/pages/add/wagtail_lms/{kind}/{parent}/")
    page.fill("[name=title]", title)
    if package is not None:
        page.select_option("[name=scorm_package]", label=package)
    page.get_by_role("tab", name="Promote").click()
    page.fill("[name=slug]", re.sub(r"\W+", "-", title.lower()).strip("-"))
    page.get_by_role("button", name="More actions").click()
    page.locator("[name=action-publish]").click()
    message = page.locator(".messages .success")
    expect(message).to_contain_text("published")
    edit = message.get_by_role("link", name="Edit").get_attribute("href") or ""
    path = message.get_by_role("link", name="View live").get_attribute("href") or ""
    number = re.search(r"/pages/(\d+)/", edit)
    assert number is not None
    return int(number[1]), path


@contextmanager
def learner(browser: Browser, platform: Platform, course: str) -> Iterator[Visit]:
    """Log in as the learner, on the page of the course, and enrol when that was not done before."""
    with visit(browser, platform.address) as visitor:
        log_in(visitor.page, "learner", course)
        enrol = visitor.page.get_by_role("link", name="Enroll in Course")
        if enrol.count():
            enrol.click()
        expect(visitor.page.locator(".lms-enrollment")).to_contain_text("Enrolled")
        yield visitor


def launch(visitor: Visit) -> Frame:
    """From the page of the course, open the lesson and its player; return the frame of the package."""
    visitor.page.locator(".lms-lesson-list__link").click()
    visitor.page.get_by_role("link", name="Launch SCORM Content").click()
    return visitor.frame("#scorm-frame")


def leave(visitor: Visit) -> None:
    """Go back to the page of the course."""
    visitor.leave(visitor.page.get_by_role("link", name="Back to Course").click)
