"""Colour arithmetic on ``#RRGGBB`` strings: contrast after WCAG 2.1, mixing, and making a colour readable on a background."""

from __future__ import annotations

from functools import lru_cache

READABLE = 4.5


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    mixed = (round(a + (b - a) * share) for a, b in zip(channels(colour), channels(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


@lru_cache(maxsize=1024)
def readable(colour: str, background: str, *, ratio: float = READABLE) -> str:
    """`colour`, moved towards white or black just as far as text of it on `background` needs."""
    towards = "#FFFFFF" if luminance(background) < 0.18 else "#000000"
    for step in range(21):
        tried = mix(colour, towards, step / 20)
        if contrast(tried, background) >= ratio:
            return tried
    return towards


@lru_cache(maxsize=1024)
def ink_on(background: str) -> str:
    """Black or white, whichever reads better on `background`."""
    # Pure black: with a lighter one there are backgrounds on which neither reaches READABLE.
    return "#FFFFFF" if contrast("#FFFFFF", background) >= contrast("#000000", background) else "#000000"
