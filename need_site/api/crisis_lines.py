"""Telephone lines for somebody in danger now. Any other front end shows them too."""

from __future__ import annotations

from typing import Any, ClassVar

from home.enums import Country
from home.models import CrisisLine
from need_site.api.base import CollectionView
from need_site.api.parameters import one_of
from need_site.api.shapes import DATE, TEXT, choice, record


class CrisisLines(CollectionView):
    endpoint = "crisis-lines"
    model = CrisisLine
    key = None
    item_schema: ClassVar = record(
        country=choice(Country.values),
        country_name=TEXT,
        name=TEXT,
        number=TEXT,
        tel=TEXT,
        hours=TEXT,
        source=TEXT,
        checked_on=DATE,
    )
    filters: ClassVar = {"country": choice(Country.values)}

    def get_queryset(self) -> Any:
        return CrisisLine.objects.all()

    def narrowed(self, queryset: Any) -> Any:
        country = self.request.GET.get("country")
        if country is None:
            return queryset
        return queryset.filter(country=one_of(country, "country", Country.values))

    def as_item(self, line: CrisisLine) -> dict[str, Any]:
        return {
            "country": line.country,
            "country_name": line.country_name,
            "name": line.name,
            "number": line.number,
            "tel": line.tel,
            "hours": line.hours,
            "source": line.source,
            "checked_on": line.checked_on.isoformat(),
        }
