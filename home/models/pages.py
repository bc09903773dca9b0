from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.editing_panels import SearchPreviewPanel
from home.models.blocks import BodyBlock
from home.models.page_base import RecordedPageMixin, RecordedRoutablePageMixin
from home.models.restrictions import not_restricted
from home.models.shared_page import ShareCard, SharedPage
from home.page_cache import remember
from home.personal_data import PersonalFields
from home.touchpoints import HOME_VISITED, POST_READ, VIDEO_WATCHED, record_page_view

POSTS_A_PAGE = 12


class HomePage(SharedPage, RecordedPageMixin, Page):
    """The front door. What it lists of other rooms comes through template tags those rooms own."""

    personal_fields: ClassVar[PersonalFields] = {}
    lead = models.CharField("frase principal", max_length=160)
    introduction = models.TextField("presentación", blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("introduction")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "home/home_page.html"
    text_fields = ("title", "lead", "introduction")
    touchpoint = HOME_VISITED

    class Meta:
        verbose_name = "portada"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["latest_posts"] = BlogPage.listed()[:3]
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find what is two steps down by way of the rooms, which all such visits pass: no query for them."""
        room = self._rooms().get(path_components[0]) if len(path_components) > 1 else None
        if room is None:
            return super().route(request, path_components)
        return room.route(request, path_components[1:])

    def _rooms(self) -> dict[str, Page]:
        """The sections below, by slug: few, and shared by all requests."""

        def find() -> dict[str, Page]:
            rooms = {room.slug: room for room in self.get_children().filter(numchild__gt=0).specific()}
            for room in rooms.values():
                room._cached_parent_obj = self
            return rooms

        return remember(("rooms", self.pk), find)

    @property
    def share_card(self) -> ShareCard:
        return ShareCard("Orientación psicológica por escrito", self.lead)


class PlainPage(SharedPage, RecordedPageMixin, Page):
    """A page of text: about, help now, privacy, terms."""

    personal_fields: ClassVar[PersonalFields] = {}
    introduction = models.TextField("presentación", blank=True)
    body = StreamField(BodyBlock(), verbose_name="contenido", blank=True)
    shows_crisis_lines = models.BooleanField("muestra las líneas de ayuda de todos los países", default=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("shows_crisis_lines"),
    ]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "home/plain_page.html"
    text_fields = ("title", "introduction", "body")

    class Meta:
        verbose_name = "página de texto"


class BlogIndexPage(SharedPage, RecordedPageMixin, Page):
    """The list of posts, newest first."""

    personal_fields: ClassVar[PersonalFields] = {}
    introduction = models.TextField("presentación", blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.BlogPage"]
    template = "home/blog_index_page.html"
    text_fields = ("title", "introduction")

    class Meta:
        verbose_name = "índice del blog"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        posts = BlogPage.listed().descendant_of(self)
        context["page_of_posts"] = Paginator(posts, POSTS_A_PAGE).get_page(request.GET.get("pagina"))
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a post with its author in one query, where Wagtail's way takes three."""
        post = None
        if self.live and path_components:
            posts = BlogPage.objects.child_of(self).select_related("author")
            post = posts.filter(slug=path_components[0]).first()
        if post is None:
            return super().route(request, path_components)
        post._cached_parent_obj = self
        return post.route(request, path_components[1:])


class BlogPage(SharedPage, RecordedRoutablePageMixin, Page):
    """A post, signed by a psychologist."""

    personal_fields: ClassVar[PersonalFields] = {}
    introduction = models.CharField("entrada", max_length=260)
    body = StreamField(BodyBlock(), verbose_name="contenido")
    author = models.ForeignKey(
        "home.ProfessionalPage",
        verbose_name="quién lo escribió",
        on_delete=models.PROTECT,
        related_name="posts",
    )
    published_on = models.DateField("fecha", default=timezone.localdate)
    illustration = models.CharField(
        "dibujo", max_length=80, blank=True, help_text="Nombre de un dibujo de img/posts, sin extensión."
    )
    demo = models.BooleanField("de demostración", default=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("author"),
        FieldPanel("published_on"),
        FieldPanel("illustration"),
    ]
    promote_panels: ClassVar = [*Page.promote_panels, SearchPreviewPanel(heading="En los buscadores")]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar = ["home.BlogIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "home/blog_page.html"
    text_fields = ("title", "introduction", "body")
    touchpoint = POST_READ

    class Meta:
        verbose_name = "entrada del blog"
        indexes: ClassVar = [models.Index(fields=["-published_on"])]

    @classmethod
    def listed(cls) -> Any:
        """Posts that anyone may read, newest first, with their authors, without their bodies."""
        posts = cls.objects.live().filter(not_restricted()).select_related("author").defer("body")
        return posts.order_by("-published_on", "-pk")

    @property
    def share_card(self) -> ShareCard:
        return ShareCard("Del blog", self.title, self.introduction)

    @path("video/", name="video")
    def video(self, request: HttpRequest) -> HttpResponse:
        """The video itself, asked for with a click: the one page that loads anything from YouTube."""
        video = next((block.value for block in self.body if block.block_type == "video"), None)
        if video is None:
            raise Http404
        record_page_view(request, VIDEO_WATCHED, lands_in=self.lands_in)
        return self.render(request, template="home/blog_video.html", context_overrides={"video": video})
