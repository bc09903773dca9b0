"""What takes the danger out of words: denial, a past that is over, fiction, hyperbole, a way out in sight.

Each doubt is settled for danger: an exception only holds when the words for it are there. The words are in
`lexicon/circumstances.txt`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from typing import Final

from consultations.risk.rules import Reason, Rule, Unless, compiled, piece

NEAR = 240  # letters before and after a match within which a past must be told, and told to be over
CLAUSE = 80  # letters of a clause that never takes a breath
BURST = 25  # letters of the next clause: "me quiero morir, jajaja"
SOMETHING = 3  # words besides the match and its fillers; fewer give nothing to laugh at
MOST_PLACES = 20  # a sentence said more often than this is excused by no past


def _regex(name: str, *, at_end: bool = False) -> re.Pattern[str]:
    """The named circumstance; `at_end` when it must lead right up to the match."""
    regex = compiled(piece("circumstances.txt", name)).regex
    return re.compile(regex.pattern + "(?:, )?$") if at_end else regex


_DENIAL = _regex("denial", at_end=True)
_NOT_DENIAL = _regex("not_denial")
_TAKEN_BACK = _regex("taken_back")
_TOLD_NO = _regex("told_no")
_LONG_AGO = _regex("long_ago")
_STILL_SO = _regex("still_so", at_end=True)
_GOES_ON = _regex("goes_on")
_RESOLVED = _regex("resolved")
_GROWN_UP = _regex("grown_up")
_AS_A_CHILD = _regex("as_a_child")
_SAFE_FROM_THEM = _regex("safe_from_them")
_NOT_SO = _regex("not_so", at_end=True)
_RELAPSE = _regex("relapse")
_NOW = _regex("now")
_THEN = _regex("then")
_PAST_ENDING = re.compile("(?:^| )[a-z]+(?:aba|aban|abas|abamos|ia|ian|iamos|io|ieron|aron) ")
_FICTION = _regex("fiction")
_QUOTING = _regex("quoting", at_end=True)
_TELLING = _regex("telling")
_OWN_WORDS = re.compile("(?:^| )(me|mi|mis|io|kiero|boi|tengo|pienso|estoi) |rme |rnos ")
_HYPERBOLE_AFTER = _regex("hyperbole_after")
_LAUGHTER = _regex("laughter")
_FRAME = _regex("frame")
_SERIOUS = _regex("serious")
_SORROW = _regex("sorrow")
_FILLER = _regex("filler")
_AFRAID = _regex("afraid")
_DYING = re.compile("morir(me|se)? $|muerte $")
_SCOLDER = _regex("scolder", at_end=True)
_SCOLDING = re.compile("me (ba a mata|mata|iba a mata|kiere (mata|aorka))")
_WAY_OUT = _regex("way_out")


class Surroundings:
    """The whole text, asked only when a rule has matched; every answer is worked out once.

    Only what takes an excuse back is looked for in the whole text; what excuses must stand near the match, or
    an ordinary word pages away would silence a plain one.
    """

    def __init__(self, parts: Sequence[str]) -> None:
        self.parts = tuple(dict.fromkeys(parts))
        self._text = parts
        self._anywhere: Final = cache(self._search)

    def excuse(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        """Say whether something around `match` takes the danger out of it, as far as `rule` allows."""
        return any(_EXCUSES[reason](self, rule, sentence, match) for reason in rule.unless)

    def _search(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(sentence) for sentence in self.parts)

    @cached_property
    def _neighbours(self) -> dict[str, set[tuple[str, str]]]:
        """For each part, what stands before and after it, wherever the text has it."""
        found: dict[str, set[tuple[str, str]]] = {}
        for place, part in enumerate(self._text):
            before = self._text[place - 1] if place else ""
            after = "".join(self._text[place + 1 : place + 3])
            found.setdefault(part, set()).add((before[-NEAR:], after[:NEAR]))
        return found

    def _told(self, sentence: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
        """Up to the sentence's end, with the next one if it goes on with that story; and what follows.

        For each of the places where the text has this sentence.
        """
        before, after = sentence[: match.start()], sentence[match.start() :]
        reach = match.end() - match.start() + NEAR
        for previous, following in self._neighbours[sentence]:
            told = (previous + before)[-NEAR:] + after[:reach]
            following = following[: max(0, reach - len(after))]
            yield (told + following, "") if _GOES_ON.match(following) else (told, following)

    def _nearby(self, sentence: str, match: re.Match[str]) -> Iterator[str]:
        return (told + following for told, following in self._told(sentence, match))

    def denied(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        before = sentence[max(0, match.start() - 90) : match.start()]
        if "pregunt" in before and _TOLD_NO.search(sentence):
            return True
        if match.group().startswith(",") or not _DENIAL.search(before) or _NOT_DENIAL.search(before[-30:]):
            return False
        return not _TAKEN_BACK.search(sentence, match.end())

    def past(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        nearby = sentence[max(0, match.start() - 40) : match.end()]
        if _NOW.search(match.group()) or not (_THEN.search(nearby) or _PAST_ENDING.search(nearby)):
            return False
        if len(self._neighbours[sentence]) > MOST_PLACES or self._anywhere(_RELAPSE):
            return False
        return all(
            _says(_LONG_AGO, told, unless=_STILL_SO) and _is_over(rule, told + following)
            for told, following in self._told(sentence, match)
        )

    def fiction(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        before = sentence[: match.start()]
        if not _FICTION.search(sentence):
            return False
        # A film may tell of others' deaths; what the writer wants is theirs unless it is being quoted.
        return bool((_QUOTING if _OWN_WORDS.search(match.group()) else _TELLING).search(before))

    def hyperbole(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        if self._anywhere(_SERIOUS):
            return False
        return bool(_HYPERBOLE_AFTER.match(sentence, match.end())) or self._laughed_at(sentence, match)

    def _laughed_at(self, sentence: str, match: re.Match[str]) -> bool:
        """Laughter in the clause or right after it, with something to laugh at and nobody in tears."""
        before, after = sentence[: match.start()].split(","), sentence[match.end() :].split(",")
        lead = before[-1][-CLAUSE:]
        follow = after[0][:CLAUSE] + "," + "".join(after[1:2])[:BURST]
        clause = lead + match.group() + follow
        framed = "".join(before[-2:])[-CLAUSE:] + match.group() + follow
        if not (_LAUGHTER.search(clause) or _FRAME.search(framed)):
            return False
        rest = _LAUGHTER.sub("", sentence[: match.start()] + ", " + sentence[match.end() :])
        if len(_FILLER.sub("", rest).replace(",", "").split()) < SOMETHING:
            return False
        return not any(_SORROW.search(around) for around in self._nearby(sentence, match))

    def fear(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        nearby = sentence[max(0, match.start() - 40) : match.end()]
        return bool(_DYING.search(match.group()) and _AFRAID.search(nearby) and "ganas" not in nearby)

    def scolding(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        return bool(_SCOLDING.search(match.group()) and _SCOLDER.search(sentence[: match.start()]))

    def way_out(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        return all(_WAY_OUT.search(around) for around in self._nearby(sentence, match))


def _is_over(rule: Rule, told: str) -> bool:
    if _says(_RESOLVED, told, unless=_NOT_SO):
        return True
    if rule.reason == Reason.VIOLENCE and _says(_SAFE_FROM_THEM, told, unless=_NOT_SO):
        return True
    return bool(_GROWN_UP.search(told) and _AS_A_CHILD.search(told))


def _says(pattern: re.Pattern[str], text: str, *, unless: re.Pattern[str]) -> bool:
    """Whether `text` has `pattern` somewhere where `unless` does not lead up to it."""
    return any(not unless.search(text[: found.start()][-40:]) for found in pattern.finditer(text))


_EXCUSES: dict[Unless, Callable[[Surroundings, Rule, str, re.Match[str]], bool]] = {
    Unless.DENIED: Surroundings.denied,
    Unless.PAST: Surroundings.past,
    Unless.FICTION: Surroundings.fiction,
    Unless.HYPERBOLE: Surroundings.hyperbole,
    Unless.FEAR: Surroundings.fear,
    Unless.SCOLDING: Surroundings.scolding,
    Unless.WAY_OUT: Surroundings.way_out,
}
