"""What has become of a package: two versions of it held against each other.

| file | what it does |
| --- | --- |
| `course.py`, `words.py` | a course of ours as its page has it: what progress hangs on, and every line that it says |
| `outline.py` | what a package of any maker tells a platform |
| `files.py` | which files are other ones, and what a package weighs |
| `answers.py` | what becomes of attempts on each platform that is known |
| `compare.py` | all of that together |
"""

from __future__ import annotations

from scormpack.inspect.comparing.compare import Comparison as Comparison
from scormpack.inspect.comparing.compare import Result as Result
from scormpack.inspect.comparing.compare import Side as Side
from scormpack.inspect.comparing.compare import compare as compare
