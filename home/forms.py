"""The forms of the person and of the public pages. Labels and errors are what people read."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import forms as allauth_forms
from django import forms
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from home.actions.people import set_country
from home.consents import PERSONAL_PURPOSES
from home.enums import ConsentPurpose, Country, Mood, Phase
from home.models import Consent, User

EMAIL_LABEL = "Correo electrónico"
PASSWORD_LABEL = "Contraseña"  # noqa: S105 (a label)
PASSWORD_HINT = "Al menos 10 caracteres. Una frase corta que recuerdes sirve muy bien."  # noqa: S105
COUNTRY_HINT = "Sirve para mostrarte las líneas de ayuda de tu país, si las tenemos."
COUNTRIES = [("", "Prefiero no decirlo"), *Country.by_name()]
YES = "yes"
NO = "no"


class CountryField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "choices": COUNTRIES,
            "required": False,
            "label": "País (opcional)",
            "help_text": COUNTRY_HINT,
        }
        super().__init__(**{**defaults, **kwargs})
        self.widget.attrs["autocomplete"] = "country"


class SignupForm(allauth_forms.SignupForm):
    """An e-mail, one password, whether one is of age, and perhaps a country. No name is asked."""

    country = CountryField()
    adult = forms.BooleanField(
        label="Tengo 18 años o más",
        error_messages={
            "required": mark_safe(
                "Need atiende a personas desde los 18 años. Si tienes menos, en "
                '<a href="/ayuda-ahora/">Ayuda ahora</a> hay líneas gratuitas que también son para ti.'
            )
        },
    )
    field_order = ("email", "password1", "country", "adult")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(
            self.fields["email"],
            EMAIL_LABEL,
            "Ahí te enviaremos un enlace para confirmarlo.",
        )
        _dress(self.fields["password1"], PASSWORD_LABEL, PASSWORD_HINT)

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        super().custom_signup(request, user)
        if self.cleaned_data["country"]:
            set_country(by=user, country=self.cleaned_data["country"])


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["login"], EMAIL_LABEL)
        _dress(self.fields["password"], PASSWORD_LABEL)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["password"], PASSWORD_LABEL)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["email"], EMAIL_LABEL)


class _OneNewPassword:
    """One field instead of two alike: it can be shown while typing, and reset when forgotten."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _dress(self.fields["password1"], "Contraseña nueva", PASSWORD_HINT)


class ResetPasswordKeyForm(_OneNewPassword, allauth_forms.ResetPasswordKeyForm):
    pass


class SetPasswordForm(_OneNewPassword, allauth_forms.SetPasswordForm):
    pass


class ChangePasswordForm(_OneNewPassword, allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["oldpassword"], "Contraseña actual")


class AddEmailForm(allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["email"], "Correo nuevo")


class CountryForm(forms.Form):
    country = CountryField(label="País")


class MoodForm(forms.Form):
    phase = forms.ChoiceField(choices=Phase.choices)
    mood = forms.TypedChoiceField(choices=Mood.choices, coerce=lambda value: Mood(int(value)))

    def clean_phase(self) -> Phase:
        return Phase(self.cleaned_data["phase"])


class AnalyticsConsentForm(forms.Form):
    analytics = forms.ChoiceField(choices=[(YES, "Sí, de acuerdo"), (NO, "No, gracias")])

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["analytics"] == YES)


class ConsentForm(forms.Form):
    """One purpose given or withdrawn. A subject must be one that this person was asked about before."""

    purpose = forms.ChoiceField(choices=ConsentPurpose.choices)
    subject = forms.CharField(max_length=64, required=False)
    agreed = forms.ChoiceField(choices=[(YES, "Doy mi acuerdo"), (NO, "Lo retiro")])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["agreed"] == YES)

    def clean(self) -> dict[str, Any]:
        data = cast(dict[str, Any], super().clean())
        if not self._was_asked(data.get("purpose"), data.get("subject", "")):
            raise forms.ValidationError("Ese acuerdo no existe.")
        return data

    def _was_asked(self, purpose: str | None, subject: str) -> bool:
        if not subject:
            return purpose in PERSONAL_PURPOSES
        return Consent.objects.filter(user=self.user, purpose=purpose, subject=subject).exists()


def _dress(field: forms.Field, label: str, help_text: str = "") -> None:
    """Give an allauth field our words; a placeholder that repeats the label only gets in the way."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = "Escribe un correo completo, como nombre@ejemplo.com."
