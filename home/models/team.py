from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from home.enums import Country
from home.models.page_base import RecordedPageMixin
from home.models.shared_page import ShareCard, SharedPage
from home.page_cache import remember
from home.permissions import PSYCHOLOGISTS
from home.personal_data import OnErasure, PersonalFields


class TeamPage(SharedPage, RecordedPageMixin, Page):
    """The list of Need's psychologists."""

    personal_fields: ClassVar[PersonalFields] = {}
    introduction = models.TextField("presentación", blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.ProfessionalPage"]
    template = "home/team_page.html"
    text_fields = ("title", "introduction")

    class Meta:
        verbose_name = "página del equipo"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["professionals"] = ProfessionalPage.objects.live().descendant_of(self).order_by("title")
        return context


class ProfessionalPage(SharedPage, RecordedPageMixin, Page):
    """A psychologist as readers see them: the page's title is the name, credentials stand apart."""

    personal_fields: ClassVar[PersonalFields] = {
        "user": OnErasure.BLANK,
        "registration": OnErasure.KEEP,
        "bio": OnErasure.KEEP,
    }
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="cuenta",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="professional_page",
        limit_choices_to={"groups__name": PSYCHOLOGISTS},
    )
    job_title = models.CharField("título profesional", max_length=80)
    registration = models.CharField("número de registro", max_length=80)
    country = models.CharField("país", max_length=2, choices=Country)
    experience = models.CharField("años de experiencia", max_length=40, blank=True)
    languages = models.CharField("idiomas", max_length=120, blank=True)
    bio = models.TextField("biografía")
    approach = models.TextField("cómo trabaja", blank=True, help_text="Un punto por línea.")
    how_i_write = models.TextField("cómo escribe", blank=True)
    portrait = models.CharField(
        "retrato", max_length=80, blank=True, help_text="Nombre de un dibujo de img/people, sin extensión."
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("job_title"),
                FieldPanel("registration"),
                FieldPanel("country"),
                # Not the editors': the list would tell them who has an account.
                FieldPanel("user", permission="home.change_user"),
            ],
            heading="Credenciales",
        ),
        FieldPanel("experience"),
        FieldPanel("languages"),
        FieldPanel("bio"),
        FieldPanel("approach"),
        FieldPanel("how_i_write"),
        FieldPanel("portrait"),
    ]
    parent_page_types: ClassVar = ["home.TeamPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "home/professional_page.html"
    text_fields = ("title", "job_title", "registration", "bio", "approach", "how_i_write")
    search_text_fields = ("search_description", "bio")

    class Meta:
        verbose_name = "página de un profesional"

    @classmethod
    def remembered(cls) -> dict[int, ProfessionalPage]:
        """Everybody who may have signed something, by id; shared by all requests."""
        return remember("professionals", lambda: {each.pk: each for each in cls.objects.all()})

    @property
    def approach_points(self) -> list[str]:
        return [line.strip() for line in self.approach.splitlines() if line.strip()]

    @property
    def share_card(self) -> ShareCard:
        return ShareCard(self.job_title, self.title, f"Registro {self.registration}")
