"""Text and JSON that are encrypted at rest (Fernet: AES-128-CBC with HMAC, from `cryptography`).

`settings.FIELD_ENCRYPTION_KEYS` is a list: the first key encrypts, all of them decrypt, so a key is
replaced by putting a new one in front. The database holds the token only; nothing can be searched.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """Give the token that stands for `text`, made with the first key."""
    return _fernet(tuple(settings.FIELD_ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Give back the text of a token made with any of the keys.

    Raises cryptography.fernet.InvalidToken when no key fits.
    """
    return _fernet(tuple(settings.FIELD_ENCRYPTION_KEYS)).decrypt(token.encode()).decode()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that only the application can read."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return None if value is None else encrypt(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else decrypt(value)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        if not (self.unique or self.db_index):  # type: ignore[attr-defined]
            return super().check(**kwargs)
        return [Error("An encrypted field can be neither unique nor indexed.", obj=self, id="home.E001")]


class EncryptedJSONField(EncryptedTextField):
    """A JSON value that only the application can read."""

    # What type checkers take the attribute for; TextField says str.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        return super().get_prep_value(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        text = super().from_db_value(value, expression, connection)
        return None if text is None else json.loads(text)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        return json.dumps(self.value_from_object(obj), cls=DjangoJSONEncoder, ensure_ascii=False)
