"""Reading, judging and comparing finished packages, whoever made them.

| file | what it does |
| --- | --- |
| `about.py` | what a package says of itself, for people and for what platforms make of it |
| `foresee.py` | what a platform will make of a package |
| `kinds.py` | which standards a package follows, and whether we made it |
| `many.py` | where packages are, and a verdict on each |
| `meanings.py` | what the codes of findings mean, at little cost |
| `verdict.py` | everything that is found in one package |
| `opening.py` | what a package asks to be opened, and what its platform has to tell it |
| `shape.py`, `values.py` | what progress in a course of ours hangs on |
| `judgement.py`, `both.py` | what becomes of progress where one shape takes the place of another |
| `comparing/` | two packages held against each other |
"""

from __future__ import annotations

from scormpack.inspect.kinds import is_ours as is_ours
from scormpack.inspect.kinds import kinds_of as kinds_of
from scormpack.inspect.verdict import Verdict as Verdict
from scormpack.inspect.verdict import inspect as inspect
