"""The map of the site for search engines: an index, and sections of at most two hundred addresses.

Sections go by page ids, so that neither the index nor a section counts or sorts the library, however large.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import Count, F, Max, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page, PageViewRestriction, Site

from casestudies.models import Topic
from home.models import SitemapSection
from home.models.shared_page import SharedPage
from home.models.sitemap_section import pages_of_section
from home.structured_data import absolute

NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
AN_HOUR = 3600
MOST_TOPICS = 200


@require_safe
@conditional_page
@cache_control(public=True, max_age=AN_HOUR)
def index(request: HttpRequest) -> HttpResponse:
    """Every section, and when its file last changed. Written anew only when one of them did."""
    sections = SitemapSection.objects.aggregate(count=Count("pk"), changed=Max("changed_at"))
    topics = Topic.objects.aggregate(count=Count("pk"), changed=Max("changed_at"))
    state = f"{sections['count']}|{sections['changed']}|{topics}|{settings.SITE_URL}"
    key = f"sitemap-index:{hashlib.sha256(state.encode()).hexdigest()}"
    text: Any = cache.get_or_set(key, lambda: _index(topics), AN_HOUR)
    return _answer("sitemapindex", text)


def _index(topics: dict[str, Any]) -> str:
    entries = [
        _entry("sitemap", reverse("sitemap_pages", args=[section.number]), section.changed_at)
        for section in SitemapSection.objects.all()
    ]
    if topics["count"]:
        entries.append(_entry("sitemap", reverse("sitemap_topics"), topics["changed"]))
    return "\n".join(entries)


@require_safe
@conditional_page
@cache_control(public=True, max_age=AN_HOUR)
def pages(request: HttpRequest, number: int) -> HttpResponse:
    """The pages of one section that anybody may read, each with when its text last changed."""
    if not SitemapSection.objects.filter(number=number).exists():
        raise Http404
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    root, private = site.root_page.url_path, _private_paths()
    listed = pages_of_section(number).live().order_by("pk")
    rows = listed.annotate(changed=_first_of("text_changed_at", F("first_published_at")), picture=_picture())
    entries = [
        _entry("url", f"/{url_path.removeprefix(root)}", changed, picture)
        # Asked for here and not of the database, which might then go by paths and not by ids.
        for path, url_path, changed, picture in rows.values_list("path", "url_path", "changed", "picture")
        if url_path.startswith(root) and not path.startswith(private)
    ]
    return _answer("urlset", "\n".join(entries))


@require_safe
@conditional_page
@cache_control(public=True, max_age=AN_HOUR)
def topics(request: HttpRequest) -> HttpResponse:
    """The topics' pages, each with when it last changed, itself or by what it lists. One query."""
    entries = [
        _entry("url", topic.get_absolute_url(), topic.changed_at, topic.share_picture)
        for topic in Topic.objects.all()[:MOST_TOPICS]
    ]
    return _answer("urlset", "\n".join(entries))


def _private_paths() -> tuple[str, ...]:
    """Where the sections begin that not anybody may read.

    By their ids first: joined with the restrictions, of which there are few, SQLite walks through all pages.
    """
    restricted = list(PageViewRestriction.objects.values_list("page_id", flat=True))
    return tuple(Page.objects.filter(pk__in=restricted).values_list("path", flat=True)) if restricted else ()


def _first_of(field: str, *otherwise: F) -> Coalesce:
    """The value of `field`, whichever kind of page a page is."""
    kinds = [
        model for model in apps.get_models() if issubclass(model, SharedPage) and issubclass(model, Page)
    ]
    return Coalesce(*(F(f"{model._meta.model_name}__{field}") for model in kinds), *otherwise)


def _picture() -> NullIf:
    return NullIf(_first_of("share_picture"), Value(""))


def _entry(
    element: str, path: str, changed: datetime.datetime | None = None, picture: str | None = None
) -> str:
    # Two hundred times a section: plain text, where joining addresses by the book takes most of the time.
    parts = [f"<loc>{settings.SITE_URL}{escape(quote(path))}</loc>"]
    if changed is not None:
        parts.append(f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>")
    if picture:
        address = escape(absolute(default_storage.url(picture)))
        parts.append(f"<image:image><image:loc>{address}</image:loc></image:image>")
    return f"<{element}>{''.join(parts)}</{element}>"


def _answer(element: str, lines: str) -> HttpResponse:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} {NAMESPACES}>\n{lines}\n</{element}>\n'
    answer = HttpResponse(text, content_type="application/xml; charset=utf-8")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
