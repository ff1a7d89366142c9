"""Playing a package in a browser, on a platform of ours: what it does, and what it does to those who take it.

    played = play_file(Path("course.zip"), patience=60)
    played.findings, played.timeline, played.reached

| file | what it knows |
| --- | --- |
| `play.py` | the visits: opened and closed, a lost tab, on to the end, looked at only, saves that fail, other parts |
| `platform.py`, `scorm.py`, `store.py`, `platforms.py` | what a platform is asked; each of them; which plays what |
| `learner.py`, `guide.ts` | what a learner presses: ours by every right answer, others patiently |
| `watch.py` | what a page does besides: mistakes, requests, message boxes, windows |
| `barriers.py` | what axe-core finds on the screens |
| `browser.py` | the browser: found, shut in, ended in time |
| `diary.py`, `played.py`, `page.py` | what happens, within bounds; what it came to; that as a page |

It needs Playwright, which `pip install 'scormpack[play]'` brings; nothing else of scormpack imports this.
"""

from __future__ import annotations

from scormpack.inspect.play.browser import NoBrowserError as NoBrowserError
from scormpack.inspect.play.browser import chromium as chromium
from scormpack.inspect.play.page import as_html as as_html
from scormpack.inspect.play.play import PATIENCE as PATIENCE
from scormpack.inspect.play.play import play as play
from scormpack.inspect.play.play import play_file as play_file
from scormpack.inspect.play.played import Moment as Moment
from scormpack.inspect.play.played import Picture as Picture
from scormpack.inspect.play.played import Played as Played
from scormpack.inspect.play.played import Reached as Reached
