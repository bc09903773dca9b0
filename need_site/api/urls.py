"""Every address under /api/v2/. Nothing below it is ever a page of the site."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path, re_path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.api.v2.router import WagtailAPIRouter

from need_site.api.addresses import full
from need_site.api.base import PublicView
from need_site.api.crisis_lines import CrisisLines
from need_site.api.files import Documents, Images
from need_site.api.menus import Menus
from need_site.api.openapi import ROOT, description
from need_site.api.pages import Pages
from need_site.api.parameters import refuse_unknown
from need_site.api.redirects import Redirects
from need_site.api.services import Services
from need_site.api.site_settings import PublicSiteSettings
from need_site.api.topics import Topics

api_router = WagtailAPIRouter("wagtailapi")
for view in (
    Pages,
    Images,
    Documents,
    Topics,
    CrisisLines,
    Menus,
    Redirects,
    Services,
    PublicSiteSettings,
):
    api_router.register_endpoint(view.endpoint, view)


class Endpoints(PublicView, APIView):  # type: ignore[misc]
    def get(self, request: Request) -> Response:
        refuse_unknown(request.GET, ())
        names = [*api_router._endpoints, "schema"]
        return Response({name: full(request, f"{ROOT}{name}/") for name in names})


class SchemaView(PublicView, APIView):  # type: ignore[misc]
    def get(self, request: Request) -> Response:
        refuse_unknown(request.GET, ())
        return Response(description())


class NothingHere(PublicView, APIView):  # type: ignore[misc]
    def get(self, request: Request, **kwargs: Any) -> Response:
        raise Http404


urlpatterns = (
    [
        path("", Endpoints.as_view(), name="endpoints"),
        path("schema/", SchemaView.as_view(), name="schema"),
        *api_router.get_urlpatterns(),
        re_path(r"^", NothingHere.as_view()),
    ],
    "wagtailapi",
    "wagtailapi",
)
