"""A small language for phrases, so that rules can be read aloud.

    quiero (morir|morirme)     words, in school Spanish; `|` between alternatives
    me [lo] quit* la vida      `[...]` may be missing; `*` is any ending
    carta ~3 despedida         up to three words in between
    no puedo mas $             `$` is the end of a clause: a pause, or the end of the sentence
    me va a matar !(de risa)   `!(...)` must not follow
    <quiero> morir             `<name>` is put in from a table of named pieces

A phrase becomes one regular expression over folded text (`normalise.sentences`). Gaps are bounded, so the
time is linear. A phrase also knows its anchors: words one of which every match contains. A text is only
tried against the phrases whose anchors it holds.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consultations.risk.normalise import fold, plain

_TOKEN = re.compile(r"!\(|~\d+|<\w+>|[()\[\]|$]|[^\s()\[\]|$!~<>]+")
_WORD = "(?:, )?{} "
_GAP = "(?:(?:, )?[a-zC0-9]+ ){{0,{}}}?"
# Too frequent to tell anything: a phrase is never anchored on these when it has a better word.
_COMMON = frozenset(
    map(
        fold,
        ["a", "al", "algo", "alguien", "asi", "aqui", "como", "con", "cuando", "de", "del", "donde", "e", "el", "ella", "ellos", "en", "era", "eres", "es", "esa", "ese", "eso", "esta", "estaba", "estan", "estar", "estas", "este", "esto", "estoy", "fue", "ha", "han", "hasta", "hay", "he", "hoy", "la", "las", "le", "les", "lo", "los", "mas", "me", "mi", "mis", "mucho", "muy", "nada", "ni", "no", "nos", "o", "otra", "otro", "para", "pero", "por", "porque", "que", "se", "si", "sin", "solo", "son", "soy", "su", "sus", "tan", "te", "tengo", "tiene", "todo", "todos", "tu", "un", "una", "va", "ver", "voy", "y", "ya", "yo", "quiero", "quiere", "siento", "hace", "hacer", "dia", "dias", "cada", "desde", "ser", "puedo", "puede", "dice", "dijo", "casa", "vez", "ahora", "siempre", "nadie", "cosas"],
    )
)

_Anchors = frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase, its anchors (folded; a trailing `*` marks a beginning) and its plain words."""

    regex: re.Pattern[str]
    anchors: frozenset[str]
    words: frozenset[str]


def compile_phrase(source: str, pieces: Mapping[str, str]) -> Phrase:
    """Compile `source`; `pieces` are the named parts it may use. Raises ValueError on a bad phrase."""
    parser = _Parser(_TOKEN.findall(_expand(source, pieces)))
    regex, anchors = parser.alternatives()
    if parser.tokens or not anchors:
        raise ValueError(f"Bad phrase: {source}")
    return Phrase(re.compile("(?<![^ ])" + regex), anchors, frozenset(parser.words))


def _expand(source: str, pieces: Mapping[str, str]) -> str:
    while "<" in source:
        source = re.sub(r"<(\w+)>", lambda match: f"({pieces[match.group(1)]})", source)
    return source


def _rarest(choices: Iterable[_Anchors]) -> _Anchors:
    """The choice with the fewest frequent words, then the fewest words."""
    return min(
        (choice for choice in choices if choice),
        key=lambda choice: (len(choice & _COMMON), len(choice)),
        default=frozenset(),
    )


class _Parser:
    """Recursive descent over the tokens of one phrase; each step returns a regex and its anchors."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.words: set[str] = set()

    def alternatives(self) -> tuple[str, _Anchors]:
        branches = [self.sequence()]
        while self.tokens and self.tokens[0] == "|":
            self.tokens.pop(0)
            branches.append(self.sequence())
        anchors = [anchor for _, anchor in branches]
        joined = frozenset().union(*anchors) if all(anchors) else frozenset()
        return "(?:" + "|".join(regex for regex, _ in branches) + ")", joined

    def sequence(self) -> tuple[str, _Anchors]:
        regexes, anchors = [], []
        while self.tokens and self.tokens[0] not in ")]|":
            regex, anchor = self.element(self.tokens.pop(0))
            regexes.append(regex)
            anchors.append(anchor)
        return "".join(regexes), _rarest(anchors)

    def element(self, token: str) -> tuple[str, _Anchors]:
        if token in ("(", "[", "!("):
            regex, anchors = self.alternatives()
            self.tokens.pop(0)
            if token == "(":
                return regex, anchors
            return (f"{regex}?" if token == "[" else f"(?!{regex})"), frozenset()
        if token[0] == "~":
            return _GAP.format(token[1:]), frozenset()
        if token == "$":
            return "(?=,|$)", frozenset()
        return self.word(token)

    def word(self, token: str) -> tuple[str, _Anchors]:
        if token == "#":
            return _WORD.format("[0-9]+"), frozenset()
        stem = token.endswith("*")
        word = fold(plain(token.rstrip("*")))
        if stem:
            return _WORD.format(word + "[a-zC]*"), frozenset({word + "*"})
        self.words.add(word)
        return _WORD.format(word), frozenset({word})
