from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from consultations.models.services import Service
from consultations.touchpoints import SERVICE_VIEWED
from home.enums import Phase
from home.models.blocks import BodyBlock
from home.models.page_base import RecordedPageMixin
from home.models.shared_page import SharedPage
from home.personal_data import PersonalFields


class OrientationPage(SharedPage, RecordedPageMixin, Page):
    """What is sold: price and turnaround from the services, and what it is not."""

    personal_fields: ClassVar[PersonalFields] = {}
    introduction = models.TextField("presentación", blank=True)
    what_it_is_not = models.TextField("qué no es", help_text="Un punto por línea.", blank=True)
    body = StreamField(BodyBlock(), verbose_name="contenido", blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("what_it_is_not"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "consultations/orientation_page.html"
    text_fields = ("title", "introduction", "what_it_is_not", "body")
    touchpoint = SERVICE_VIEWED
    lands_in = Phase.RESEARCH

    class Meta:
        verbose_name = "página de la orientación"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["services"] = Service.objects.filter(active=True)
        context["not_points"] = [line.strip() for line in self.what_it_is_not.splitlines() if line.strip()]
        return context
