"""What search engines and shared links learn of a page beside its text: when it changed, and its picture."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Site

from home.page_cache import remember

# To the type checker no model: it looks for managers among a model's bases, and cannot see those of Wagtail.
AbstractModel: Any = models.Model


@dataclass(frozen=True)
class ShareCard:
    """The words on the picture of a shared link: what it is, its title, and a sentence or nothing."""

    kind: str
    title: str
    text: str = ""


class SharePictured(AbstractModel):
    """A row with a picture of its own for shared links; the queue draws it, no visitor's request."""

    share_picture = models.CharField(max_length=100, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    @property
    def share_card(self) -> ShareCard:
        raise NotImplementedError

    @property
    def is_shared(self) -> bool:
        """Whether anybody may read this page, so that it needs a picture."""
        return True

    @property
    def share_picture_address(self) -> str:
        """The whole address of its picture; empty while there is none."""
        if not self.share_picture:
            return ""
        return urljoin(settings.SITE_URL, default_storage.url(self.share_picture))


class SharedPage(SharePictured):
    """A page that remembers when its text last changed. Stands before Wagtail's `Page` among the bases.

    Neither field is a part of what editors write: a revision that is published, and a copy, leave them be.
    """

    # What a reader would call the text: publishing it unchanged is no change.
    text_fields: ClassVar[tuple[str, ...]] = ("title",)
    card_kind: ClassVar[str] = ""
    # What search engines may show below the title: the first of these that is written.
    search_text_fields: ClassVar[tuple[str, ...]] = ("search_description", "introduction")
    # What stands below the title on the picture of shared links.
    card_text_field: ClassVar[str] = "introduction"
    exclude_fields_in_copy: ClassVar = ["share_picture", "text_changed_at"]

    text_changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(SharePictured.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and note the time when the text that readers see becomes another one."""
        if kwargs.get("update_fields") is None and self._text_changes():
            self.text_changed_at = timezone.now()
        super().save(*args, **kwargs)

    def with_content_json(self, content: Any) -> Self:
        """The page as a revision has it, with the picture and the time that the live page has now."""
        page: Self = super().with_content_json(content)  # type: ignore[misc]
        page.share_picture, page.text_changed_at = self.share_picture, self.text_changed_at
        return page

    def _text_changes(self) -> bool:
        if self.pk is None or self._state.adding:
            return False
        stored = type(self)._default_manager.filter(pk=self.pk, live=True).first()
        return stored is not None and stored._text() != self._text()

    def _text(self) -> list[Any]:
        fields = (self._meta.get_field(name) for name in self.text_fields)
        return [_without_ids(field.value_to_string(self)) for field in fields]

    @property
    def modified_at(self) -> datetime.datetime | None:
        """When readers last got another text; when they got the first one, if it never changed."""
        return self.text_changed_at or self.first_published_at  # type: ignore[attr-defined, no-any-return]

    @property
    def search_text(self) -> str:
        """What search engines are given to show below the title; may be empty."""
        written = (str(getattr(self, name, "")) for name in self.search_text_fields)
        return next((text for text in written if text), "")

    def _get_site_root_paths(self, request: HttpRequest | None = None) -> list[Any]:
        """Where the sites begin. Wagtail asks the cache once for every page whose address it writes."""
        # Wagtail looks for them there, too.
        holder: Any = request or self
        if not hasattr(holder, "_wagtail_cached_site_root_paths"):
            holder._wagtail_cached_site_root_paths = remember("site-roots", Site.get_site_root_paths)
        return list(holder._wagtail_cached_site_root_paths)

    @property
    def is_shared(self) -> bool:
        return bool(self.live)  # type: ignore[attr-defined]

    @property
    def share_card(self) -> ShareCard:
        return ShareCard(self.card_kind, self.title)  # type: ignore[attr-defined]


def _without_ids(value: Any) -> Any:
    """A field's value as text, without the ids that Wagtail gives to blocks when it first saves them."""
    if not isinstance(value, str) or not value.startswith("[{"):
        return value
    try:
        return _strip(json.loads(value))
    except ValueError:
        return value


def _strip(value: Any) -> Any:
    if isinstance(value, list):
        return [_strip(each) for each in value]
    if isinstance(value, dict):
        return {key: _strip(each) for key, each in value.items() if key != "id"}
    return value
