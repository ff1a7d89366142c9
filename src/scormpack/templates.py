"""The Jinja templates of the blocks and the page, compiled when the player is bundled.

Compiling them at each start would cost more than all that they render.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment

SOURCE = Path(__file__).parent
COMPILED = SOURCE / "bundles" / "templates"
_EMPTY = re.compile(r"\n[ \t\n]+")


def environment(loader: BaseLoader) -> Environment:
    """Strict and escaping: what a template was compiled with is what it has to be loaded with."""
    from jinja2 import Environment, StrictUndefined

    return Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def compile_templates() -> None:
    """Compile every `*.html.j2` below this folder into bundles/templates/."""
    from jinja2 import FileSystemLoader

    shutil.rmtree(COMPILED, ignore_errors=True)

    def is_template(name: str) -> bool:
        return name.endswith(".html.j2")

    environment(FileSystemLoader(SOURCE)).compile_templates(
        COMPILED, zip=None, ignore_errors=False, filter_func=is_template
    )


@cache
def _compiled() -> Environment:
    from jinja2 import ModuleLoader

    return environment(ModuleLoader(COMPILED))


def render_template(name: str, **values: Any) -> str:
    """The template `name` with these values, without the indentation and the empty lines that no reader sees."""
    return _EMPTY.sub("\n", _compiled().get_template(name).render(values))
