"""What is no package: a course as a file that is printed or shown. The list of all kinds.

To add one, make its folder and name it here.
"""

from __future__ import annotations

from typing import Final

from scormpack.outputs.cards import A6, POCKET
from scormpack.outputs.guide import GUIDE
from scormpack.outputs.handout import EASY, HANDOUT
from scormpack.outputs.handout import LARGE as LARGE_PRINT
from scormpack.outputs.output import Output as Output
from scormpack.outputs.poster import LARGE as LARGE_POSTER
from scormpack.outputs.poster import POSTER
from scormpack.outputs.slides import SLIDES

_ALL: Final = (POCKET, A6, POSTER, LARGE_POSTER, GUIDE, HANDOUT, LARGE_PRINT, EASY, SLIDES)
OUTPUTS: Final[dict[str, Output]] = {each.name: each for each in _ALL}
