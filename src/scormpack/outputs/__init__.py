"""What is no package: a course as a file that is printed or shown. The list of all kinds.

To add one, make its folder and name it here.
"""

from __future__ import annotations

from typing import Final

from scormpack.outputs.cards import A6, POCKET
from scormpack.outputs.handout import EASY, HANDOUT, LARGE
from scormpack.outputs.output import Output as Output

OUTPUTS: Final[dict[str, Output]] = {each.name: each for each in (POCKET, A6, HANDOUT, LARGE, EASY)}
