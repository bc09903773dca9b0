"""The site's two menus, as far as they lead to pages anybody may read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page, Site

from home.models import PlainPage
from home.models.restrictions import not_restricted
from need_site.api.addresses import page_detail
from need_site.api.base import PublicView
from need_site.api.parameters import refuse_unknown
from need_site.api.shapes import NUMBER, TEXT, URL, record, several

LINK = record(id=NUMBER, title=TEXT, path=TEXT, html_url=URL, detail_url=URL)


class Menus(PublicView, APIView):  # type: ignore[misc]
    """`main`: what an editor ticked to show in menus. `footer`: the pages of text."""

    endpoint = "menus"
    model = Page
    schema: ClassVar = record(main=several(LINK), footer=several(LINK))

    def get(self, request: Request) -> Response:
        refuse_unknown(request.GET, ())
        root = Site.find_for_request(request).root_page
        pages = Page.objects.child_of(root).live().filter(not_restricted()).order_by("path")
        shown = list(pages.in_menu()), list(pages.type(PlainPage).not_in_menu())
        return Response(
            {
                name: [self._link(each) for each in each_menu]
                for name, each_menu in zip(("main", "footer"), shown, strict=True)
            }
        )

    def _link(self, page: Page) -> dict[str, Any]:
        return {
            "id": page.pk,
            "title": page.title,
            "path": page.get_url_parts(self.request)[2],
            "html_url": page.full_url,
            "detail_url": page_detail(self.request, page.pk),
        }

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view(), name="all")]
