"""The forms in which administrators add people to the team and change what they may do.

Whoever could set a password or an e-mail here could sign in as a client or as a psychologist, and read
letters without leaving a trace: neither can be set for an account that exists. A new one begins without a
password; its owner asks for one at "No recuerdo mi contraseña", by e-mail.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.users.forms import UserCreationForm, UserEditForm

from home.actions.access import may_change_access
from home.models import User

OWN_EMAIL = "Solo la propia persona puede cambiarlo, desde su cuenta."
OWN_ACCESS = "Nadie cambia sus propios permisos: pídelo a otra persona de administración."
NO_NAME = "Solo para el equipo. Una clienta o un cliente no tiene nombre aquí."
SUPERUSER_ONLY = "Solo una persona con este permiso puede darlo o quitarlo."


class NewPersonForm(UserCreationForm):  # type: ignore[misc]
    """A new account of the team. `by` is who fills this in."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "Ahí pedirá su contraseña, en «No recuerdo mi contraseña»."
        _keep_superuser_among_superusers(self, by)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError("Ya hay una cuenta con ese correo.")
        return email

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        person: User = super().save(commit=commit)
        return person


class PersonForm(UserEditForm):  # type: ignore[misc]
    """An account that exists: whether it is open and, where it is not one's own, what it may do."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fix(self, "email", OWN_EMAIL)
        for name in ("first_name", "last_name"):
            self.fields[name].required = False
            self.fields[name].help_text = NO_NAME
        if not may_change_access(by=by, person=self.instance):
            _fix(self, "groups", OWN_ACCESS)
        _keep_superuser_among_superusers(self, by)


def _keep_superuser_among_superusers(form: Any, by: User) -> None:
    if not by.is_superuser and "is_superuser" in form.fields:
        _fix(form, "is_superuser", SUPERUSER_ONLY)


def _fix(form: Any, name: str, why: str) -> None:
    """Show a field and take nothing for it, whatever is sent."""
    form.fields[name].disabled = True
    form.fields[name].help_text = why
