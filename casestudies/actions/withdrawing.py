"""Taking a case back: at once, everywhere, for good."""

from __future__ import annotations

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Revision

from casestudies.actions.traces import forget_form_states, neutralise_log
from casestudies.models import CaseOriginal, CasePage, FindingDecision, WithdrawnAddress
from home.models import User

# What the log calls it from then on.
WITHDRAWN = "Caso retirado"


@transaction.atomic
def withdraw_case(*, by: User | None, case: CasePage) -> None:
    """Take `case` off the site, with every version of its text; its addresses answer 410 from now on.

    `by` is None when the person whose case it was took their consent back. Done twice it changes nothing.
    Its row is locked first: who is publishing it at this moment ends before, or finds it gone.
    """
    standing = CasePage.objects.select_for_update().filter(pk=case.pk).first()
    if standing is None:
        return
    case, known_as = standing, case.slug
    for alias in CasePage.objects.filter(alias_of_id=case.pk):
        withdraw_case(by=by, case=alias)
    addresses = {case.slug, known_as, *_former_slugs(case)}
    for slug in addresses - _borne_by_others(case, addresses):
        WithdrawnAddress.objects.get_or_create(slug=slug)
    Redirect.objects.filter(redirect_page_id=case.pk).delete()
    CaseOriginal.objects.filter(page=case).delete()
    FindingDecision.objects.filter(page=case).delete()
    log(instance=case, action="casestudies.withdraw", user=by)
    if case.live:
        case.unpublish(user=by, log_action=None)
    Revision.objects.for_instance(case).delete()
    forget_form_states(case)
    # Its number is gone from `case` once it is deleted, and deleting is logged, too.
    number = case.pk
    case.delete(user=by)
    neutralise_log(number, WITHDRAWN)


def _borne_by_others(case: CasePage, slugs: set[str]) -> set[str]:
    """Addresses that were this case's once and are another's by now: they stay open."""
    others = CasePage.objects.exclude(pk=case.pk).filter(slug__in=slugs)
    return set(others.values_list("slug", flat=True))


def _former_slugs(case: CasePage) -> set[str]:
    """The slugs under which `case` stood before, from the redirects that led to it."""
    old = Redirect.objects.filter(redirect_page_id=case.pk).values_list("old_path", flat=True)
    return {path.rstrip("/").rsplit("/", 1)[-1] for path in old}
