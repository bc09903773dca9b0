"""What the team sets for the whole site, as far as any reader sees it anyway."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Site

from home.enums import Country
from home.models import SiteSettings
from need_site.api.base import PublicView
from need_site.api.parameters import refuse_unknown
from need_site.api.shapes import COUNT, TEXT, URL, choice, record


class PublicSiteSettings(PublicView, APIView):  # type: ignore[misc]
    endpoint = "site"
    model = SiteSettings
    schema: ClassVar = record(
        name=TEXT,
        root_url=URL,
        language=TEXT,
        default_country=choice(Country.values),
        exit_url=URL,
        contact_email=TEXT,
        retention_months=COUNT,
    )

    def get(self, request: Request) -> Response:
        refuse_unknown(request.GET, ())
        site = Site.find_for_request(request)
        return Response(self._shown(site, SiteSettings.for_site(site)))

    def _shown(self, site: Site, chosen: SiteSettings) -> dict[str, Any]:
        return {
            "name": site.site_name or settings.WAGTAIL_SITE_NAME,
            "root_url": site.root_url,
            "language": settings.LANGUAGE_CODE,
            "default_country": chosen.default_country,
            "exit_url": chosen.exit_url,
            "contact_email": chosen.contact_email,
            "retention_months": chosen.retention_months,
        }

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view(), name="all")]
