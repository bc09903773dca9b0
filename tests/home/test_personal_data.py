"""Every model of Need's says what it holds of a person, and what becomes of it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.db.models.fields.reverse_related import ForeignObjectRel

from home.encryption import EncryptedTextField
from home.models import User
from home.personal_data import OnErasure

ROOMS = ("home", "casestudies", "consultations", "surveys")
MODELS = [
    model
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
    if not model._meta.auto_created
]
model_of_need = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


def own_fields(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.get_fields() if not isinstance(field, ForeignObjectRel)]


def test_every_room_has_models() -> None:
    assert {model._meta.app_label for model in MODELS} == set(ROOMS)


@model_of_need
def test_model_declares_its_personal_fields_itself(model: type[Model]) -> None:
    declared = vars(model).get("personal_fields")

    assert isinstance(declared, dict), f"{model.__name__} has no personal_fields of its own"
    assert all(isinstance(fate, OnErasure) for fate in declared.values())


@model_of_need
def test_personal_fields_are_fields(model: type[Model]) -> None:
    for name in model.personal_fields:
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            pytest.fail(f"{model.__name__}.personal_fields names {name}, which is no field")


@model_of_need
def test_encrypted_fields_are_personal(model: type[Model]) -> None:
    encrypted = {field.name for field in own_fields(model) if isinstance(field, EncryptedTextField)}

    assert encrypted <= set(model.personal_fields)


def test_a_client_gives_no_name() -> None:
    person = User.objects.model(email="alguien@example.com")

    assert person.get_full_name() == person.get_short_name() == str(person) == person.pseudonym
