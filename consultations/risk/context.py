"""What takes the danger out of words: denial, a past that is over, fiction, hyperbole, a way out in sight.

Each doubt is settled for danger: an exception only holds when the words for it are there. The words are in
`lexicon/circumstances.txt`.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from consultations.risk.rules import Rule, Unless, compiled, piece


def _regex(name: str, *, at_end: bool = False) -> re.Pattern[str]:
    """The named circumstance; `at_end` when it must lead right up to the match."""
    regex = compiled(piece("circumstances.txt", name)).regex
    return re.compile(regex.pattern + "(?:, )?$") if at_end else regex


_DENIAL = _regex("denial", at_end=True)
_NOT_DENIAL = _regex("not_denial")
_TAKEN_BACK = _regex("taken_back")
_TOLD_NO = _regex("told_no")
_LONG_AGO = _regex("long_ago")
_RESOLVED = _regex("resolved")
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
_SERIOUS = _regex("serious")
_AFRAID = _regex("afraid")
_DYING = re.compile("morir(me|se)? $|muerte $")
_SCOLDER = _regex("scolder", at_end=True)
_SCOLDING = re.compile("me (ba a mata|mata|iba a mata|kiere (mata|aorka))")
_WAY_OUT = _regex("way_out")


class Surroundings:
    """The whole text, asked only when a rule has matched; every answer is worked out once."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.parts = parts
        self._anywhere: Final = cache(self._search)

    def excuse(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        """Say whether something around `match` takes the danger out of it, as far as `rule` allows."""
        return any(_EXCUSES[reason](self, sentence, match) for reason in rule.unless)

    def _search(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(sentence) for sentence in self.parts)

    def denied(self, sentence: str, match: re.Match[str]) -> bool:
        before = sentence[max(0, match.start() - 90) : match.start()]
        if "pregunt" in before and _TOLD_NO.search(sentence):
            return True
        if match.group().startswith(",") or not _DENIAL.search(before) or _NOT_DENIAL.search(before[-30:]):
            return False
        return not _TAKEN_BACK.search(sentence, match.end())

    def past(self, sentence: str, match: re.Match[str]) -> bool:
        nearby = sentence[max(0, match.start() - 40) : match.end()]
        if _NOW.search(match.group()) or not (_THEN.search(nearby) or _PAST_ENDING.search(nearby)):
            return False
        return self._anywhere(_LONG_AGO) and self._anywhere(_RESOLVED) and not self._anywhere(_RELAPSE)

    def fiction(self, sentence: str, match: re.Match[str]) -> bool:
        before = sentence[: match.start()]
        if not _FICTION.search(sentence):
            return False
        # A film may tell of others' deaths; what the writer wants is theirs unless it is being quoted.
        return bool((_QUOTING if _OWN_WORDS.search(match.group()) else _TELLING).search(before))

    def hyperbole(self, sentence: str, match: re.Match[str]) -> bool:
        if self._anywhere(_SERIOUS):
            return False
        return bool(_HYPERBOLE_AFTER.match(sentence, match.end())) or self._anywhere(_LAUGHTER)

    def fear(self, sentence: str, match: re.Match[str]) -> bool:
        nearby = sentence[max(0, match.start() - 40) : match.end()]
        return bool(_DYING.search(match.group()) and _AFRAID.search(nearby) and "ganas" not in nearby)

    def scolding(self, sentence: str, match: re.Match[str]) -> bool:
        return bool(_SCOLDING.search(match.group()) and _SCOLDER.search(sentence[: match.start()]))

    def way_out(self, sentence: str, match: re.Match[str]) -> bool:
        return self._anywhere(_WAY_OUT)


_EXCUSES: dict[Unless, Callable[[Surroundings, str, re.Match[str]], bool]] = {
    Unless.DENIED: Surroundings.denied,
    Unless.PAST: Surroundings.past,
    Unless.FICTION: Surroundings.fiction,
    Unless.HYPERBOLE: Surroundings.hyperbole,
    Unless.FEAR: Surroundings.fear,
    Unless.SCOLDING: Surroundings.scolding,
    Unless.WAY_OUT: Surroundings.way_out,
}
