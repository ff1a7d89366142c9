"""A visit fails when anything on its pages does, so that a quiet fault on a platform is not passed over."""

from __future__ import annotations

import pytest
from platform_pages import visit
from playwright.sync_api import Browser, Route

ADDRESS = "http://127.0.0.1"
FAULTS = {
    "<script>throw new Error('broken')</script>": "broken",
    "<meta http-equiv='Content-Security-Policy' content=\"style-src 'self'\"><p style='color: red'>": "refus|violat",
    "<img src='http://elsewhere.example/x.png'>": "elsewhere",
}


@pytest.mark.parametrize(("page", "told"), FAULTS.items(), ids=["script", "policy", "host"])
def test_a_fault_inside_a_frame_fails_the_visit(browser: Browser, page: str, told: str) -> None:
    def answer(route: Route) -> None:
        inside = route.request.url.endswith("/inside")
        route.fulfill(content_type="text/html", body=page if inside else "<iframe src='/inside'></iframe>")

    def look() -> None:
        with visit(browser, ADDRESS) as visitor:
            visitor.page.route("**/*", answer)
            visitor.page.goto("/")
            visitor.traffic.settle(visitor.page)

    with pytest.raises(AssertionError, match=f"(?i){told}"):
        look()
