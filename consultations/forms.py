"""What a client fills in. Nothing typed is ever cut or lost: what does not fit is said next to its field."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from consultations.enums import PublicationWish
from consultations.models import Service
from consultations.risk import assess
from home.enums import Mood

LETTER_LIMIT = 20_000
# A draft may be longer than a letter: it is kept while its author shortens it.
DRAFT_LIMIT = 100_000
COMMENT_LIMIT = 2_000
CASE_MINIMUM = 20
CODE_LIMIT = 100
# Bytes that no keyboard types; line ends and tabs stay, and so does everything that writes right to left.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean_text(text: str) -> str:
    """The text as typed, with one kind of line end and without control characters."""
    return CONTROL_CHARACTERS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


class LetterField(forms.CharField):
    """A text of at most `limit` characters, without a maxlength attribute: browsers cut what is pasted."""

    def __init__(self, *, limit: int = LETTER_LIMIT, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        return str(super().to_python(None if value is None else clean_text(str(value))))

    def bound_data(self, data: Any, initial: Any) -> Any:
        return clean_text(data) if isinstance(data, str) else data

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise forms.ValidationError(
                f"Tu texto tiene {number(len(value))} caracteres y aquí caben {number(self.limit)}. "
                f"Está completo en esta página: acórtalo en {number(len(value) - self.limit)} y envíalo.",
                code="too_long",
            )


def mood_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=Mood.choices,
        coerce=lambda value: Mood(int(value)),
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def agreement_to_be_attended() -> forms.BooleanField:
    return forms.BooleanField(
        label="Acepto que una psicóloga o un psicólogo de Need lea lo que escriba y me responda por escrito.",
        error_messages={"required": "Sin tu acuerdo nadie puede leer lo que escribas, ni responderte."},
    )


class OrderForm(forms.Form):
    """What is bought, the consent to be attended, and the attempt that makes a double click one order."""

    service = forms.ModelChoiceField(
        label="Servicio",
        queryset=Service.objects.none(),
        empty_label=None,
        to_field_name="slug",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Elige uno de los servicios.",
            "invalid_choice": "Ese servicio ya no está a la venta. Elige otro.",
        },
    )
    code = LetterField(
        label="¿Tienes un código de descuento?",
        limit=CODE_LIMIT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    agrees = agreement_to_be_attended()
    attempt = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.filter(active=True)  # type: ignore[attr-defined]

    def keep_only_what_is_said_of_the_code(self) -> None:
        """Somebody who asks what a code is worth has not forgotten the rest."""
        for name in [name for name in self.errors if name != "code"]:
            del self.errors[name]


class GiftOrderForm(OrderForm):
    """The same for somebody else: they agree when they redeem it."""

    agrees = None  # type: ignore[assignment]  # how Django leaves a field of the parent out


class RedeemForm(forms.Form):
    """The code of a gift, and the consent of whoever got it."""

    code = LetterField(
        label="Tu código",
        help_text="Son cuatro grupos de cuatro letras y números. Da igual si lo escribes en mayúsculas o con "
        "guiones.",
        limit=CODE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "Escribe el código que te dieron."},
    )
    agrees = agreement_to_be_attended()


class KeptCodeForm(RedeemForm):
    """The same of somebody who has not signed in yet."""

    agrees = None  # type: ignore[assignment]


class CaseForm(forms.Form):
    """The case, along four questions; only the first must be answered."""

    happening = LetterField(
        label="¿Qué está pasando?",
        help_text="Empieza por donde puedas. No hace falta que esté ordenado ni bien escrito.",
        rows=9,
        error_messages={"required": "Cuéntanos aunque sea un poco de lo que está pasando."},
    )
    since = LetterField(
        label="¿Desde cuándo?", help_text="Más o menos: días, meses, años.", rows=2, required=False
    )
    tried = LetterField(
        label="¿Qué has intentado?", help_text="Lo que te ayudó y lo que no.", rows=4, required=False
    )
    hopes = LetterField(
        label="¿Qué esperas de esta orientación?",
        help_text="Por ejemplo, entender algo, tomar una decisión o saber por dónde empezar.",
        rows=4,
        required=False,
    )
    mood = mood_field("¿Cómo estás ahora?")
    letters = ("happening", "since", "tried", "hopes")

    def ask_to_agree(self) -> None:
        """Ask again for the consent to be attended, of somebody who withdrew it after paying."""
        self.fields["agrees"] = agreement_to_be_attended()

    def clean_happening(self) -> str:
        text: str = self.cleaned_data["happening"]
        # Somebody in danger may write three words: those are never sent back.
        if len(text) < CASE_MINIMUM and not assess(text).flag:
            raise forms.ValidationError(
                "Con un poco más podremos entenderte: bastan una o dos frases.", code="too_short"
            )
        return text

    @property
    def content(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.letters}


class ReplyForm(forms.Form):
    text = LetterField(
        label="Tu réplica",
        help_text="Cómo te fue con los pasos, qué no se entendió o qué quedó abierto.",
        rows=9,
        error_messages={"required": "Escribe tu réplica antes de enviarla."},
    )
    letters = ("text",)

    @property
    def content(self) -> dict[str, str]:
        return {"text": self.cleaned_data["text"]}


class _DraftForm(forms.Form):
    @property
    def content(self) -> dict[str, object]:
        return dict(self.cleaned_data)


class CaseDraftForm(_DraftForm):
    happening = LetterField(limit=DRAFT_LIMIT, required=False, strip=False)
    since = LetterField(limit=DRAFT_LIMIT, required=False, strip=False)
    tried = LetterField(limit=DRAFT_LIMIT, required=False, strip=False)
    hopes = LetterField(limit=DRAFT_LIMIT, required=False, strip=False)
    mood = forms.ChoiceField(choices=Mood.choices, required=False)


class ReplyDraftForm(_DraftForm):
    text = LetterField(limit=DRAFT_LIMIT, required=False, strip=False)


class MoodAfterForm(forms.Form):
    mood = forms.TypedChoiceField(choices=Mood.choices, coerce=lambda value: Mood(int(value)))


PUBLICATION_CHOICES = [
    (PublicationWish.YES, "Sí, pueden preparar un caso sin datos que me identifiquen"),
    (PublicationWish.NO, "No, prefiero que no"),
    (PublicationWish.NOT_ASKED, "Prefiero no responder ahora"),
]


class PublicationForm(forms.Form):
    publication = forms.ChoiceField(
        label="¿Podemos publicar tu caso, sin datos que te identifiquen?",
        help_text="Ayudaría a otras personas. Verías y aprobarías el texto antes de publicarlo. Decir que no "
        "no cambia nada, y puedes cambiar de opinión.",
        choices=PUBLICATION_CHOICES,
        required=False,
        widget=forms.RadioSelect,
        initial=PublicationWish.NOT_ASKED,
    )

    @property
    def wish(self) -> PublicationWish:
        return PublicationWish(self.cleaned_data["publication"])


class CloseForm(PublicationForm):
    follow_up = forms.BooleanField(
        label="Acepto recibir por correo unas pocas encuestas breves para ver cómo sigo.",
        help_text="Llegan en los meses que vienen, se responden en unos minutos y cada una trae un enlace "
        "para dejar de recibirlas.",
        required=False,
    )
    field_order = ("follow_up", "publication")


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(
        label="¿Qué tan útil fue esta orientación?",
        choices=[
            (1, "1 de 5, nada útil"),
            (2, "2 de 5"),
            (3, "3 de 5"),
            (4, "4 de 5"),
            (5, "5 de 5, muy útil"),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Elige de 1 a 5."},
    )
    comment = LetterField(
        label="¿Quieres contarnos algo más?",
        help_text="No se publica. Lo lee quien respondió tu consulta.",
        limit=COMMENT_LIMIT,
        rows=4,
        required=False,
    )
    letters = ("comment",)
