"""What people come with, read-only."""

from __future__ import annotations

from typing import Any, ClassVar

from casestudies.models import Topic
from need_site.api.addresses import drawing, full
from need_site.api.base import CollectionView
from need_site.api.shapes import TEXT, URL, URL_OR_NULL, record


class Topics(CollectionView):
    endpoint = "topics"
    model = Topic
    item_schema: ClassVar = record(
        slug=TEXT,
        name=TEXT,
        feeling=TEXT,
        introduction=TEXT,
        illustration_url=URL_OR_NULL,
        html_url=URL,
        detail_url=URL,
        pages_url=URL,
    )

    def get_queryset(self) -> Any:
        return Topic.objects.all()

    def as_item(self, topic: Topic) -> dict[str, Any]:
        return {
            "slug": topic.slug,
            "name": topic.name,
            "feeling": topic.feeling,
            "introduction": topic.introduction,
            "illustration_url": drawing(self.request, "topics", topic.illustration),
            "html_url": full(self.request, topic.get_absolute_url()),
            "detail_url": full(self.request, self.detail_path(topic.slug)),
            "pages_url": full(self.request, f"/api/v2/pages/?topic={topic.slug}"),
        }
