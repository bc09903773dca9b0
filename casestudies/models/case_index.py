from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
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
    """The library: the topics, the newest cases, and one list a topic."""

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

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a case with its author, reviewer and topics in two queries, where Wagtail's way takes six."""
        case = None
        if self.live and len(path_components) == 1:
            cases = CasePage.objects.child_of(self).select_related("author", "reviewer").with_topics()
            case = cases.filter(slug=path_components[0]).first()
        if case is None:
            return super().route(request, path_components)
        case._cached_parent_obj = self
        return case.route(request, [])

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        return self._listing(
            request, CasePage.objects.listed().with_topics(), topics=list(Topic.objects.all())
        )

    @path("tema/<slug:slug>/", name="topic")
    def topic(self, request: HttpRequest, slug: str) -> HttpResponse:
        topics = list(Topic.objects.all())
        topic = next((each for each in topics if each.slug == slug), None)
        if topic is None:
            raise Http404
        return self._listing(
            request,
            CasePage.objects.listed().with_topics().about(topic),
            template="casestudies/topic_page.html",
            topics=topics,
            topic=topic,
            trail=[
                {"title": "Inicio", "url": "/"},
                {"title": self.title, "url": self.get_url(request)},
                {"title": topic.name, "url": ""},
            ],
        )

    def _listing(
        self, request: HttpRequest, cases: QuerySet[CasePage], template: str | None = None, **context: Any
    ) -> HttpResponse:
        """One page of `cases`. A route does not pass through the page's own `serve`: it records its visit."""
        page_of_cases = Paginator(cases, CASES_A_PAGE).get_page(request.GET.get("pagina"))
        record_page_view(request, self.touchpoint, lands_in=self.lands_in)
        number = page_of_cases.number
        # The address search engines keep: every page of the list is its own.
        path = f"{request.path}?pagina={number}" if number > 1 else request.path
        context |= {"page_of_cases": page_of_cases, "path": path}
        return self.render(request, template=template, context_overrides=context)
