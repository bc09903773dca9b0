"""What an administrator fills in at the office."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms

from consultations import wording
from consultations.enums import CURRENCIES_WITHOUT_DECIMALS, OFFICE_REASONS, RefundReason
from consultations.models import Order

NOTE_LIMIT: Final = 500
# The field has room for the order's reference before it.
RESOLUTION_LIMIT: Final = 250
# "10.000", "1.500,50", "10000", "10,5" or "10.50": a point before three digits is no decimal point here.
WITH_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")
WITHOUT_POINTS = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")


def read_amount(text: str) -> Decimal | None:
    """An amount as people write it in Spanish; None for anything else."""
    bare = text.replace("$", "").replace("S/", "").replace(" ", "")
    if WITH_POINTS.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    return Decimal(bare.replace(",", ".")) if WITHOUT_POINTS.fullmatch(bare) else None


def write_amount(amount: Decimal) -> str:
    """An amount as `read_amount` takes it, without the currency."""
    return wording.price(amount, "").strip("$ ")


class RefundForm(forms.Form):
    """How much of a payment goes back, and why. `left` is what may still be asked of it."""

    amount = forms.CharField(
        label="Cuánto se devuelve",
        max_length=20,
        error_messages={"required": "Escribe cuánto se devuelve."},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.ChoiceField(
        label="Por qué",
        choices=[("", "Elige una razón"), *((each.value, each.label) for each in OFFICE_REASONS)],
        error_messages={"required": "Elige una razón."},
    )
    note = forms.CharField(
        label="Nota para el equipo",
        help_text="Se guarda cifrada. La persona no la lee. No cuentes aquí de qué trata la consulta.",
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    attempt = forms.UUIDField(widget=forms.HiddenInput)
    # The payment to look at whose page led here, and is gone back to.
    flag = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, left: Decimal, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left, self.currency = left, currency
        price = wording.price(left, currency)
        self.fields["amount"].help_text = f"Quedan {price}. Puedes devolver todo o una parte."

    def clean_amount(self) -> Decimal:
        amount = read_amount(self.cleaned_data["amount"])
        if amount is None:
            raise forms.ValidationError("Escribe un monto, por ejemplo 10.000.")
        if amount <= 0:
            raise forms.ValidationError("El monto tiene que ser mayor que cero.")
        if self.currency in CURRENCIES_WITHOUT_DECIMALS and amount != amount.to_integral_value():
            raise forms.ValidationError("Esta moneda no tiene decimales.")
        if amount > self.left:
            raise forms.ValidationError(f"De este pago quedan {wording.price(self.left, self.currency)}.")
        return amount

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reason") == RefundReason.OTHER and not self.cleaned_data.get("note"):
            self.add_error("note", "Explica la razón en pocas palabras.")
        return self.cleaned_data


class DecisionForm(forms.Form):
    """What was decided about a payment that somebody had to look at."""

    resolution = forms.CharField(
        label="Qué se decidió",
        help_text="Queda a la vista de la administración. No cuentes aquí de qué trata la consulta.",
        max_length=RESOLUTION_LIMIT,
        error_messages={"required": "Escribe qué se decidió."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AttachForm(DecisionForm):
    """Which order a payment was meant for, and how that is known."""

    reference = forms.CharField(
        label="Referencia de la orden",
        help_text="Por ejemplo, N-ABCD2345EFGH6789.",
        max_length=40,
        error_messages={"required": "Escribe la referencia de la orden."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("reference", "resolution")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resolution"].label = "Cómo se sabe"
        self.fields["resolution"].error_messages["required"] = "Escribe cómo se sabe de quién es."

    def clean_reference(self) -> Order:
        reference = self.cleaned_data["reference"].strip().upper()
        order = Order.objects.select_related("client", "service").filter(reference=reference).first()
        if order is None:
            raise forms.ValidationError("No hay ninguna orden con esa referencia.")
        return order
