"""Public pages: lists, one page, a page by its path; drafts for whoever brings an editor's token."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from rest_framework.fields import Field
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api import APIField
from wagtail.api.v2.utils import BadRequestError, parse_fields_parameter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page, PageViewRestriction, Site

from casestudies.models import CasePage, PageTopic
from home.models import BlogPage
from home.models.restrictions import not_restricted
from need_site.api import page_queries
from need_site.api.addresses import page_detail
from need_site.api.base import PAGING, Paging, PublicView
from need_site.api.caching import keep_from_everybody
from need_site.api.page_fields import DETAIL_ONLY, Served, fields_of
from need_site.api.parameters import refuse_unknown
from need_site.api.previews import TOKEN, draft_behind

LIST_PARAMETERS = {"type", "fields", "order", *PAGING, *page_queries.COMMON, *page_queries.OWN}
# What lists never show, and so need not read.
LONG = {CasePage: ("turns", "plan", "takeaways"), BlogPage: ("body",)}


class ServedField(Field):  # type: ignore[misc]
    """A field of the table, in the serializer that Wagtail puts together."""

    def __init__(self, served: Served, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.served = served

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> Any:
        return self.served.value(page, self.context["view"])


class Pages(PublicView, PagesAPIViewSet):  # type: ignore[misc]
    endpoint = "pages"
    pagination_class = Paging
    filter_backends: ClassVar[list[Any]] = []
    meta_fields: ClassVar = [
        "type",
        "detail_url",
        "html_url",
        "slug",
        "show_in_menus",
        "seo_title",
        "search_description",
        "first_published_at",
        "last_published_at",
        "parent",
    ]
    # A description may quote the case that a list should not quote.
    detail_only_fields: ClassVar = ["parent", "search_description", *DETAIL_ONLY]

    @classmethod
    def get_body_fields(cls, model: type[Page]) -> list[APIField]:
        served = [APIField(each.name, ServedField(each)) for each in fields_of(model)]
        return [APIField("id"), APIField("title"), *served]

    @classmethod
    def get_meta_fields(cls, model: type[Page]) -> list[APIField]:
        return [APIField(name) for name in cls.meta_fields]

    @classmethod
    def get_detail_default_fields(cls, model: type[Page]) -> list[str]:
        return cls.get_available_fields(model)

    def get_base_queryset(self) -> Any:
        """Every page of this site that anybody may read, whoever asks."""
        root = Site.find_for_request(self.request).root_page
        return Page.objects.live().filter(not_restricted()).descendant_of(root, inclusive=True)

    def get_queryset(self) -> Any:
        readable = self.get_base_queryset()
        model = page_queries.kind_asked(self.request.GET)
        if model is Page:
            return readable
        return model.objects.filter(pk__in=readable.values("pk"))

    def listing_view(self, request: Request) -> Response:
        refuse_unknown(request.GET, LIST_PARAMETERS)
        self._refuse_nesting()
        queryset = page_queries.narrowed(self.get_queryset(), request.GET, self.get_base_queryset())
        pages = self.paginate_queryset(with_what_lists_show(queryset))
        return self.get_paginated_response(self.get_serializer(pages, many=True).data)

    def detail_view(self, request: Request, pk: int) -> Response:
        refuse_unknown(request.GET, {"fields", TOKEN})
        self._refuse_nesting()
        return Response(self.get_serializer(self.get_object()).data)

    def get_object(self) -> Page:
        """The page of the address; its draft with the token of one."""
        if not hasattr(self, "_cached_object"):
            number = self.kwargs["pk"]
            if TOKEN in self.request.GET:
                self._cached_object = draft_behind(self.request.GET[TOKEN], number)
            else:
                self._cached_object = self._public_page(number)
        return self._cached_object

    def _public_page(self, number: int) -> Page:
        page = self.get_base_queryset().filter(pk=number).first()
        if page is None:
            raise Http404
        return page.specific

    def find_view(self, request: Request) -> HttpResponse:
        """Lead to the page at `html_path`, with `fields` if given."""
        refuse_unknown(request.GET, {"html_path", "fields"})
        if not request.GET.get("html_path"):
            raise BadRequestError("html_path must be the path of a page, such as /casos/")
        page = self._at(request.GET["html_path"])
        query = request.GET.copy()
        query.pop("html_path")
        address = page_detail(request, page.pk)
        return redirect(f"{address}?{query.urlencode()}" if query else address)

    def _at(self, html_path: str) -> Page:
        """The public page that stands at exactly this path. Lists within a page are none."""
        parts = [part for part in html_path.split("?")[0].split("/") if part]
        page = Site.find_for_request(self.request).root_page
        for part in parts:
            page = Page.objects.child_of(page).filter(slug=part).first()
            if page is None:
                raise Http404
        return self._public_page(page.pk)

    def _refuse_nesting(self) -> None:
        """Related things come whole, so there is nothing to choose within them."""
        if "fields" not in self.request.GET:
            return
        try:
            asked = parse_fields_parameter(self.request.GET["fields"])
        except (ValueError, RecursionError):
            raise BadRequestError("fields must be a list such as title,topics or *,-author") from None
        if any(nested for _, _, nested in asked):
            raise BadRequestError("fields takes no nested fields: related things come whole")

    @cached_property
    def _restricted_paths(self) -> list[str]:
        return list(PageViewRestriction.objects.values_list("page__path", flat=True))

    def may_be_read(self, page: Page) -> bool:
        """Whether a page that another one names is public. One query a request, however many pages."""
        return page.live and not any(page.path.startswith(path) for path in self._restricted_paths)

    def get_renderer_context(self) -> dict[str, Any]:
        """Without the spaces that Wagtail adds for human readers."""
        return {**super().get_renderer_context(), "indent": None}

    def mark(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if TOKEN in request.GET:
            return keep_from_everybody(response)
        return super().mark(request, response)


def with_what_lists_show(queryset: Any) -> Any:
    """With authors, reviewers and topics at hand: a handful of queries, however many pages."""
    related = {CasePage: ("author", "reviewer"), BlogPage: ("author",)}.get(queryset.model)
    if related is None:
        return queryset
    links = PageTopic.objects.select_related("topic")
    queryset = queryset.select_related(*related).defer(*LONG[queryset.model])
    return queryset.prefetch_related(Prefetch("topic_links", links))
