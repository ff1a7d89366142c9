"""Slides for a group, with what to say to each: to be shown and changed in PowerPoint or LibreOffice."""

from __future__ import annotations

from typing import Final

from scormpack.cache import Cache, named, tool
from scormpack.course.model import Course
from scormpack.outputs.output import Made, Output, Sheet
from scormpack.outputs.slides.show import show_of
from scormpack.outputs.slides.write import written

_KIND: Final = "slides"


def _slides(course: Course, _: Sheet, cache: Cache) -> Made | None:
    show = show_of(course)
    if show is None:
        return None
    name = named(tool(), repr(show).encode())
    data = cache.get(_KIND, name)
    if data is None:
        data = written(show)
        cache.put(_KIND, name, data)
    return Made(data)


SLIDES: Final = Output("slides", "Slides with notes, for PowerPoint and LibreOffice", _slides, "pptx")
