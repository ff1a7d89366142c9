"""The platforms on which packages are played, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import BrowserContext, Page

from scormpack.diagnostics import Diagnostic
from scormpack.inspect.play.platform import Platform, Standing, Told, Trouble
from scormpack.inspect.play.scorm import ScormPlatform
from scormpack.inspect.play.store import StorePlatform
from scormpack.lms.files import Files, package_files
from scormpack.lms.server import Server
from scormpack.package import Package


class NoPlatform(Platform):
    """A package as a page by itself."""

    begins = False
    knows_modes = False

    def __init__(self, package: Package, stack: ExitStack) -> None:
        self._server = stack.enter_context(Server(Files(package_files(package)).answer))
        self.origins = (self._server.address,)
        self.files = f"{self._server.address}/"
        pages = [each.path for each in package.entries if each.path.lower().endswith((".html", ".htm"))]
        self.start = "index.html" if package.find("index.html") else min(pages, key=_depth, default="index.html")

    def launch(self, learner: str, looks: bool = False, number: int = 0) -> str:  # noqa: ARG002
        return f"{self._server.address}/{self.start}"

    def count(self, page: Page) -> int:  # noqa: ARG002
        return 0

    def told(self, page: Page | None, context: BrowserContext) -> Told:  # noqa: ARG002
        return Told()

    def standing(self, learner: str) -> Standing:  # noqa: ARG002
        return Standing()

    def fail(self, trouble: Trouble) -> None:
        """There is nothing to save."""

    def failed_saves(self) -> int:
        return 0

    def lost(self, learner: str) -> list[str]:  # noqa: ARG002
        return []

    def judge(self, is_ours: bool) -> Iterator[Diagnostic]:  # noqa: ARG002
        return iter(())


def _depth(path: str) -> tuple[int, str]:
    return path.count("/"), path


@contextmanager
def platform_for(package: Package, kind: str) -> Iterator[Platform]:
    """The platform that plays packages of this kind, a target by name, while the context is open."""
    with ExitStack() as stack:
        if kind.startswith("scorm"):
            yield ScormPlatform(package, "scorm12" if kind == "scorm12" else "scorm2004", stack)
        elif kind in ("xapi", "cmi5"):
            yield StorePlatform(package, kind, stack)
        else:
            yield NoPlatform(package, stack)
