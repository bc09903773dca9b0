"""Where pages went that stood elsewhere before."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from home.models.restrictions import not_restricted
from need_site.api.addresses import full
from need_site.api.base import CollectionView
from need_site.api.parameters import refuse_unknown
from need_site.api.shapes import TEXT, TRUTH, URL, record


class Redirects(CollectionView):
    """`to` is where to go now. Those that lead to what nobody may read are left out."""

    endpoint = "redirects"
    model = Redirect
    key = None
    item_schema: ClassVar = record(**{"from": TEXT, "to": URL, "permanent": TRUTH})

    def get_queryset(self) -> Any:
        readable = Page.objects.live().filter(not_restricted(), pk=OuterRef("redirect_page"))
        somewhere = Q(Exists(readable)) | Q(redirect_page=None) & ~Q(redirect_link="")
        ours = Redirect.get_for_site(Site.find_for_request(self.request)).filter(somewhere)
        return ours.select_related("redirect_page").order_by("pk")

    def as_item(self, redirect: Redirect) -> dict[str, Any]:
        page = redirect.redirect_page
        # Wagtail's own `link` asks for the page's class, and so for a row of it, each time.
        to = (
            page.full_url.rstrip("/") + (redirect.redirect_page_route_path or "/")
            if page
            else redirect.redirect_link
        )
        return {
            "from": redirect.old_path,
            "to": full(self.request, to),
            "permanent": redirect.is_permanent,
        }

    def find_view(self, request: Request) -> Response:
        refuse_unknown(request.GET, {"html_path"})
        if not request.GET.get("html_path"):
            raise BadRequestError("html_path must be the path of a page, such as /casos/")
        try:
            old = Redirect.normalise_path(request.GET["html_path"])
        except ValueError:
            raise BadRequestError("html_path must be the path of a page, such as /casos/") from None
        found = self.get_queryset().filter(old_path=old).first()
        if found is None:
            raise Http404
        return Response(self.as_item(found))

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("find/", cls.as_view({"get": "find_view"}), name="find"),
        ]
