"""What is sold, at what price and how soon. Buying happens on the site itself."""

from __future__ import annotations

from typing import Any, ClassVar

from consultations.enums import Currency
from consultations.models import Service
from need_site.api.addresses import full
from need_site.api.base import CollectionView
from need_site.api.shapes import COUNT, TEXT, TEXTS, URL, choice, record


class Services(CollectionView):
    endpoint = "services"
    model = Service
    item_schema: ClassVar = record(
        slug=TEXT,
        name=TEXT,
        summary=TEXT,
        description=TEXT,
        what_you_get=TEXTS,
        # Text, because a number in JSON loses cents.
        price={"type": "string", "pattern": r"^\d+\.\d{2}$"},
        currency=choice(Currency.values),
        turnaround_hours=COUNT,
        replies_included=COUNT,
        html_url=URL,
        detail_url=URL,
    )

    def get_queryset(self) -> Any:
        return Service.objects.filter(active=True)

    def as_item(self, service: Service) -> dict[str, Any]:
        return {
            "slug": service.slug,
            "name": service.name,
            "summary": service.summary,
            "description": service.description,
            "what_you_get": service.points,
            "price": f"{service.price:.2f}",
            "currency": service.currency,
            "turnaround_hours": service.turnaround_hours,
            "replies_included": service.replies_included,
            "html_url": full(self.request, "/orientacion/"),
            "detail_url": full(self.request, self.detail_path(service.slug)),
        }
