"""What an editor sees of the search result and of the shared card, while writing the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.admin.panels import Panel
from wagtail.models import Page

from home import search_result


class SearchPreviewPanel(Panel):
    """The page as search engines and shared links show it, with what to look at. For a `SharedPage`.

    Drawn by the server as the page was saved; css/admin and js/admin make it follow what is typed.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/search_preview.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | _shown(self.instance)


def _shown(page: Any) -> dict[str, Any]:
    title = page.seo_title or page.title
    card = page.share_card
    return {
        "site": urlsplit(settings.SITE_URL).netloc,
        "room": _room(page),
        "slug": page.slug,
        "title": search_result.cut(search_result.window_title(title), search_result.TITLE_FITS),
        "description": search_result.cut(page.search_text, search_result.DESCRIPTION_FITS),
        "shared_title": title,
        "card": card,
        "card_field": page.card_text_field,
        "fields": " ".join(page.search_text_fields),
        "advice": _advice(page, title),
        "limits": search_result,
    }


def _advice(page: Any, title: str) -> list[search_result.Advice]:
    return search_result.advice(
        title=title,
        own_description=page.search_description,
        taken_title=_is_taken(page),
        hides_its_text=bool(getattr(page, "content_note", "")),
        silent_video=any(
            block.block_type == "video" and not block.value["description"]
            for block in getattr(page, "body", None) or ()
        ),
    )


def _is_taken(page: Any) -> bool:
    others = Page.objects.live().exclude(pk=page.pk)
    return bool(page.title) and others.filter(title__iexact=page.title).exists()


def _room(page: Any) -> str:
    """The name in the address above the page's own: the room it lies in, for a new one too."""
    if page.url_path:
        return str(page.url_path).strip("/").split("/")[-2]
    return ""
