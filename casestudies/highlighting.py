"""A text with its findings marked, as safe HTML for the back office."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from casestudies.checking import Checked
from casestudies.passages import Passage


def highlighted(passage: Passage, checked: Iterable[Checked]) -> SafeString:
    """The text before: each finding in a <mark>, with its kind and why for those who ask."""
    return _pieces(passage, checked, after=False)


def preview(passage: Passage, checked: Iterable[Checked]) -> SafeString:
    """The text after the decisions: what was replaced is marked as done, what waits as open."""
    return _pieces(passage, checked, after=True)


def _pieces(passage: Passage, checked: Iterable[Checked], *, after: bool) -> SafeString:
    pieces: list[SafeString | str] = []
    place = 0
    for each in sorted((one for one in checked if one.passage == passage), key=lambda one: one.finding.start):
        pieces += [passage.text[place : each.finding.start], _mark(each, after=after)]
        place = each.finding.end
    pieces.append(passage.text[place:])
    return format_html_join("", "{}", ((piece,) for piece in pieces)) if pieces else mark_safe("")


def _mark(each: Checked, *, after: bool) -> SafeString:
    state = "open" if each.decision is None else ("kept" if each.is_kept else "replaced")
    return format_html(
        '<mark class="finding finding--{}" title="{}: {}">{}</mark>',
        state,
        each.finding.kind.label,
        each.finding.why,
        each.replacement if after else each.finding.text,
    )
