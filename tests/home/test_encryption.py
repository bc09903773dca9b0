"""What people write in confidence: unreadable in the database, whole to the application, keys replaceable."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection, models
from django.test.utils import isolate_apps

from consultations.models import BreakGlassAccess, Consultation, Draft
from home.encryption import EncryptedJSONField, EncryptedTextField, decrypt, encrypt

SECRET = "Tengo miedo de ir al trabajo. Ñandú, 🌧"

pytestmark = pytest.mark.django_db


def stored(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 (names of our own)
        return str(cursor.fetchone()[0])


def write(text: str = SECRET) -> BreakGlassAccess:
    return BreakGlassAccess.objects.create(consultation_id=uuid.uuid4(), administrator_id=1, reason=text)


def test_text_is_unreadable_at_rest_and_comes_back_whole() -> None:
    row = write()

    kept = stored("consultations_breakglassaccess", "reason")
    assert "miedo" not in kept
    assert "trabajo" not in kept
    assert BreakGlassAccess.objects.get(pk=row.pk).reason == SECRET


def test_json_is_unreadable_at_rest_and_comes_back_whole(paid_consultation: Consultation) -> None:
    content = {"happening": SECRET, "steps": ["uno", 2, None]}
    Draft.objects.create(consultation=paid_consultation, author=paid_consultation.client, content=content)

    assert "miedo" not in stored("consultations_draft", "content")
    assert Draft.objects.get().content == content


def test_the_same_text_is_never_kept_the_same_twice() -> None:
    assert encrypt(SECRET) != encrypt(SECRET)


def test_an_older_key_still_reads_and_the_first_one_writes(settings: Any) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    row = write()

    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    assert BreakGlassAccess.objects.get(pk=row.pk).reason == SECRET
    BreakGlassAccess.objects.get(pk=row.pk).save()

    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert BreakGlassAccess.objects.get(pk=row.pk).reason == SECRET


def test_without_its_key_a_text_is_lost_loudly(settings: Any) -> None:
    token = encrypt(SECRET)
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        decrypt(token)


def test_a_tampered_token_is_refused() -> None:
    token = encrypt(SECRET)

    with pytest.raises(InvalidToken):
        decrypt(token[:-4] + "AAA=")


def test_nothing_can_be_found_by_its_text() -> None:
    write()

    assert not BreakGlassAccess.objects.filter(reason=SECRET).exists()
    assert not BreakGlassAccess.objects.filter(reason__contains="miedo").exists()


@pytest.mark.parametrize("field", [EncryptedTextField, EncryptedJSONField])
@pytest.mark.parametrize("option", ["unique", "db_index"])
@isolate_apps("home")
def test_an_index_on_an_encrypted_field_fails_the_checks(field: type[models.Field], option: str) -> None:
    class Note(models.Model):  # noqa: DJ008 (lives for this test)
        text = field(**{option: True})

        class Meta:
            app_label = "home"

    assert [error.id for error in Note._meta.get_field("text").check()] == ["home.E001"]


def test_empty_values_stay_what_they_are() -> None:
    assert EncryptedTextField().get_prep_value(None) is None
    assert EncryptedJSONField().from_db_value(None, None, connection) is None
    assert write("").reason == ""
