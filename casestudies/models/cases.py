from __future__ import annotations

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from casestudies.models.blocks import PlanBlock, TurnsBlock
from casestudies.models.topics import PageTopic, Topic
from casestudies.touchpoints import CASE_READ
from home.enums import AgeBand, Country, Phase
from home.models.page_base import RecordedPageMixin
from home.personal_data import PersonalFields

# Addresses under /casos/ that are not cases.
RESERVED_SLUGS = frozenset({"feed", "tema"})


class CaseQuerySet(PageQuerySet):
    def listed(self) -> Self:
        """Cases that anyone may read, newest first, with their topics, without their letters."""
        links = PageTopic.objects.select_related("topic")
        cases = self.live().public().defer("turns", "plan", "takeaways")
        return cases.prefetch_related(Prefetch("topic_links", links)).order_by("-published_on", "-pk")

    def about(self, *topics: Topic) -> Self:
        """Those about any of `topics`, each once."""
        return self.filter(Exists(PageTopic.objects.filter(page=OuterRef("pk"), topic__in=topics)))


class CasePage(RecordedPageMixin, Page):
    """A published case: an exchange of letters without anything that tells who asked.

    Nothing here points to a client or to the consultation it may have come from.
    """

    personal_fields: ClassVar[PersonalFields] = {}
    summary = models.CharField("resumen", max_length=260)
    content_note = models.CharField(
        "aviso de contenido",
        max_length=200,
        blank=True,
        help_text="Si lo llenas, el texto empieza plegado y los listados no muestran el resumen.",
    )
    age_band = models.CharField("edad", max_length=5, choices=AgeBand)
    country = models.CharField("país", max_length=2, choices=Country)
    turns = StreamField(TurnsBlock(), verbose_name="cartas")
    plan = StreamField(PlanBlock(), verbose_name="plan de acción", blank=True)
    takeaways = models.TextField("lo que nos llevamos", blank=True, help_text="Un punto por línea.")
    author = models.ForeignKey(
        "home.ProfessionalPage",
        verbose_name="quién lo escribió",
        on_delete=models.PROTECT,
        null=True,
        related_name="written_cases",
    )
    reviewer = models.ForeignKey(
        "home.ProfessionalPage",
        verbose_name="quién lo revisó",
        on_delete=models.PROTECT,
        null=True,
        related_name="reviewed_cases",
    )
    published_on = models.DateField("fecha", default=timezone.localdate)
    reviewed_on = models.DateField("revisado el", null=True)
    next_review_on = models.DateField("próxima revisión", null=True)
    fictitious = models.BooleanField("caso ficticio", default=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("content_note"),
        InlinePanel("topic_links", heading="Temas", label="Tema", min_num=1, max_num=3),
        MultiFieldPanel([FieldPanel("age_band"), FieldPanel("country")], heading="Quién consulta"),
        FieldPanel("turns"),
        FieldPanel("plan"),
        FieldPanel("takeaways"),
        MultiFieldPanel(
            [
                FieldPanel("author"),
                FieldPanel("reviewer"),
                FieldPanel("published_on"),
                FieldPanel("reviewed_on"),
                FieldPanel("next_review_on"),
            ],
            heading="Quién lo escribió y quién lo revisó",
        ),
        FieldPanel("fictitious"),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("turns"),
        index.SearchField("takeaways"),
    ]
    api_fields: ClassVar = [
        APIField("summary"),
        APIField("content_note"),
        APIField("age_band"),
        APIField("country"),
        APIField("turns"),
        APIField("plan"),
        APIField("takeaway_points"),
        APIField("author"),
        APIField("reviewer"),
        APIField("published_on"),
        APIField("reviewed_on"),
        APIField("next_review_on"),
        APIField("fictitious"),
    ]
    parent_page_types: ClassVar = ["casestudies.CaseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "casestudies/case_page.html"
    touchpoint = CASE_READ
    lands_in = Phase.RESEARCH

    objects = PageManager.from_queryset(CaseQuerySet)()

    class Meta:
        verbose_name = "caso"
        indexes: ClassVar = [models.Index(fields=["-published_on"])]

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Esa dirección ya la usa otra página de los casos."})

    @property
    def excerpt(self) -> str:
        """What a listing may show: nothing of a case that asks for care."""
        return "" if self.content_note else self.summary

    @property
    def topics(self) -> list[Topic]:
        """Its topics, the main one first. Costs no query when the links were prefetched."""
        return [link.topic for link in self.topic_links.all()]

    @property
    def takeaway_points(self) -> list[str]:
        return [line.strip() for line in self.takeaways.splitlines() if line.strip()]

    @property
    def review_is_overdue(self) -> bool:
        return self.next_review_on is not None and self.next_review_on < timezone.localdate()
