from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import IntegrityError, models, transaction

from home.enums import Country
from home.personal_data import OnErasure, PersonalFields

PSEUDONYM_NOUNS = [
    "Lluvia",
    "Brisa",
    "Nube",
    "Orilla",
    "Semilla",
    "Luna",
    "Montaña",
    "Ladera",
    "Marea",
    "Colina",
    "Rama",
    "Bruma",
    "Aurora",
    "Arena",
    "Vereda",
    "Pradera",
    "Laguna",
    "Hoja",
    "Piedra",
    "Ventana",
    "Cima",
    "Raíz",
    "Flor",
    "Ola",
]
PSEUDONYM_ADJECTIVES = [
    "Serena",
    "Clara",
    "Suave",
    "Amable",
    "Lenta",
    "Tibia",
    "Callada",
    "Firme",
    "Liviana",
    "Alta",
    "Azul",
    "Verde",
    "Nueva",
    "Honda",
    "Quieta",
    "Blanca",
    "Ancha",
    "Dulce",
    "Leve",
    "Larga",
]


def new_pseudonym() -> str:
    """A name nobody has: two calm words and a number, e.g. "Lluvia Serena 4821"."""
    words = f"{secrets.choice(PSEUDONYM_NOUNS)} {secrets.choice(PSEUDONYM_ADJECTIVES)}"
    return f"{words} {secrets.randbelow(9000) + 1000}"


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person who signs in by e-mail; the pseudonym is made up when none is given."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Anybody with an account. Clients give an e-mail and no name; the two name fields are the team's."""

    personal_fields: ClassVar[PersonalFields] = {
        "email": OnErasure.DELETE_ROW,
        "pseudonym": OnErasure.DELETE_ROW,
        "first_name": OnErasure.DELETE_ROW,
        "last_name": OnErasure.DELETE_ROW,
        "country": OnErasure.DELETE_ROW,
    }

    username = None
    email = models.EmailField("correo electrónico", unique=True)
    pseudonym = models.CharField("seudónimo", max_length=60, unique=True, default=new_pseudonym)
    country = models.CharField("país", max_length=2, choices=Country, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "personas"

    def __str__(self) -> str:
        return self.pseudonym

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new person whose made-up pseudonym is already somebody's gets another one."""
        if not self._state.adding:
            super().save(*args, **kwargs)
            return
        for attempt in range(5):
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
                return
            except IntegrityError:
                if attempt == 4 or not User.objects.filter(pseudonym=self.pseudonym).exists():
                    raise
                self.pseudonym = new_pseudonym()

    def get_full_name(self) -> str:
        return super().get_full_name() or self.pseudonym

    def get_short_name(self) -> str:
        return self.first_name or self.pseudonym


def display_name(user: User) -> str:
    """How a person is addressed on screen: never by e-mail."""
    return user.pseudonym
