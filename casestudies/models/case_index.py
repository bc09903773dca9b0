from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from casestudies.models.cases import CasePage
from casestudies.models.topics import Topic
from casestudies.touchpoints import CASES_LISTED
from home.enums import Phase
from home.models.page_base import RecordedPageMixin
from home.personal_data import PersonalFields
from home.touchpoints import record_page_view

CASES_A_PAGE = 12


class CaseIndexPage(RoutablePageMixin, RecordedPageMixin, Page):
    """The library: topics, the newest cases, one list a topic, and the feed."""

    personal_fields: ClassVar[PersonalFields] = {}
    introduction = models.TextField("presentación", blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    api_fields: ClassVar = [APIField("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["casestudies.CasePage"]
    max_count = 1
    template = "casestudies/case_index_page.html"
    touchpoint = CASES_LISTED
    lands_in = Phase.RESEARCH

    class Meta:
        verbose_name = "índice de casos"

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        return self._listing(request, CasePage.objects.listed(), {"topics": Topic.objects.all()})

    @path("tema/<slug:slug>/", name="topic")
    def topic(self, request: HttpRequest, slug: str) -> HttpResponse:
        topic = get_object_or_404(Topic, slug=slug)
        cases = CasePage.objects.listed().about(topic)
        return self._listing(request, cases, {"topic": topic}, template="casestudies/topic_page.html")

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        from casestudies.feeds import CaseFeed

        return CaseFeed(self)(request)

    def _listing(
        self,
        request: HttpRequest,
        cases: Any,
        context: dict[str, Any],
        template: str | None = None,
    ) -> HttpResponse:
        """A page of `cases`. A route does not pass through the page's own `serve`: it records its visit."""
        page_of_cases = Paginator(cases, CASES_A_PAGE).get_page(request.GET.get("pagina"))
        record_page_view(request, self.touchpoint, lands_in=self.lands_in)
        overrides = {"page_of_cases": page_of_cases, **context}
        return self.render(request, template=template, context_overrides=overrides)
