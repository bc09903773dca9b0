"""Lists that are read from the front: one page of them, without counting the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

T = TypeVar("T")
# No list is this long. Greater numbers are no offset that a database takes.
LAST = 100_000


@dataclass(frozen=True)
class PartOfList(Generic[T]):
    """One page of a list, for components/pagination.html: it knows whether another follows, not how many."""

    items: list[T]
    number: int
    has_next: bool
    size: int
    # Tells the component that there is no total.
    endless = True

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def start_index(self) -> int:
        """The place of the first item in the whole list, counted from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1


def part_of(rows: QuerySet[Any], number: Any, size: int) -> PartOfList[Any]:
    """Page `number` of `rows`, whatever was asked for: the first for nonsense, the last beyond the end.

    One query; only beyond the end are the rows counted.
    """
    page = _whole(number)
    found = list(rows[(page - 1) * size : page * size + 1]) if page <= LAST else []
    if not found and page > 1:
        page = max(1, -(-rows.count() // size))
        found = list(rows[(page - 1) * size : page * size + 1])
    return PartOfList(found[:size], page, has_next=len(found) > size, size=size)


def _whole(number: Any) -> int:
    try:
        return max(1, int(number))
    except (TypeError, ValueError):
        return 1
