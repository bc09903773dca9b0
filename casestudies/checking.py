"""What the anonymiser finds in a case, next to what people decided about it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache as cache_of_this_process
from pathlib import Path

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from casestudies import anonymise
from casestudies.anonymise import Finding, Kind, find, fingerprint, fitted, without_article
from casestudies.enums import Decision
from casestudies.models import CasePage, FindingDecision
from casestudies.passages import Passage, passages_of

SALT = "casestudies.checking"
A_WEEK = 7 * 24 * 60 * 60
RULES_ARE_IN = frozenset({".py", ".txt", ".gz"})


def keyed(value: str) -> str:
    """A name for `value` that cannot be read back without the site's secret."""
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


def value_key(finding: Finding) -> str:
    """The same for "Camila", "camila" and "CAMILA": one decision covers them all."""
    plain = unicodedata.normalize("NFKD", finding.text.casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return keyed(f"{finding.kind}:{' '.join(letters.split())}")


def keep_key(finding: Finding, text: str) -> str:
    """Of this finding in these surroundings: what stays here may have to go elsewhere."""
    return keyed(f"keep:{fingerprint(finding, text)}")


def find_in(text: str) -> list[Finding]:
    """What the anonymiser finds in `text`. A text that was checked before costs a look into the cache.

    The cache holds places and kinds, never the text.
    """
    name = f"anonymiser:{_rules()}:{keyed(text)}"
    known = cache.get(name)
    if known is None:
        known = [_packed(each) for each in find(text)]
        cache.set(name, known, A_WEEK)
    return [_unpacked(each, text) for each in known]


@cache_of_this_process
def _rules() -> str:
    """Which rules, lists and tagger read: after a change of any, texts are checked anew."""
    folder = Path(anonymise.__file__).parent
    files = [each for each in sorted(folder.rglob("*")) if each.suffix in RULES_ARE_IN]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


Packed = tuple[int, int, str, str, str, float]


def _packed(each: Finding) -> Packed:
    return each.start, each.end, each.kind.value, each.why, each.replacement, each.confidence


def _unpacked(packed: Packed, text: str) -> Finding:
    start, end, kind, why, replacement, confidence = packed
    return Finding(
        start=start,
        end=end,
        kind=Kind(kind),
        text=text[start:end],
        why=why,
        replacement=replacement,
        confidence=confidence,
    )


@dataclass(frozen=True)
class Checked:
    """One finding in its passage, and the decision about it, if somebody took one."""

    passage: Passage
    finding: Finding
    decision: FindingDecision | None

    @property
    def is_kept(self) -> bool:
        return self.decision is not None and self.decision.choice == Decision.KEEP

    @property
    def is_replaced(self) -> bool:
        return self.decision is not None and not self.is_kept

    @property
    def replacement(self) -> str:
        """What stands in its place afterwards; its own text while nobody decided, or where it stays."""
        if self.decision is None or self.is_kept:
            return self.finding.text
        return self.decision.replacement


def decisions_of(case: CasePage) -> dict[str, FindingDecision]:
    """The decisions about `case` by their keys. One query."""
    if case.pk is None:
        return {}
    return {each.key: each for each in FindingDecision.objects.filter(page_id=case.pk)}


def check(passages: Iterable[Passage], decisions: Mapping[str, FindingDecision]) -> list[Checked]:
    """All findings in `passages`, in reading order, with what was decided about each."""
    return [
        Checked(passage, finding, _decision(finding, passage.text, decisions))
        for passage in passages
        for finding in find_in(passage.text)
    ]


def _decision(
    finding: Finding, text: str, decisions: Mapping[str, FindingDecision]
) -> FindingDecision | None:
    return decisions.get(keep_key(finding, text)) or decisions.get(value_key(finding))


def check_case(case: CasePage) -> list[Checked]:
    """All findings in the texts of `case` as it stands in memory."""
    return check(passages_of(case), decisions_of(case))


def open_findings(case: CasePage, checked: Iterable[Checked] | None = None) -> list[Checked]:
    """What still stands in the text of `case` and nobody decided to keep.

    `checked` is what its check has found, for who has it.
    """
    return [each for each in (check_case(case) if checked is None else checked) if not each.is_kept]


def holds_raw_letters(checked: Iterable[Checked]) -> bool:
    """Whether a letter says directly who somebody is, and nobody decided that it may."""
    return any(
        each.finding.kind.direct and not each.is_kept and each.passage.key.startswith("turn:")
        for each in checked
    )


def pieces_of(passage: Passage, checked: Iterable[Checked]) -> tuple[list[tuple[str, Checked, str]], str]:
    """The text of `passage` after the decisions about it: before each finding, the finding, what replaces it.

    Then what follows the last one. "mi hermana Camila" with "mi hermana" for the name is "mi hermana".
    """
    found, place = [], 0
    own = [each for each in checked if each.passage == passage]
    for each in sorted(own, key=lambda one: one.finding.start):
        before, replacement = passage.text[place : each.finding.start], each.replacement
        if each.is_replaced:
            before, replacement = _fitted(each, before)
        found.append((before, each, replacement))
        place = each.finding.end
    return found, passage.text[place:]


def _fitted(checked: Checked, before: str) -> tuple[str, str]:
    written = before.rstrip()
    said = checked.replacement.casefold()
    if re.search(rf"(?<!\w){re.escape(said)}$", written[-len(said) - 1 :].casefold()):
        start = len(written) - len(said)
        return written[:start], written[start:]
    if checked.finding.kind is Kind.PERSON or without_article(before, checked.replacement) != before:
        return fitted(before, checked.replacement)
    return before, checked.replacement


def rewritten(passage: Passage, checked: Iterable[Checked]) -> str:
    """The text of `passage` after the decisions about it."""
    found, end = pieces_of(passage, checked)
    return "".join(before + replacement for before, _, replacement in found) + end
