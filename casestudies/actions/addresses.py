"""The address of a case that was never published: after its anonymised title, not after its first one."""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug

from casestudies.models import CasePage, WithdrawnAddress
from casestudies.models.cases import RESERVED_SLUGS

UNTITLED = "Caso sin título"
# Room for the number that tells two of one name apart.
LONGEST = 80


def propose_address(draft: CasePage) -> None:
    """Give `draft`, and the row of its page, a slug from its title; the draft is not saved.

    An address that readers know stays. The row is written past the signals: they would leave a redirect
    that still bears the old name.
    """
    if draft.live or draft.first_published_at is not None or draft.title == UNTITLED:
        return
    slug = _free(slugify(draft.title)[:LONGEST].strip("-"), draft)
    if not slug:
        return
    draft.slug = slug
    draft.set_url_path(draft.get_parent())
    CasePage.objects.filter(pk=draft.pk).update(slug=slug, url_path=draft.url_path)


def _free(wanted: str, draft: CasePage) -> str:
    """`wanted`, or with a number where another case has it, or one that was withdrawn had it."""
    if not wanted or wanted in RESERVED_SLUGS:
        return ""
    slug, number = str(find_available_slug(draft.get_parent(), wanted, ignore_page_id=draft.pk)), 1
    while WithdrawnAddress.objects.filter(slug=slug).exists():
        number += 1
        slug = str(find_available_slug(draft.get_parent(), f"{wanted}-{number}", ignore_page_id=draft.pk))
    return slug
