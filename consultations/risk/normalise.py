"""One spelling for many: text as people type it, reduced to what it sounds like.

Distress is written fast, on a phone, without accents, with k for qu, with digits for letters, with no
spaces, or disguised on purpose. Rules and text pass through the same folding, so a rule written in
school Spanish meets all of these. Everything here is linear in the length of the text and accepts any str.
"""

import re
import unicodedata
from collections.abc import Collection

# Letters that look the same in other alphabets, and signs used as letters.
_LOOKALIKES = str.maketrans("аеорсухіѕјԁɡτκνοаıøłß", "aeopcyxisjdgtkvoaiols")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff'’`´]+"
)
# Arabic presentation forms become a space: one of them unfolds into eighteen letters.
_UNFOLDING = re.compile("[¿¡\ufb50-\ufdff\ufe70-\ufefc]+")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_COMBINING = re.compile("[\u0300-\u036f]+")
_SPACES = re.compile(r"[^\S\n]+")

_LEET = re.compile(r"(?<![a-z0-9@$*])[a-z@$*]*[0-9@$*][a-z0-9@$*]*")
_LEET_LETTERS = str.maketrans("013457@$", "oieastas", "*")
_SPELT_OUT = re.compile(r"(?<![a-z])(?:[a-z][ ._*-]){3,}[a-z](?![a-z])")
_NOT_LETTER = re.compile(r"[^a-z]+")

# Order matters: each step assumes the ones before it. "C" stands for the sound of ch. Plain replacements,
# because they are many times faster than regular expressions over a long text.
_SOUNDS = (
    ("sh", "C"), ("ch", "C"), ("h", ""),
    ("que", "ke"), ("qui", "ki"), ("quy", "ki"), ("q", "k"),
    ("ce", "se"), ("ci", "si"), ("cy", "si"), ("z", "s"), ("c", "k"),
    ("v", "b"), ("ll", "i"), ("y", "i"),
    ("ge", "je"), ("gi", "ji"), ("mb", "nb"), ("mp", "np"),
)  # fmt: skip
_X_IN_WORD = re.compile("(?<=[a-zC])x|x(?=[a-zC])")
_DROPPED_D = re.compile("ao(s?)(?![a-zC])")
_TRAILING_OFF = re.compile(r"\.\.+")
_STOP = re.compile(r"[!?.;]|\n[ \n]*\n")
_PAUSE = re.compile(r"[^a-z0-9. ]+")

# Only these make it worth taking a word apart; ordinary long words hold others by chance.
_GLUED = re.compile("morir|matar|bibir|suisid|desapareser|aguanto|puedo|doimas|kierom|(?<!sobre)muert")

_ALIASES = {
    "k": "ke", "d": "de", "x": "por", "m": "me", "t": "te", "sk": "porke", "pk": "porke", "pke": "porke",
    "ske": "eske", "toi": "estoi", "tas": "estas", "ta": "esta", "tamos": "estamos", "pa": "para",
    "ueno": "bueno", "weno": "bueno", "bn": "bien", "mim": "mi", "tbn": "tanbien", "tb": "tanbien",
    "na": "nada", "kisas": "kisa", "sinko": "5", "kms": "matarme", "nel": "no",
}  # fmt: skip


def plain(text: str) -> str:
    """Return `text` in lower-case ASCII: no accents, invisible signs, look-alikes or digits as letters."""
    text = _UNFOLDING.sub(" ", _INVISIBLE.sub("", text))
    text = _COMBINING.sub("", unicodedata.normalize("NFKD", text)).lower()
    text = _NOT_ASCII.sub(lambda match: match.group().translate(_LOOKALIKES), text)
    text = _SPACES.sub(" ", text)
    return _LEET.sub(_from_leet, text)


def fold(word: str) -> str:
    """Reduce lower-case ASCII (a word or a whole text) to its sounds."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    word = _X_IN_WORD.sub("s", word)
    for letter in "abcdefghijklmnopqrstuvwxyzC":
        while letter * 2 in word:
            word = word.replace(letter * 2, letter)
    return _DROPPED_D.sub("ado\\1", word)


def sentences(text: str, vocabulary: Collection[str] = ()) -> list[str]:
    """Split `text` into folded sentences: words with one space after each, pauses as "," of their own.

    Words glued together are taken apart when all the parts are in `vocabulary` (folded words).
    """
    text = _SPELT_OUT.sub(lambda match: _NOT_LETTER.sub("", match.group()), plain(text))
    text = _STOP.sub(" . ", _TRAILING_OFF.sub(" , ", text))
    text = fold(_PAUSE.sub(" , ", text))
    reader = _Reader(vocabulary)
    return [reader.sentence(part) for part in text.split(".") if not part.isspace()]


class _Reader:
    """Reads folded words one by one, and remembers how it read each."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        self._vocabulary = vocabulary
        self._read = dict(_ALIASES)

    def sentence(self, part: str) -> str:
        words = part.split()
        for word in words:
            if word not in self._read:
                self._read[word] = self._word(word)
        # A split that hides the word from filters.
        return " ".join([self._read[word] for word in words]).replace("sui sid", "suisid") + " "

    def _word(self, word: str) -> str:
        if len(word) > 7 and self._vocabulary and word not in self._vocabulary and _GLUED.search(word):
            return unglue(word, self._vocabulary)
        return word


def unglue(word: str, vocabulary: Collection[str]) -> str:
    """Put spaces back into `word` if it is wholly made of `vocabulary`; otherwise return it as it is."""
    word = word[:2000]  # nobody writes on without a space for longer; it bounds the work
    starts: dict[int, int] = {0: 0}  # end of a readable prefix -> where its last word begins
    for end in range(1, len(word) + 1):
        for begin in range(max(0, end - 13), end):
            if begin in starts and word[begin:end] in vocabulary:
                starts[end] = begin
                break
    if len(word) not in starts:
        return word
    parts, end = [], len(word)
    while end:
        parts.append(word[starts[end] : end])
        end = starts[end]
    return " ".join(reversed(parts))


def _from_leet(match: re.Match[str]) -> str:
    token = match.group()
    if any(letter.isalpha() for letter in token):
        return token.translate(_LEET_LETTERS)
    return token.replace("@", " ").replace("$", " ").replace("*", " ")
