"""Pictures and documents, outside the collections that anything restricts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Prefetch
from django.urls import URLPattern, path
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction

from home.renditions import SIZES, made_sizes
from need_site.api.addresses import full
from need_site.api.base import CollectionView
from need_site.api.shapes import COUNT, MOMENT, NUMBER, TEXT, URL, or_null, record

RENDITION = record(url=URL, width=COUNT, height=COUNT)


class _Files(CollectionView):
    key = "pk"

    def get_queryset(self) -> Any:
        return self.model.objects.exclude(collection__in=_private_collections()).order_by("pk")

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("<int:key>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]


class Images(_Files):
    """`renditions` holds, by name, the sizes the site uses; null for one that is not made yet."""

    endpoint = "images"
    model = get_image_model()
    item_schema: ClassVar = record(
        id=NUMBER,
        title=TEXT,
        alt=TEXT,
        width=COUNT,
        height=COUNT,
        created_at=MOMENT,
        download_url=URL,
        detail_url=URL,
        renditions=record(**{name: or_null(RENDITION) for name in SIZES}),
    )

    def get_queryset(self) -> Any:
        made = get_image_model().get_rendition_model().objects.filter(filter_spec__in=SIZES.values())
        return super().get_queryset().prefetch_related(Prefetch("renditions", made))

    def as_item(self, image: Any) -> dict[str, Any]:
        return {
            "id": image.pk,
            "title": image.title,
            "alt": image.default_alt_text,
            "width": image.width,
            "height": image.height,
            "created_at": image.created_at.isoformat(),
            "download_url": full(self.request, image.file.url),
            "detail_url": full(self.request, self.detail_path(image.pk)),
            "renditions": {name: self._size(made) for name, made in made_sizes(image).items()},
        }

    def _size(self, rendition: Any) -> dict[str, Any] | None:
        if rendition is None:
            return None
        return {
            "url": full(self.request, rendition.url),
            "width": rendition.width,
            "height": rendition.height,
        }


class Documents(_Files):
    endpoint = "documents"
    model = get_document_model()
    item_schema: ClassVar = record(id=NUMBER, title=TEXT, created_at=MOMENT, download_url=URL, detail_url=URL)

    def as_item(self, document: Any) -> dict[str, Any]:
        return {
            "id": document.pk,
            "title": document.title,
            "created_at": document.created_at.isoformat(),
            "download_url": full(self.request, document.url),
            "detail_url": full(self.request, self.detail_path(document.pk)),
        }


def _private_collections() -> list[int]:
    """The ids of every collection behind any restriction, those within it included."""
    return [
        collection_id
        for restriction in CollectionViewRestriction.objects.select_related("collection")
        for collection_id in restriction.collection.get_descendants(inclusive=True).values_list(
            "pk", flat=True
        )
    ]
