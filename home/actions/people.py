"""What a person changes about themselves."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from home.enums import Country
from home.models import User
from home.models.user import new_pseudonym

ATTEMPTS = 5


def change_pseudonym(*, by: User) -> str:
    """Give `by` another made-up pseudonym that nobody has, and give it back.

    Raises IntegrityError when five in a row are taken, which takes hundreds of thousands of people.
    """
    for attempt in range(ATTEMPTS):
        by.pseudonym = new_pseudonym()
        try:
            with transaction.atomic():
                by.save(update_fields=["pseudonym"])
            break
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    return by.pseudonym


def set_country(*, by: User, country: Country | str) -> None:
    """Note where `by` lives, for the crisis lines shown; an empty string forgets it."""
    by.country = country
    by.save(update_fields=["country"])
