from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page

from home.enums import Country
from home.models.page_base import RecordedPageMixin
from home.personal_data import OnErasure, PersonalFields


class TeamPage(RecordedPageMixin, Page):
    """The list of Need's psychologists."""

    personal_fields: ClassVar[PersonalFields] = {}
    introduction = models.TextField("presentación", blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.ProfessionalPage"]
    template = "home/team_page.html"

    class Meta:
        verbose_name = "página del equipo"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["professionals"] = ProfessionalPage.objects.live().descendant_of(self).order_by("title")
        return context


class ProfessionalPage(RecordedPageMixin, Page):
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
            [FieldPanel("job_title"), FieldPanel("registration"), FieldPanel("country"), FieldPanel("user")],
            heading="Credenciales",
        ),
        FieldPanel("experience"),
        FieldPanel("languages"),
        FieldPanel("bio"),
        FieldPanel("approach"),
        FieldPanel("how_i_write"),
        FieldPanel("portrait"),
    ]
    api_fields: ClassVar = [
        APIField("job_title"),
        APIField("registration"),
        APIField("country"),
        APIField("bio"),
    ]
    parent_page_types: ClassVar = ["home.TeamPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "home/professional_page.html"

    class Meta:
        verbose_name = "página de un profesional"

    @property
    def approach_points(self) -> list[str]:
        return [line.strip() for line in self.approach.splitlines() if line.strip()]
