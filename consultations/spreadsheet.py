"""Lines for a spreadsheet program, as CSV that it reads right and that runs nothing in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal

# Excel takes UTF-8 for something else without it.
BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so is a formula to a spreadsheet program.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | Decimal | None


class _Echo:
    """What the CSV writer writes to: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def as_csv(header: Iterable[str], lines: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """One text after another, the byte order mark first. Numbers have a dot, text can be no formula."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + str(writer.writerow(list(header)))
    for line in lines:
        yield str(writer.writerow([_cell(value) for value in line]))


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(BEGINS_A_FORMULA) else value
