"""A preview that is a learning platform: the course while it is written, and what a platform would record of it.

    with Preview(Workshop(folder, day), day) as preview:
        print(preview.address())
        ...

| room | what it knows |
| --- | --- |
| `workshop.py`, `stranger.py` | what can be shown: a library, where only what changes is made again, or a zip |
| `stage.py`, `playing.py` | what is played, for whom, and how it is kept up to date; `shelf.py` keeps progress |
| `runs/` | the platforms that play a package, and what they record; `trouble.py` what goes wrong on purpose |
| `desk.py`, `guard.py` | what the preview's page asks for, and who may ask |
| `page/` | that page (TypeScript); `as_if.py` shows the course as on another learner's device |
| `review.py` | comments of reviewers, kept beside the text that they speak of |
"""

from scormpack.preview.preview import Preview

__all__ = ["Preview"]
