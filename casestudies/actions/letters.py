"""The letters a case is made of, as they were written: who may read them, and how long they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from wagtail.models import Page

from casestudies.models import CaseOriginal
from casestudies.permissions import may_edit_case

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from home.models import User

Confidence = Callable[["User | AnonymousUser", Page], bool | None]
_confidences: list[Confidence] = []


def entrust(confidence: Confidence) -> Confidence:
    """Let a later room say who alone reads the letters of a case that came from there.

    The function gives True for who may, False for anybody else, and None for a case that is none of its own.
    """
    _confidences.append(confidence)
    return confidence


def may_read_letters(user: User | AnonymousUser, case: Page) -> bool:
    """Whether this person may read the original letters of `case`, paste others and move the draft's there.

    Whoever may edit it, where they pasted the letters themselves; else only whom they are entrusted to.
    """
    said = _said(user, case)
    return all(said) if said else may_edit_case(user, case)


def are_entrusted(user: User | AnonymousUser, case: Page) -> bool:
    """Whether the letters of `case` came from a later room, which says who reads them."""
    return bool(_said(user, case))


def _said(user: User | AnonymousUser, case: Page) -> list[bool]:
    said = [confidence(user, case) for confidence in _confidences]
    return [each for each in said if each is not None]


def may_anonymise(user: User | AnonymousUser, case: Page) -> bool:
    """Whether this person may open the workbench of `case` and decide there.

    While entrusted letters wait, only who may read them; once they are in the draft, who edits that, too.
    """
    if may_read_letters(user, case):
        return True
    return may_edit_case(user, case) and not letters_wait(case)


def letters_wait(case: Page) -> bool:
    """Whether letters of `case` are still to be anonymised."""
    return CaseOriginal.objects.filter(page_id=case.pk, applied_at__isnull=True).exists()


def forget_letters(page_ids: Iterable[int]) -> int:
    """Delete the original letters of these cases, wherever they stand; give how many."""
    deleted, _ = CaseOriginal.objects.filter(page_id__in=list(page_ids)).delete()
    return deleted


def forget_published_letters(cases: Iterable[int] | None = None) -> int:
    """Delete the originals that nothing needs any more, of these cases or of all; give how many.

    A published text was taken from them, reviewed and approved: whatever follows is done to that text.
    """
    done = _published() if cases is None else _published().filter(page_id__in=list(cases))
    deleted, _ = done.delete()
    return deleted


def _published() -> QuerySet[CaseOriginal]:
    """Those whose letters went into a draft that is now what readers see."""
    return CaseOriginal.objects.filter(
        applied_at__isnull=False, page__live=True, page__has_unpublished_changes=False
    )
