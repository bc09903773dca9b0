"""A small language for phrases, so that rules can be read aloud.

    quiero (morir|morirme)     words, in school Spanish; `|` between alternatives
    me [lo] quit* la vida      `[...]` may be missing; `*` is any ending
    carta ~3 despedida         up to three words in between
    no puedo mas $             `$` is the end of a clause: a pause, or the end of the sentence
    me va a matar !(de risa)   `!(...)` must not follow
    <quiero> morir             `<name>` is put in from `lexicon/pieces.txt`

A phrase becomes one regular expression over folded text (`normalise.sentences`). Gaps are bounded, so the
time is linear. A phrase also knows its anchors: words one of which every match contains. A text is only
tried against the phrases whose anchors it holds.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from consultations.risk.normalise import fold, plain

_PART = re.compile(r"!\(|~\d+|[()\[\]|$]|[^\s()\[\]|$!~<>]+")
_WORD = "(?:, )?{} "
_GAP = "(?:(?:, )?[a-zC0-9]+ ){{0,{}}}?"
# Too frequent to tell anything: a phrase is never anchored on these when it has a better word.
_COMMON = frozenset(
    fold(word)
    for word in """
    a al algo alguien asi aqui como con cuando de del donde e el ella ellos en era eres es esa ese eso esta
    estaba estan estar estas este esto estoy fue ha han hasta hay he hoy la las le les lo los mas me mi mis
    mucho muy nada ni no nos o otra otro para pero por porque que se si sin solo son soy su sus tan te tengo
    tiene todo todos tu un una va ver voy y ya yo quiero quiere siento hace hacer dia dias cada desde ser
    puedo puede dice dijo casa vez ahora siempre nadie cosas
    """.split()  # noqa: SIM905 - a list of one word a line would be longer than the module
)

_Anchors = frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A parsed phrase, its anchors (folded; a trailing `*` marks a beginning) and its plain words."""

    pattern: str
    anchors: frozenset[str]
    words: frozenset[str]

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first needed: compiling all of them at once takes a second."""
        return _compiled(self.pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def compile_phrase(source: str, find_piece: Callable[[str], str]) -> Phrase:
    """Parse `source`; `find_piece` returns the part it calls by name. Raises ValueError on a bad phrase."""
    parser = _Parser(_PART.findall(_expand(source, find_piece)))
    regex, anchors = parser.alternatives()
    if parser.parts or not anchors:
        raise ValueError(f"Bad phrase: {source}")
    return Phrase("(?<![^ ])" + regex, anchors, frozenset(parser.words))


def _expand(source: str, find_piece: Callable[[str], str]) -> str:
    while "<" in source:
        source = re.sub(r"<(\w+)>", lambda match: f"({find_piece(match.group(1))})", source)
    return source


def _rarest(choices: Iterable[_Anchors]) -> _Anchors:
    """The choice with the fewest frequent words, then the fewest words."""
    return min(
        (choice for choice in choices if choice),
        key=lambda choice: (len(choice & _COMMON), len(choice)),
        default=frozenset(),
    )


class _Parser:
    """Recursive descent over the parts of one phrase; each step returns a regex and its anchors."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self.words: set[str] = set()

    def alternatives(self) -> tuple[str, _Anchors]:
        branches = [self.sequence()]
        while self.parts and self.parts[0] == "|":
            self.parts.pop(0)
            branches.append(self.sequence())
        anchors = [anchor for _, anchor in branches]
        joined = frozenset().union(*anchors) if all(anchors) else frozenset()
        return "(?:" + "|".join(regex for regex, _ in branches) + ")", joined

    def sequence(self) -> tuple[str, _Anchors]:
        regexes, anchors = [], []
        while self.parts and self.parts[0] not in ")]|":
            regex, anchor = self.element(self.parts.pop(0))
            regexes.append(regex)
            anchors.append(anchor)
        return "".join(regexes), _rarest(anchors)

    def element(self, part: str) -> tuple[str, _Anchors]:
        if part in ("(", "[", "!("):
            regex, anchors = self.alternatives()
            self.parts.pop(0)
            if part == "(":
                return regex, anchors
            return (f"{regex}?" if part == "[" else f"(?!{regex})"), frozenset()
        if part[0] == "~":
            return _GAP.format(part[1:]), frozenset()
        if part == "$":
            return "(?=,|$)", frozenset()
        return self.word(part)

    def word(self, part: str) -> tuple[str, _Anchors]:
        if part == "#":
            return _WORD.format("[0-9]+"), frozenset()
        stem = part.endswith("*")
        word = fold(plain(part.rstrip("*")))
        if stem:
            return _WORD.format(word + "[a-zC]*"), frozenset({word + "*"})
        self.words.add(word)
        return _WORD.format(word), frozenset({word})
