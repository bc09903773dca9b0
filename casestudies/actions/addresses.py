"""The address of a case: before it is published after its anonymised title, and at no time a name."""

from __future__ import annotations

import re
import string

from django.utils.crypto import get_random_string
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from casestudies.checking import check, decisions_of
from casestudies.models import CasePage, WithdrawnAddress
from casestudies.models.cases import RESERVED_SLUGS
from casestudies.passages import address_passage

UNTITLED = "Caso sin título"
# Room for the number that tells two of one name apart.
LONGEST = 80
# Letters alone: the anonymiser would ask about a long number.
_PLACEHOLDER = re.compile(r"caso-[a-z]{12}")


def placeholder_slug() -> str:
    """An address for a case that has no title yet."""
    return f"caso-{get_random_string(12, string.ascii_lowercase)}"


def has_placeholder(slug: str) -> bool:
    return _PLACEHOLDER.fullmatch(slug) is not None


def propose_address(draft: CasePage) -> None:
    """Give `draft` a slug from its title; nothing is saved. An address that readers know stays."""
    if draft.live or draft.first_published_at is not None or draft.title == UNTITLED:
        return
    draft.slug = _free(slugify(draft.title)[:LONGEST].strip("-"), draft) or draft.slug


def address_row(page_id: object, slug: str) -> None:
    """Have the row of a page that was never published bear the address of its draft.

    Past the signals: of one that changes only when it is published, Wagtail leaves a redirect from its first
    address, and that may be a name.
    """
    row = CasePage.objects.filter(pk=page_id, live=False, first_published_at=None).first()
    if row is None or not slug or row.slug == slug:
        return
    row.slug = slug
    row.set_url_path(row.get_parent())
    CasePage.objects.filter(pk=row.pk).update(slug=slug, url_path=row.url_path)


def withdraw_naming_address(before: CasePage, case: Page) -> None:
    """Where readers knew `case` under an address that names somebody, let that lead nowhere any more.

    Wagtail would leave a redirect from it, which says the name to whoever asks for the list of redirects.
    """
    was_public = before.live or before.first_published_at is not None
    if before.slug != case.slug and was_public and _names_somebody(case, before.slug):
        WithdrawnAddress.objects.get_or_create(slug=before.slug)


def forget_naming_redirects(case: CasePage) -> None:
    """The same with the addresses it had before that."""
    for redirect in Redirect.objects.filter(redirect_page_id=case.pk):
        slug = redirect.old_path.rstrip("/").rpartition("/")[2]
        if slug != case.slug and _names_somebody(case, slug):
            WithdrawnAddress.objects.get_or_create(slug=slug)
            redirect.delete()


def _names_somebody(case: Page, slug: str) -> bool:
    return any(not each.is_kept for each in check([address_passage(slug)], decisions_of(case)))


def _free(wanted: str, draft: CasePage) -> str:
    """`wanted`, or with a number where another case has it, or one that was withdrawn had it."""
    if not wanted or wanted in RESERVED_SLUGS:
        return ""
    slug, number = str(find_available_slug(draft.get_parent(), wanted, ignore_page_id=draft.pk)), 1
    while WithdrawnAddress.objects.filter(slug=slug).exists():
        number += 1
        slug = str(find_available_slug(draft.get_parent(), f"{wanted}-{number}", ignore_page_id=draft.pk))
    return slug
