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


def _free(wanted: str, draft: CasePage) -> str:
    """`wanted`, or with a number where another case has it, or one that was withdrawn had it."""
    if not wanted or wanted in RESERVED_SLUGS:
        return ""
    slug, number = str(find_available_slug(draft.get_parent(), wanted, ignore_page_id=draft.pk)), 1
    while WithdrawnAddress.objects.filter(slug=slug).exists():
        number += 1
        slug = str(find_available_slug(draft.get_parent(), f"{wanted}-{number}", ignore_page_id=draft.pk))
    return slug
