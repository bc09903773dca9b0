from __future__ import annotations

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet

from home.personal_data import PersonalFields

# Where the library stands (docs: public addresses are stable); asking the page tree costs every page a query.
LIBRARY_URL = "/casos/"


@register_snippet
class Topic(models.Model):
    """What people come with, named by what they feel and say, not by a diagnosis."""

    personal_fields: ClassVar[PersonalFields] = {}

    name = models.CharField("nombre", max_length=80)
    slug = models.SlugField("dirección", max_length=80, unique=True)
    feeling = models.CharField("lo que se siente", max_length=80, blank=True)
    introduction = models.TextField("presentación", blank=True)
    illustration = models.CharField(
        "dibujo",
        max_length=80,
        blank=True,
        help_text="Nombre de un dibujo de img/topics, sin extensión.",
    )
    sort_order = models.PositiveSmallIntegerField("orden", default=0)

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("feeling"),
        FieldPanel("introduction"),
        FieldPanel("illustration"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "temas"
        ordering: ClassVar = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{LIBRARY_URL}tema/{self.slug}/"


class PageTopic(Orderable):
    """That a case or a post is about a topic; the first of a page is its main one.

    It hangs on Wagtail's own page, so that a topic lists cases and posts alike and `home` needs to know
    nothing of topics.
    """

    personal_fields: ClassVar[PersonalFields] = {}

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, verbose_name="tema", on_delete=models.CASCADE, related_name="+")

    panels: ClassVar = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        verbose_name = "tema de la página"
        verbose_name_plural = "temas de la página"

    def __str__(self) -> str:
        return f"{self.page_id}: {self.topic_id}"
