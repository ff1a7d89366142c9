"""Training written as plain files becomes packages that learning platforms load, track and resume.

What the command does is also for code: `from scormpack import load_library, validate, build`; and so are the models
that authors write: `from scormpack import Module, Recommendation`. Packages of any maker are for `check_package` and
`compare_packages`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scormpack.api import build as build
    from scormpack.api import check_package as check_package
    from scormpack.api import compare_packages as compare_packages
    from scormpack.api import load_library as load_library
    from scormpack.api import validate as validate
    from scormpack.batch import Built as Built
    from scormpack.batch import Refused as Refused
    from scormpack.content.library import Contact as Contact
    from scormpack.content.library import Library as Library
    from scormpack.content.library import Settings as Settings
    from scormpack.content.module import Module as Module
    from scormpack.content.module import Page as Page
    from scormpack.content.provider import Provider as Provider
    from scormpack.content.recommendation import Recommendation as Recommendation
    from scormpack.diagnostics import ContentError as ContentError
    from scormpack.diagnostics import Diagnostic as Diagnostic
    from scormpack.diagnostics import Place as Place
    from scormpack.diagnostics import Severity as Severity
    from scormpack.inspect.comparing import Comparison as Comparison
    from scormpack.inspect.comparing import Result as Result
    from scormpack.inspect.verdict import Verdict as Verdict

__version__ = "0.1.0"

# Looked up when asked for: the command line starts without the models.
_PUBLIC = {
    "Built": "batch",
    "Comparison": "inspect.comparing",
    "Contact": "content.library",
    "ContentError": "diagnostics",
    "Diagnostic": "diagnostics",
    "Library": "content.library",
    "Module": "content.module",
    "Page": "content.module",
    "Place": "diagnostics",
    "Provider": "content.provider",
    "Recommendation": "content.recommendation",
    "Refused": "batch",
    "Result": "inspect.comparing",
    "Settings": "content.library",
    "Severity": "diagnostics",
    "Verdict": "inspect.verdict",
    "build": "api",
    "check_package": "api",
    "compare_packages": "api",
    "load_library": "api",
    "validate": "api",
}
__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(f"scormpack.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'scormpack' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
