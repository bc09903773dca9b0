"""Text as it is read: one spelling for look-alikes, with the way back to the original's offsets.

Zero-width characters vanish, full-width and Arabic digits become plain ones, HTML entities are resolved,
inline tags vanish, Cyrillic and Greek look-alikes become Latin. Linear in the length of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# Text in which there is nothing to resolve: most of what people write.
_PLAIN = re.compile("[\t\n\r -%'-;=-~¡-¬®-ÿ‘’“”–—…€•´🙂-🙏]*")
_MARKUP = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});|</?(?:b|i|em|strong|u|span|p|br|div|li|ul|ol|h[1-6])\s?/?>",
    re.IGNORECASE,
)
_BREAKING = re.compile("</?(?:p|br|div|li|ul|ol|h)", re.IGNORECASE)
_INVISIBLE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0") | {
    chr(code)
    for first, last in (
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0xFE00, 0xFE0F),
    )
    for code in range(first, last + 1)
}
_KEPT = frozenset("ºª²³¹…´¨¸½¼¾")  # compatibility characters that Spanish uses as they are
_LOOKALIKES = dict(
    zip("аеорсухіѕјԁɡАЕОРСУХІЅЈВНКМТαορνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧı", "aeopcyxisjdgAEOPCYXISJBHKMTaopvikABEZHIKMNOPTYXi",
        strict=True)
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """`text` is what the detectors read; `span` leads back to the original."""

    original: str
    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    @classmethod
    def of(cls, original: str) -> Reading:
        """Read `original`, which may be any str."""
        if _PLAIN.fullmatch(original):
            return cls(original, original)
        letters: list[str] = []
        starts, ends = array("L"), array("L")
        for start, end, read in _units(original):
            if letters and len(read) == 1 and unicodedata.combining(read):
                # An accent written as a character of its own belongs to the letter before it.
                letters[-1] = _composed(letters[-1], read)
                ends[-1] = end
                continue
            for letter in read:
                letters.append(letter)
                starts.append(start)
                ends.append(end)
        return cls(original, "".join(letters), starts, ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that was read as `text[start:end]`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def position(self, original: int) -> int:
        """Return where in `text` the original's offset was read."""
        return original if self.starts is None else bisect_left(self.starts, original)

    @cached_property
    def lower(self) -> str:
        """The text in lower case, letter by letter, so that offsets stay the same."""
        lowered = self.text.lower()
        if len(lowered) == len(self.text):
            return lowered
        return "".join(low if len(low := letter.lower()) == 1 else letter for letter in self.text)


def _units(original: str) -> Iterator[tuple[int, int, str]]:
    """Yield stretches of the original and what each is read as; empty for nothing."""
    position = 0
    for match in _MARKUP.finditer(original):
        yield from _characters(original, position, match.start())
        read = _markup(match.group())
        if read:
            yield match.start(), match.end(), read
        position = match.end()
    yield from _characters(original, position, len(original))


def _markup(found: str) -> str:
    if found.startswith("<"):
        return "\n" if _BREAKING.match(found) else ""
    resolved = html.unescape(found)
    return "".join(_read(letter) for letter in resolved) if resolved != found else found


def _characters(original: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for position in range(start, end):
        character = original[position]
        read = character if character < "\x7f" else _read(character)
        if read:
            yield position, position + 1, read


def _read(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    if character in _KEPT:
        return character
    if character in _LOOKALIKES:
        return _LOOKALIKES[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) <= 4 else character


def _composed(letter: str, accent: str) -> str:
    composed = unicodedata.normalize("NFC", letter + accent)
    return composed if len(composed) == 1 else letter
