"""The demonstration's accounts. All invented; they exist only with DEBUG."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from home.enums import Country
from home.models import User
from home.permissions import ADMINISTRATORS, EDITORS, MARKETERS, MODERATORS, PSYCHOLOGISTS

PASSWORD = "need-demo-2026"  # noqa: S105 (public on purpose: printed at start-up, refused without DEBUG)
TEAM = {
    "psicologa@example.com": ("Catalina", "Herrera", PSYCHOLOGISTS),
    "editora@example.com": ("Elena", "Edita", EDITORS),
    "moderadora@example.com": ("Mora", "Modera", MODERATORS),
    "marketing@example.com": ("Marco", "Mercado", MARKETERS),
    "admin@example.com": ("Ada", "Administra", ADMINISTRATORS),
}
CLIENT = "cliente@example.com"
OTHER_PSYCHOLOGISTS = {
    "psicologo2@example.com": ("Martín", "Olivares", PSYCHOLOGISTS),
    "psicologa3@example.com": ("Paula", "Quiroga", PSYCHOLOGISTS),
}
ACCOUNTS = (CLIENT, *TEAM)


def make_people() -> None:
    """Make the accounts that are not there yet, their e-mails verified."""
    _person(CLIENT, pseudonym="Orilla Serena 2026", country=Country.CHILE)
    for email, (first_name, last_name, group) in {**TEAM, **OTHER_PSYCHOLOGISTS}.items():
        user = _person(email, first_name=first_name, last_name=last_name, country=Country.CHILE)
        user.groups.add(Group.objects.get(name=group))
    admin = User.objects.get(email="admin@example.com")
    admin.is_staff = admin.is_superuser = True
    admin.save()


def reader(pseudonym: str) -> User:
    """A reader who commented: somebody with a pseudonym who never signs in."""
    found = User.objects.filter(pseudonym=pseudonym).first()
    if found:
        return found
    number = User.objects.filter(email__startswith="lectura-").count() + 1
    user = User.objects.create_user(f"lectura-{number}@example.com", pseudonym=pseudonym)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _person(email: str, **fields: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True, "verified": True})
    return user
