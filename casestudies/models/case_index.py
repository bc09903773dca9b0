from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from casestudies.models.anonymising import WithdrawnAddress
from casestudies.models.cases import CasePage
from casestudies.models.topics import PageTopic, Topic, topics_of
from casestudies.paging import part_of
from casestudies.touchpoints import CASES_LISTED
from home.enums import Phase
from home.models import BlogPage, ProfessionalPage
from home.models.page_base import RecordedPageMixin
from home.models.restrictions import not_restricted
from home.models.shared_page import SharedPage
from home.personal_data import PersonalFields

CASES_A_PAGE = 12
POSTS_OF_A_TOPIC = 6


class Withdrawn(Exception):
    """The case that stood at this address is gone for good: the answer is 410."""


def _stop_at_withdrawn(path_components: list[str]) -> None:
    if len(path_components) == 1 and WithdrawnAddress.objects.filter(slug=path_components[0]).exists():
        raise Withdrawn


class CaseIndexPage(SharedPage, RoutablePageMixin, RecordedPageMixin, Page):
    """The library: the topics, the newest cases, and one list a topic."""

    personal_fields: ClassVar[PersonalFields] = {}
    introduction = models.TextField("presentación", blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["casestudies.CasePage"]
    max_count = 1
    template = "casestudies/case_index_page.html"
    text_fields = ("title", "introduction")
    touchpoint = CASES_LISTED
    lands_in = Phase.RESEARCH

    class Meta:
        verbose_name = "índice de casos"

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a case with its author, reviewer and topics in two queries, where Wagtail's way takes six."""
        case = None
        if self.live and len(path_components) == 1:
            here = CasePage.objects.filter(path__startswith=self.path, depth=self.depth + 1)
            # Slugs are unique among siblings: nothing to sort.
            case = next(iter(here.filter(slug=path_components[0]).order_by()[:1]), None)
        if case is None:
            _stop_at_withdrawn(path_components)
            return super().route(request, path_components)
        case._cached_parent_obj = self
        case.topics = topics_of(case)
        # Few people sign all cases: asking for them each time would triple the columns of the query.
        people = ProfessionalPage.remembered()
        case.author, case.reviewer = people.get(case.author_id), people.get(case.reviewer_id)
        return case.route(request, [])

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        return self._listing(
            request, CasePage.objects.listed().with_topics(), topics=list(Topic.remembered().values())
        )

    @path("tema/<slug:slug>/", name="topic")
    def topic(self, request: HttpRequest, slug: str) -> HttpResponse:
        topics = list(Topic.remembered().values())
        topic = next((each for each in topics if each.slug == slug), None)
        if topic is None:
            raise Http404
        return self._listing(
            request,
            CasePage.objects.listed().with_topics().about(topic),
            template="casestudies/topic_page.html",
            topics=topics,
            topic=topic,
            posts=_posts_about(topic),
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
        page_of_cases = part_of(cases, request.GET.get("pagina"), CASES_A_PAGE)
        number = page_of_cases.number
        # The address search engines keep: every page of the list is its own.
        path = f"{request.path}?pagina={number}" if number > 1 else request.path
        context |= {"page_of_cases": page_of_cases, "path": path}
        if number > 1:
            # What stands beside the cases stands beside the newest of them.
            context["posts"] = []
        return self.served(request, self.render(request, template=template, context_overrides=context))


def _posts_about(topic: Topic) -> QuerySet[BlogPage]:
    """The newest posts about `topic` that anyone may read, without their bodies."""
    links = PageTopic.objects.filter(page=OuterRef("pk"), topic=topic)
    posts = BlogPage.objects.live().filter(not_restricted(), Exists(links)).defer("body")
    newest: QuerySet[BlogPage] = posts.order_by("-published_on", "-pk")[:POSTS_OF_A_TOPIC]
    return newest
