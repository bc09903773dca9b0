"""What a psychologist fills in at the desk, and an administrator before breaking the glass."""

from __future__ import annotations

from typing import Final

from django import forms

from consultations.forms import DRAFT_LIMIT, LetterField

STEP_LIMIT: Final = 400
MOST_STEPS: Final = 10
NOTE_LIMIT: Final = 1_500
SHORTEST_REASON: Final = 20


class OrientationForm(forms.Form):
    """An orientation and its plan of action, one step a line. The first orientation needs a plan."""

    text = LetterField(
        label="Tu orientación",
        help_text="Deja una línea en blanco entre párrafos. La persona la lee tal como la escribes.",
        rows=16,
        error_messages={"required": "Escribe la orientación antes de enviarla."},
    )
    steps = LetterField(
        label="Plan de acción",
        help_text="Un paso por línea, en imperativo y posible esta semana. La persona los va marcando.",
        rows=6,
        required=False,
    )

    def __init__(self, *args: object, needs_plan: bool = True, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["steps"].required = needs_plan
        self.fields["steps"].error_messages["required"] = "Escribe al menos un paso."

    def clean_steps(self) -> str:
        steps = split_steps(self.cleaned_data["steps"])
        if len(steps) > MOST_STEPS:
            raise forms.ValidationError(f"Son {len(steps)} pasos y caben {MOST_STEPS}: elige los mejores.")
        if any(len(step) > STEP_LIMIT for step in steps):
            raise forms.ValidationError(f"Cada paso cabe en {STEP_LIMIT} caracteres: parte el más largo.")
        return "\n".join(steps)

    @property
    def plan(self) -> list[str]:
        return split_steps(self.cleaned_data["steps"])


def split_steps(text: str) -> list[str]:
    """The steps of a plan, one a line; empty lines do not count."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class OrientationDraftForm(forms.Form):
    text = LetterField(limit=DRAFT_LIMIT, required=False, strip=False)
    steps = LetterField(limit=DRAFT_LIMIT, required=False, strip=False)

    @property
    def content(self) -> dict[str, object]:
        return dict(self.cleaned_data)


class NoteForm(forms.Form):
    """A few words to somebody who marked danger after the consultation was closed."""

    text = LetterField(
        label="Tu mensaje",
        help_text="Breve: no puede responder por aquí. Dile adónde llamar, y que puede empezar otra.",
        limit=NOTE_LIMIT,
        rows=6,
        error_messages={"required": "Escribe el mensaje antes de enviarlo."},
    )
    letters = ("text",)


class BreakGlassForm(forms.Form):
    reason = forms.CharField(
        label="¿Por qué necesitas leer esta consulta?",
        help_text="Queda registrado con tu nombre y la hora. Por ejemplo, el reclamo o el riesgo.",
        min_length=SHORTEST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Escribe la razón: sin ella no se abre.",
            "min_length": "Explica un poco más: al menos %(limit_value)d caracteres.",
        },
    )
