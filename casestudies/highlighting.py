"""A text with its findings marked, as safe HTML for the back office."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from casestudies.checking import Checked, pieces_of
from casestudies.passages import Passage


def highlighted(passage: Passage, checked: Iterable[Checked]) -> SafeString:
    """The text before: each finding in a <mark>, with its kind and why for those who ask."""
    pieces: list[SafeString | str] = []
    place = 0
    for each in sorted((one for one in checked if one.passage == passage), key=lambda one: one.finding.start):
        pieces += [passage.text[place : each.finding.start], _mark(each, each.finding.text)]
        place = each.finding.end
    return _joined([*pieces, passage.text[place:]])


def preview(passage: Passage, checked: Iterable[Checked]) -> SafeString:
    """The text after the decisions: what was replaced is marked as done, what waits as open."""
    found, end = pieces_of(passage, checked)
    marked = (piece for before, each, text in found for piece in (before, _mark(each, text)))
    return _joined([*marked, end])


def _joined(pieces: Iterable[SafeString | str]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _mark(each: Checked, text: str) -> SafeString:
    state = "open" if each.decision is None else ("kept" if each.is_kept else "replaced")
    return format_html(
        '<mark class="finding finding--{}" title="{}: {}">{}</mark>',
        state,
        each.finding.kind.label,
        each.finding.why,
        text,
    )
