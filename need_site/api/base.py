"""What holds for every endpoint: read-only JSON for anybody, within limits, with tags for caches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django_ratelimit import ALL
from django_ratelimit.core import get_usage
from rest_framework.exceptions import APIException, Throttled
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet
from wagtail.api.v2.utils import BadRequestError

from need_site.api.caching import ERROR, keep_publicly
from need_site.api.parameters import refuse_unknown, whole_number

RATE = "300/m"
DEFAULT_LIMIT, LARGEST_LIMIT, LARGEST_OFFSET = 20, 50, 100_000
PAGING: frozenset[str] = frozenset({"limit", "offset"})
Schema = dict[str, Any]


class JSONWhateverIsAsked(BaseContentNegotiation):  # type: ignore[misc]
    """There is one format. A browser that asks for a page gets it too, rather than an error."""

    def select_parser(self, request: Request, parsers: list[Any]) -> Any:
        return None

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class PublicView:
    """Stands before DRF's own class in every view of the API."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []
    renderer_classes: ClassVar[list[Any]] = [JSONRenderer]
    content_negotiation_class = JSONWhateverIsAsked
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        limit_rate(request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if isinstance(response, Response):
            response.render()
        return self.mark(request, response)

    def mark(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Say how long `response` may be kept."""
        if response.status_code < 400:
            return keep_publicly(request, response)
        response.headers["Cache-Control"] = ERROR
        return response

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})

    def handle_exception(self, exc: Exception) -> Response:
        """Errors are JSON with one message. What nobody foresaw stays an error of the server."""
        if isinstance(exc, Http404):
            return Response({"message": "not found"}, status=404)
        if isinstance(exc, BadRequestError):
            return Response({"message": str(exc)}, status=400)
        if isinstance(exc, APIException):
            headers = {"Retry-After": str(int(exc.wait))} if isinstance(exc, Throttled) and exc.wait else {}
            return Response({"message": str(exc.detail)}, status=exc.status_code, headers=headers)
        raise exc


def limit_rate(request: Request) -> None:
    """Refuse, for the rest of the minute, an address that asks more than a site being built would."""
    usage = get_usage(request, group="api", key="ip", rate=RATE, method=ALL, increment=True)
    if usage and usage["should_limit"]:
        wait = max(1, usage["time_left"])
        raise Throttled(wait, detail=f"Too many requests from your address. Try again in {wait} seconds.")


class Paging:
    """Wagtail's answer to a list, with limits on how much and how far."""

    total = 0

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        asked = request.GET
        limit = whole_number(asked.get("limit", str(DEFAULT_LIMIT)), "limit", most=LARGEST_LIMIT)
        offset = whole_number(asked.get("offset", "0"), "offset", most=LARGEST_OFFSET)
        self.total = queryset.count()
        return list(queryset[offset : offset + limit])

    def get_paginated_response(self, data: list[Any]) -> Response:
        return Response({"meta": {"total_count": self.total}, "items": data})


class CollectionView(PublicView, GenericViewSet):  # type: ignore[misc]
    """A list of one model, and one of it by a key, both with all that is served of it.

    A subclass names `model`, `item_schema` and `as_item`; `key` is None where there is only the list.
    """

    pagination_class = Paging
    # Not `name`, which DRF empties.
    endpoint: ClassVar[str]
    model: ClassVar[Any]
    item_schema: ClassVar[Schema]
    key: ClassVar[str | None] = "slug"
    filters: ClassVar[dict[str, Schema]] = {}
    as_item: Callable[[Any], dict[str, Any]]

    def listing_view(self, request: Request) -> Response:
        refuse_unknown(request.GET, PAGING | set(self.filters))
        objects = self.paginate_queryset(self.narrowed(self.get_queryset()))
        return self.get_paginated_response([self.as_item(each) for each in objects])

    def detail_view(self, request: Request, key: str) -> Response:
        refuse_unknown(request.GET, ())
        found = self.get_queryset().filter(**{str(self.key): key}).first()
        if found is None:
            raise Http404
        return Response(self.as_item(found))

    def narrowed(self, queryset: Any) -> Any:
        """`queryset` after the filters that were asked for."""
        return queryset

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        patterns = [path("", cls.as_view({"get": "listing_view"}), name="listing")]
        if cls.key:
            patterns.append(path("<slug:key>/", cls.as_view({"get": "detail_view"}), name="detail"))
        return patterns

    def detail_path(self, key: str) -> str:
        return reverse(f"wagtailapi:{self.endpoint}:detail", args=[key])
