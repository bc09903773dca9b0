from __future__ import annotations

import unicodedata

from django import forms

from casestudies.contact_data import has_contact_data
from casestudies.models.comments import MAX_LENGTH

EMPTY = "Escribe algo antes de enviar."
CONTACT_DATA = (
    "Tu comentario lleva un correo, un enlace o un teléfono. Quítalo antes de enviarlo: aquí cuidamos que "
    "nadie pueda ubicarte."
)


class CommentForm(forms.Form):
    """What a reader writes under a case or a post: short, plain text, without a way to reach them."""

    body = forms.CharField(
        label="Tu comentario",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"Hasta {MAX_LENGTH} caracteres. Aparece con tu seudónimo.",
        error_messages={"required": EMPTY},
    )

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"].replace("\r\n", "\n")
        if not _is_visible(body):
            raise forms.ValidationError(EMPTY)
        if len(body) > MAX_LENGTH:
            over = len(body) - MAX_LENGTH
            raise forms.ValidationError(f"Es muy largo: sobran {over} caracteres de {MAX_LENGTH}.")
        if has_contact_data(body):
            raise forms.ValidationError(CONTACT_DATA)
        return body


def _is_visible(text: str) -> bool:
    """Whether anything is left without spaces, control and zero-width characters."""
    return any(unicodedata.category(each)[0] not in "CZ" for each in text)
