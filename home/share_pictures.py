"""Draws the picture of a shared link: the title on paper, over the thread. Words in, a PNG out."""

from __future__ import annotations

import functools
import hashlib
import io
from dataclasses import astuple
from typing import Final

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from home.models.shared_page import ShareCard

SIZE: Final = (1200, 630)
# A part of the name: another number, other pictures.
STYLE: Final = 1
FOLDER: Final = "tarjetas"
# Those of css/tokens.css by day.
INK: Final = "#1c2a2e"
INK_SOFT: Final = "#4a585b"
ACCENT: Final = "#0f5c63"
LEFT: Final = 92
WIDTH: Final = SIZE[0] - 2 * LEFT
TITLE_SIZES: Final = (68, 58, 50)
TITLE_LINES: Final = 3
TEXT_SIZE: Final = 31
TEXT_LINES: Final = 2
# What the title and the sentence may take: below it the thread begins.
TOP, BOTTOM = 168, 452
# The fonts were cut to these; anything else would be a box.
DRAWN: Final = frozenset("".join(map(chr, range(0x20, 0x7F))) + "ÁÉÍÓÚÜÑáéíóúüñçãõ¿¡«»“”‘’–—…€·•°ºª×−½")
FALLBACK: Final = "Hay un hilo del que tirar, aunque hoy no lo veas"


def name_of(card: ShareCard) -> str:
    """Where the picture of these words is kept: the same words, the same name."""
    words = "\x1f".join([str(STYLE), *astuple(card)])
    return f"{FOLDER}/{hashlib.sha256(words.encode()).hexdigest()[:20]}.png"


def draw(card: ShareCard) -> bytes:
    """The picture as a PNG of 1200 by 630. Any words get one; what the fonts lack is left out."""
    picture = _background()
    pen = ImageDraw.Draw(picture)
    pen.text((LEFT, 72), "Need", font=_font("literata", 46, 600), fill=INK)
    if kind := _drawable(card.kind):
        font = _font("atkinson-hyperlegible-next", 28, 500)
        pen.text((SIZE[0] - LEFT, 90), kind, font=font, fill=ACCENT, anchor="ra")
    bottom = _draw_title(pen, _drawable(card.title) or FALLBACK)
    if text := _drawable(card.text):
        _draw_text(pen, text, bottom + 30)
    out = io.BytesIO()
    # Four colours and what lies between them: a palette makes it a quarter of the weight.
    picture.quantize(48, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_title(pen: ImageDraw.ImageDraw, title: str) -> int:
    """Write the title as large as it fits in three lines; give where it ends."""
    for size in TITLE_SIZES:
        font = _font("literata", size, 500)
        lines = _wrap(title, font)
        if len(lines) <= TITLE_LINES:
            break
    return _write(
        pen, _shortened(lines, TITLE_LINES, font), font, top=TOP, leading=round(size * 1.2), fill=INK
    )


def _draw_text(pen: ImageDraw.ImageDraw, text: str, top: int) -> None:
    """Write as much of the sentence as there is room for above the thread."""
    font, leading = _font("atkinson-hyperlegible-next", TEXT_SIZE, 400), round(TEXT_SIZE * 1.4)
    room = min(TEXT_LINES, (BOTTOM - top) // leading)
    if room > 0:
        lines = _shortened(_wrap(text, font), room, font)
        _write(pen, lines, font, top=top, leading=leading, fill=INK_SOFT)


def _write(
    pen: ImageDraw.ImageDraw,
    lines: list[str],
    font: ImageFont.FreeTypeFont,
    *,
    top: int,
    leading: int,
    fill: str,
) -> int:
    for number, line in enumerate(lines):
        pen.text((LEFT, top + number * leading), line, font=font, fill=fill)
    return top + len(lines) * leading


def _wrap(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """The text in lines that fit; a word wider than a line is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH:
            lines[-1] = longer
            continue
        while font.getlength(word) > WIDTH:
            fits = next(n for n in range(len(word), 0, -1) if font.getlength(word[:n]) <= WIDTH)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return [line for line in lines if line]


def _shortened(lines: list[str], most: int, font: ImageFont.FreeTypeFont) -> list[str]:
    """At most so many lines, the last one ending in "…" where something was left out."""
    if len(lines) <= most:
        return lines
    words = lines[most - 1].split()
    while len(words) > 1 and font.getlength(" ".join(words) + "…") > WIDTH:
        words.pop()
    return [*lines[: most - 1], " ".join(words).rstrip(" ,;:.") + "…"]


def _drawable(text: str) -> str:
    return " ".join("".join(each for each in text if each in DRAWN or each.isspace()).split())[:600]


@functools.cache
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """One of the site's own fonts: FreeType reads them as browsers do, variable and compressed."""
    font = ImageFont.truetype(_static_file(f"fonts/{name}.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


def _background() -> Image.Image:
    with Image.open(_static_file("img/share-background.png")) as picture:
        return picture.convert("RGB")


def _static_file(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return found
