"""A provider's colour as shades that can be read, in light and in dark, whatever the colour is."""

from __future__ import annotations

import colorsys

ENOUGH = 4.6  # WCAG 2.2, 1.4.3 asks 4.5 for text; the rest is for rounding

# What text stands on, in light and in dark: the page, a panel, a card, and behind good and bad news.
LIGHT = {"page": "#fdfcfa", "panel": "#f4f1eb", "card": "#ffffff", "good-ground": "#e6f2e8", "bad-ground": "#fbeae5"}
DARK = {"page": "#15181a", "panel": "#20262a", "card": "#1b2023", "good-ground": "#1c3125", "bad-ground": "#3a2420"}
# A ground in the provider's own hue: (lightness, most saturation), each 0 to 1.
TINTS = {"light": (0.945, 0.45), "dark": (0.15, 0.3)}


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, *grounds: str) -> str:
    """The shade nearest to `colour` that can be read on each of `grounds`; its hue stays."""
    hue, light, saturation = _hls(colour)
    darken = luminance(grounds[0]) > 0.18
    steps = 100
    for step in range(steps + 1):
        shade = light * (1 - step / steps) if darken else light + (1 - light) * step / steps
        candidate = _hex(colorsys.hls_to_rgb(hue, shade, saturation))
        if all(contrast(candidate, ground) >= ENOUGH for ground in grounds):
            return candidate
    return "#000000" if darken else "#ffffff"


def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)))


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def brand_css(colour: str) -> str:
    """Custom properties for one provider's colour; `--brand` carries white text in light, black in dark."""
    light = _properties(LIGHT, colour, tint(colour, *TINTS["light"]), on="#ffffff")
    dark = _properties(DARK, colour, tint(colour, *TINTS["dark"]), on="#000000")
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def tint(colour: str, light: float, most: float) -> str:
    """A ground in the hue of `colour`, of this lightness and at most this saturation."""
    hue, _, saturation = _hls(colour)
    return _hex(colorsys.hls_to_rgb(hue, light, min(saturation, most)))


def _properties(grounds: dict[str, str], colour: str, tinted: str, on: str) -> str:
    grounds = {**grounds, "tint": tinted}
    shades = {**grounds, "brand": readable(colour, *grounds.values()), "on-brand": on}
    return ";".join(f"--{name}:{shade}" for name, shade in shades.items())
