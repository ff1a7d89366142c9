"""Reading, judging and comparing finished packages, whoever made them.

| file | what it does |
| --- | --- |
| `kinds.py` | which standards a package follows, and whether we made it |
| `verdict.py` | everything that is found in one package |
| `opening.py` | what a package asks to be opened, and what its platform has to tell it |
| `shape.py`, `values.py` | what progress in a course of ours hangs on |
| `judgement.py` | what becomes of progress where one shape takes the place of another |
"""

from __future__ import annotations

from scormpack.inspect.kinds import is_ours as is_ours
from scormpack.inspect.kinds import kinds_of as kinds_of
from scormpack.inspect.verdict import Verdict as Verdict
from scormpack.inspect.verdict import inspect as inspect
