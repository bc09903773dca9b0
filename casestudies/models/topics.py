from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet

from home.models.shared_page import ShareCard, SharePictured
from home.page_cache import remember
from home.personal_data import PersonalFields

# Where the library stands (docs: public addresses are stable); asking the page tree costs every page a query.
LIBRARY_URL = "/casos/"


@register_snippet
class Topic(SharePictured, models.Model):
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
    # When the topic's page last became another one: by its own words, or by a page that is listed there.
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    # What of a topic its page shows.
    shown_fields: ClassVar = ("name", "slug", "feeling", "introduction", "illustration")

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; from an address it had before, a redirect leads to the new one, as with pages."""
        before = Topic.objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or any(getattr(before, each) != getattr(self, each) for each in self.shown_fields):
            self.changed_at = timezone.now()
        super().save(*args, **kwargs)
        if before is not None and before.slug != self.slug:
            Redirect.objects.update_or_create(
                old_path=Redirect.normalise_path(before.get_absolute_url()),
                site=None,
                defaults={"redirect_link": self.get_absolute_url(), "automatically_created": True},
            )

    def get_absolute_url(self) -> str:
        return f"{LIBRARY_URL}tema/{self.slug}/"

    @classmethod
    def remembered(cls) -> dict[int, Topic]:
        """All of them, in their order, by id; shared by all requests."""
        return remember("topics", lambda: {each.pk: each for each in cls.objects.all()})

    @classmethod
    def touch(cls, topic_ids: Iterable[int]) -> None:
        """Note that the pages of these topics changed: one statement for all."""
        cls.objects.filter(pk__in=topic_ids).update(changed_at=timezone.now())

    @property
    def share_card(self) -> ShareCard:
        return ShareCard("Un tema", self.name, self.introduction)


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
        # "Is this page about this topic?", asked for page after page of a list until it is full.
        indexes: ClassVar = [models.Index(fields=["topic", "page"], name="page_about_topic")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.topic_id}"


def topics_of(page: Page) -> list[Topic]:
    """The topics of a published page, the main one first. One small query."""
    known = Topic.remembered()
    links = PageTopic.objects.filter(page=page.pk).values_list("topic_id", flat=True)
    return [known[each] for each in links if each in known]
