"""Names for a text as it stands. A version's number is none: Wagtail saves over a version as one types."""

from __future__ import annotations

from collections.abc import Iterable

from casestudies.checking import keyed
from casestudies.models import CasePage
from casestudies.passages import appearance_of, passages_of


def passages_digest(case: CasePage) -> str:
    """Of the texts of `case` alone."""
    return _digest("passages", ((each.key, each.text) for each in passages_of(case)))


def appearance_digest(case: CasePage) -> str:
    """Of all that readers see of `case`: what its person approves."""
    return _digest("appearance", appearance_of(case))


def review_digest(case: CasePage) -> str:
    """The same with who stands for it, and since which day: what a review signs."""
    by = [("reviewer", str(case.reviewer_id or "")), ("reviewed_on", str(case.reviewed_on or ""))]
    return _digest("review", [*appearance_of(case), *by])


def _digest(of: str, values: Iterable[tuple[str, str]]) -> str:
    return keyed("\0".join([of, *(f"{key}={value}" for key, value in values)]))
