"""The headless content API: Wagtail's API v2, read-only JSON over what anybody may read.

Whoever asks gets the same answer: neither a session nor a page password opens more, so nothing
confidential can show through an editor's browser, and every answer may be cached. No model of people,
consultations, orders or surveys is registered here, and none may be.
"""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import CollectionViewRestriction


class _PublicViewSet(BaseAPIViewSet):  # type: ignore[misc]
    authentication_classes: ClassVar[list[Any]] = []
    renderer_classes: ClassVar[list[Any]] = [JSONRenderer]


class PublicPages(_PublicViewSet, PagesAPIViewSet):  # type: ignore[misc]
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().public()


class PublicImages(_PublicViewSet, ImagesAPIViewSet):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(collection__in=_private_collections())


class PublicDocuments(_PublicViewSet, DocumentsAPIViewSet):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(collection__in=_private_collections())


def _private_collections() -> list[int]:
    """The ids of every collection behind any restriction, those within it included."""
    return [
        collection_id
        for restriction in CollectionViewRestriction.objects.select_related("collection")
        for collection_id in restriction.collection.get_descendants(inclusive=True).values_list(
            "pk", flat=True
        )
    ]


api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", PublicPages)
api_router.register_endpoint("images", PublicImages)
api_router.register_endpoint("documents", PublicDocuments)
