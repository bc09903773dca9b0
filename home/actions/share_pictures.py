"""Making the pictures of shared links, and taking away those that nothing shows any more."""

from __future__ import annotations

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from wagtail.models import Page

from home.models.shared_page import SharePictured
from home.share_pictures import draw, name_of


def pictured_models() -> list[type[SharePictured]]:
    """Every model whose rows have such a picture, in whichever room."""
    return [model for model in apps.get_models() if issubclass(model, SharePictured)]


def draw_picture(row: SharePictured) -> bool:
    """Give `row` the picture of its present words; say whether there was anything to do."""
    name, before = name_of(row.share_card), row.share_picture
    if not row.is_shared or (name == before and default_storage.exists(name)):
        return False
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(draw(row.share_card)))
    row.share_picture = name
    try:
        with transaction.atomic():
            _save(row)
    except Exception:
        # The row went meanwhile: its words may not stay behind in a picture that nothing shows.
        forget_picture(name)
        raise
    forget_picture(before)
    return True


def draw_missing(limit: int) -> int:
    """Draw at most `limit` pictures where there is none, the newest pages first; give how many."""
    drawn = 0
    for model in pictured_models():
        rows = model._default_manager.filter(share_picture="").order_by("-pk")
        if issubclass(model, Page):
            rows = rows.filter(live=True)
        for row in rows[: limit - drawn]:
            drawn += draw_picture(row)
    return drawn


def forget_picture(name: str) -> None:
    """Delete a picture that no row shows. Titles are changed, and pages taken down, for good reasons."""
    shown = (model._default_manager.filter(share_picture=name).exists() for model in pictured_models())
    if name and not any(shown):
        default_storage.delete(name)


def _save(row: SharePictured) -> None:
    """Save the name alone, in the way that tells whoever keeps copies of the page."""
    if isinstance(row, Page):
        row.save(clean=False, update_fields=["share_picture"])
    else:
        row.save(update_fields=["share_picture"])
