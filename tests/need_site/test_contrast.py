"""The colours of tokens.css, by the formula of WCAG 2.2 (relative luminance and contrast ratio)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "need_site/static/css/tokens.css"
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
AA, AAA, EDGE = 4.5, 7.0, 3.0

PAIRS = [
    ("ink", "paper", AAA),
    ("ink", "paper-deep", AAA),
    ("ink", "paper-bright", AAA),
    ("ink", "accent-wash", AAA),
    ("ink", "clay-wash", AAA),
    ("ink", "ochre-wash", AAA),
    ("ink-soft", "paper", AA),
    ("ink-soft", "paper-deep", AA),
    ("ink-soft", "accent-wash", AA),
    ("ink-soft", "clay-wash", AA),
    ("accent", "paper", AA),
    ("accent", "paper-deep", AA),
    ("accent", "accent-wash", AA),
    ("accent-strong", "accent-wash", AA),
    ("on-accent", "accent", AA),
    ("on-accent", "accent-strong", AA),
    ("clay", "paper", AA),
    ("clay", "paper-deep", AA),
    ("clay", "clay-wash", AA),
    ("clay", "accent-wash", AA),
    ("ochre", "ochre-wash", AA),
    ("edge", "paper", EDGE),
    ("edge", "paper-deep", EDGE),
    ("edge", "paper-bright", EDGE),
    ("edge", "accent-wash", EDGE),
    ("focus", "paper", EDGE),
    ("focus", "paper-deep", EDGE),
    ("focus", "accent-wash", EDGE),
]


def themes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    return {"light": dict(COLOUR.findall(light)), "dark": dict(COLOUR.findall(dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colour_pair_is_legible(theme: str, front: str, back: str, least: float) -> None:
    colours = themes()[theme]
    assert contrast(colours[front], colours[back]) >= least


def test_dark_theme_sets_every_colour_of_the_light_one() -> None:
    assert themes()["dark"].keys() == themes()["light"].keys()
