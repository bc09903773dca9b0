from __future__ import annotations

from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from casestudies.enums import TurnKind, title_of
from casestudies.models.blocks import PlanBlock, TurnsBlock
from casestudies.models.topics import PageTopic, Topic
from casestudies.models.uncopied import UncopiedPageMixin
from casestudies.touchpoints import CASE_READ
from home.editing_panels import SearchPreviewPanel
from home.enums import AgeBand, Country, Phase
from home.models.page_base import RecordedPageMixin
from home.models.restrictions import not_restricted
from home.models.shared_page import ShareCard, SharedPage
from home.models.team import ProfessionalPage
from home.personal_data import PersonalFields

# Addresses under /casos/ that are not cases.
RESERVED_SLUGS = frozenset({"feed", "tema"})


# Half of what a list costs is naming the columns of pages that nobody looks at.
OF_A_CARD = (
    *("title", "slug", "path", "depth", "url_path", "live", "last_published_at", "content_type"),
    *("summary", "content_note", "age_band", "country", "author", "published_on", "fictitious"),
)


class CaseQuerySet(PageQuerySet):
    def with_topics(self) -> Self:
        """With their topics at hand, for one query more."""
        return self.prefetch_related(Prefetch("topic_links", PageTopic.objects.select_related("topic")))

    def listed(self) -> Self:
        """Cases that anyone may read, newest first: what a card, a feed and an address need of them."""
        cases = self.live().filter(not_restricted())
        return cases.only(*OF_A_CARD).order_by("-published_on", "-pk")

    def about(self, *topics: Topic) -> Self:
        """Those about any of `topics`, each once."""
        return self.filter(Exists(PageTopic.objects.filter(page=OuterRef("pk"), topic__in=topics)))


class CasePage(UncopiedPageMixin, SharedPage, RecordedPageMixin, Page):
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
    # Who and when may stay empty in a draft; the gate asks for them, and the review fills them in.
    author = models.ForeignKey(
        "home.ProfessionalPage",
        verbose_name="quién lo escribió",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="written_cases",
    )
    reviewer = models.ForeignKey(
        "home.ProfessionalPage",
        verbose_name="quién lo revisó",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviewed_cases",
    )
    published_on = models.DateField("fecha", default=timezone.localdate)
    reviewed_on = models.DateField("revisado el", null=True, blank=True)
    next_review_on = models.DateField("próxima revisión", null=True, blank=True)
    fictitious = models.BooleanField("caso ficticio", default=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("content_note"),
        InlinePanel("topic_links", heading="Temas", label="Tema", min_num=1, max_num=3),
        MultiFieldPanel([FieldPanel("age_band"), FieldPanel("country")], heading="Quién consulta"),
        FieldPanel(
            "turns",
            help_text="No pegues aquí el texto original de una persona: para eso está el anonimizador.",
        ),
        FieldPanel("plan"),
        FieldPanel("takeaways"),
        MultiFieldPanel(
            [
                FieldPanel("author"),
                # Who approves a text in its review writes these two; nobody types them.
                FieldPanel("reviewer", read_only=True),
                FieldPanel("published_on"),
                FieldPanel("reviewed_on", read_only=True),
                FieldPanel("next_review_on"),
            ],
            heading="Quién lo escribió y quién lo revisó",
        ),
        FieldPanel("fictitious"),
    ]
    promote_panels: ClassVar = [*Page.promote_panels, SearchPreviewPanel(heading="En los buscadores")]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("turns"),
        index.SearchField("takeaways"),
    ]
    parent_page_types: ClassVar = ["casestudies.CaseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "casestudies/case_page.html"
    text_fields = ("title", "summary", "content_note", "turns", "plan", "takeaways")
    # A case that asks for care gives its note where others give their summary.
    search_text_fields = ("search_description", "content_note", "summary")
    card_text_field = "summary"
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
        if apps.get_model("casestudies", "WithdrawnAddress").objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": "En esa dirección hubo un caso que se retiró. Elige otra."})

    def get_route_paths(self) -> list[str]:
        """From where Wagtail makes redirects when the address changes.

        From nowhere when nobody knew it, since drafts are named after people, and when it named somebody.
        """
        withdrawn = apps.get_model("casestudies", "WithdrawnAddress")
        was_public = self.live or self.first_published_at is not None
        if not was_public or withdrawn.objects.filter(slug=self.slug).exists():
            return []
        return list(super().get_route_paths())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        library = self.get_parent()
        context["topics"] = self.topics
        context["trail"] = [
            {"title": "Inicio", "url": "/"},
            {"title": library.title, "url": library.get_url(request)},
            {"title": self.title, "url": ""},
        ]
        return context

    @property
    def excerpt(self) -> str:
        """What a listing may show: nothing of a case that asks for care."""
        return "" if self.content_note else self.summary

    @property
    def share_card(self) -> ShareCard:
        return ShareCard("Un caso", self.title, self.excerpt)

    @cached_property
    def topics(self) -> list[Topic]:
        """Its topics, the main one first. Costs no query when the links were prefetched."""
        return [link.topic for link in self.topic_links.all()]

    @property
    def who(self) -> str:
        """The one who asked, as far as readers learn: an age band and a country."""
        return f"Alguien de {self.get_age_band_display()}, {self.get_country_display()}"

    @property
    def signature(self) -> str:
        """One line under a card: who answered, and when it was published."""
        day = date_format(self.published_on, "j \\d\\e F \\d\\e Y")
        return f"Por {self.signed_by.title} · {day}" if self.signed_by else day

    @property
    def signed_by(self) -> ProfessionalPage | None:
        """Its author, from memory: few people sign all cases."""
        return ProfessionalPage.remembered().get(self.author_id)

    @property
    def letters(self) -> list[dict[str, str]]:
        """The exchange for components/turn.html: what each letter is, who wrote it, its text."""
        return [self._letter(turn.value, self._nth(index)) for index, turn in enumerate(self.turns)]

    def _nth(self, index: int) -> int:
        """How many letters of the same kind there are up to this one, itself included."""
        kind = self.turns[index].value["kind"]
        return sum(turn.value["kind"] == kind for turn in self.turns[: index + 1])

    def _letter(self, value: dict[str, str], nth: int) -> dict[str, str]:
        # A draft is saved before it says of each letter what it is.
        kind = TurnKind(value["kind"]) if value["kind"] in TurnKind else None
        signed = {"author": self.who, "role": ""}
        if kind is TurnKind.ORIENTATION:
            signed = {
                "author": self.author.title if self.author else "",
                "role": self.author.job_title if self.author else "",
            }
        title = title_of(kind, nth) if kind else "Carta"
        return {"kind": kind.value if kind else "", "title": title, "text": value["text"], **signed}

    @property
    def steps(self) -> list[dict[str, str]]:
        """The plan of action for components/plan.html."""
        return [{"title": step.value["title"], "detail": step.value["detail"]} for step in self.plan]

    @property
    def takeaway_points(self) -> list[str]:
        return [line.strip() for line in self.takeaways.splitlines() if line.strip()]

    @property
    def review_is_overdue(self) -> bool:
        return self.next_review_on is not None and self.next_review_on < timezone.localdate()
