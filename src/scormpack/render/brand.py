"""A provider's colour as shades that can be read, in light and in dark, whatever the colour is."""

from __future__ import annotations

import colorsys
from functools import lru_cache

ENOUGH = 4.6  # WCAG 2.2, 1.4.3 asks 4.5 for text; the rest is for rounding

# What text stands on, in light and in dark: the page, a panel, a card, a story, and behind good and bad news.
LIGHT = {
    "page": "#fbfaf6",
    "panel": "#f4f1ea",
    "card": "#ffffff",
    "sand": "#f5eee1",
    "good-ground": "#e4f2e7",
    "bad-ground": "#fbeee4",
}
DARK = {
    "page": "#121613",
    "panel": "#1f2521",
    "card": "#1c221e",
    "sand": "#211d16",
    "good-ground": "#173022",
    "bad-ground": "#38241a",
}
# Shades in the provider's own hue, as (lightness, most saturation), each 0 to 1: the ground of a question, a stronger
# one for what is chosen, a middle for what is only drawn, and a deep one for headings on a ground.
SHADES = {
    "light": {"tint": (0.945, 0.28), "chosen": (0.88, 0.28), "mid": (0.63, 0.24), "deep": (0.2, 0.42)},
    "dark": {"tint": (0.12, 0.24), "chosen": (0.185, 0.24), "mid": (0.46, 0.24), "deep": (0.87, 0.36)},
}
GLARING = 0.38  # a saturation above which light words on a dark ground seem to shimmer


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    return _ratio(luminance(one), luminance(other))


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def readable(colour: str, *grounds: str) -> str:
    """The shade nearest to `colour` that can be read on each of `grounds`; its hue stays."""
    hue, light, saturation = _hls(colour)
    behind = [luminance(ground) for ground in grounds]
    darken = behind[0] > 0.18
    steps = 100
    for step in range(steps + 1):
        shade = light * (1 - step / steps) if darken else light + (1 - light) * step / steps
        candidate = _hex(colorsys.hls_to_rgb(hue, shade, saturation))
        before = luminance(candidate)
        if all(_ratio(before, each) >= ENOUGH for each in behind):
            return candidate
    return "#000000" if darken else "#ffffff"


def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)))


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


@lru_cache(maxsize=1024)
def brand_css(colour: str) -> str:
    """Custom properties for one provider's colour; `--brand` carries white text in light, black in dark."""
    light = _properties(LIGHT, colour, SHADES["light"], on="#ffffff")
    dark = _properties(DARK, _calmed(colour), SHADES["dark"], on="#000000")
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def shade(colour: str, light: float, most: float) -> str:
    """A shade in the hue of `colour`, of this lightness and at most this saturation."""
    hue, _, saturation = _hls(colour)
    return _hex(colorsys.hls_to_rgb(hue, light, min(saturation, most)))


def _calmed(colour: str) -> str:
    return shade(colour, _hls(colour)[1], GLARING)


def _properties(grounds: dict[str, str], colour: str, shades: dict[str, tuple[float, float]], on: str) -> str:
    own = {name: shade(colour, *how) for name, how in shades.items()}
    brand = readable(colour, *grounds.values(), own["tint"], own["chosen"])
    every = {**grounds, **own, "brand": brand, "on-brand": on}
    return ";".join(f"--{name}:{value}" for name, value in every.items())
