"""The one form of the survey: every enabled instrument, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from surveys.instruments import Instrument, enabled_instruments

UNANSWERED = "Elige la respuesta que más se acerque."


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument and its items, as the template walks them."""

    instrument: Instrument
    items: tuple[BoundField, ...]


class SurveyForm(forms.Form):
    """Radio buttons only; `answers()` gives the points by instrument once the form is valid."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for instrument in enabled_instruments():
            for number, wording in enumerate(instrument.items, start=1):
                self.fields[_name(instrument, number)] = _field(instrument, number, wording)

    def parts(self) -> Iterator[Part]:
        for instrument in enabled_instruments():
            yield Part(instrument, tuple(self[name] for name in _names(instrument)))

    def answers(self) -> dict[str, list[int]]:
        """The points of each item in order, by instrument key."""
        return {
            instrument.key: [self.cleaned_data[name] for name in _names(instrument)]
            for instrument in enabled_instruments()
        }

    def marks_risk(self) -> bool:
        """Whether what was marked so far, complete or not, opens the risk path."""
        marked = (
            self.cleaned_data.get(_name(instrument, instrument.risk_item))
            for instrument in enabled_instruments()
            if instrument.risk_item is not None
        )
        return any(value is not None and value > 0 for value in marked)

    def missing_title(self) -> str:
        """The heading of the list of what still needs an answer."""
        one = len(self.errors) == 1
        count = "Falta 1 respuesta" if one else f"Faltan {len(self.errors)} respuestas"
        return f"{count}. Lo que marcaste sigue aquí"

    def first_missing(self) -> str:
        """Where on the page the first of them is."""
        return next((f"#{self[name].auto_id}" for name in self.fields if name in self.errors), "")


def _names(instrument: Instrument) -> list[str]:
    return [_name(instrument, number) for number in range(1, len(instrument.items) + 1)]


def _name(instrument: Instrument, number: int) -> str:
    return f"{instrument.key}-{number}"


def _field(instrument: Instrument, number: int, wording: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=f"{number}. {wording}",
        choices=[(option.value, option.label) for option in instrument.options],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": UNANSWERED, "invalid_choice": UNANSWERED},
    )
