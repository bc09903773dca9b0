"""Nothing confidential, ever: not by an endpoint, a relation, a field or a filter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from casestudies.models import CasePage, Comment, Topic
from consultations.models import Consultation, Draft, Order, Service
from home.models import CrisisLine, ProfessionalPage, SiteSettings, User
from need_site.api.openapi import description
from need_site.api.page_fields import PAGE_FIELDS, fields_of
from need_site.api.urls import api_router
from tests.need_site.api.conftest import Reader

PUBLIC_MODELS = {
    Page,
    get_image_model(),
    get_document_model(),
    Topic,
    CrisisLine,
    Redirect,
    Service,
    SiteSettings,
}
CONFIDENTIAL_MODELS = [
    model
    for model in apps.get_models()
    if getattr(model, "personal_fields", None) and not issubclass(model, Page)
]
ALL_OF_EACH = [f"/api/v2/pages/?type={model._meta.label}&fields=*&limit=50" for model in PAGE_FIELDS]


def test_models_with_personal_fields_are_known_here() -> None:
    assert {User, Consultation, Order, Draft, Comment} <= set(CONFIDENTIAL_MODELS)


def test_endpoints_serve_public_models_and_no_others() -> None:
    assert {endpoint.model for endpoint in api_router._endpoints.values()} == PUBLIC_MODELS


@pytest.mark.parametrize("model", CONFIDENTIAL_MODELS, ids=lambda model: model._meta.label)
def test_confidential_model_has_no_endpoint(model: Any) -> None:
    assert api_router.get_model_endpoint(model) is None


@pytest.mark.django_db
@pytest.mark.parametrize("model", PAGE_FIELDS, ids=lambda model: model.__name__)
def test_nothing_of_a_page_s_model_is_served_but_the_table(api: Reader, model: Any) -> None:
    """Every column and relation, backwards too: as a field, with its own fields, as a filter, as an order."""
    served = {"id", "title", *(field.name for field in fields_of(model))}
    served |= {"slug", "show_in_menus", "seo_title", "first_published_at", "last_published_at"}
    for field in model._meta.get_fields():
        if field.name in served:
            continue
        for query in (f"fields={field.name}", f"fields={field.name}(*)", f"order={field.name}"):
            assert api.answer(f"pages/?type={model._meta.label}&{query}").status_code == 400, query
        if field.name not in description_filters():
            assert api.answer(f"pages/?type={model._meta.label}&{field.name}=1").status_code == 400


def description_filters() -> set[str]:
    return {each["name"] for each in description()["paths"]["/api/v2/pages/"]["get"]["parameters"]}


@pytest.mark.django_db
def test_author_s_account_shows_nowhere(api: Reader, case: CasePage, psychologist: User) -> None:
    ProfessionalPage.objects.update(user=psychologist)

    for address in (f"pages/{case.pk}/?fields=*", f"pages/{case.author_id}/?fields=*"):
        answer = api.answer(address)
        assert answer.status_code == 200
        assert psychologist.email not in answer.content.decode()
    assert "user" not in answer.json()
    assert api.answer("pages/?type=home.ProfessionalPage&user=1").status_code == 400


# --- the demonstration, walked from end to end ------------------------------------------------------
@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """All that the API answers about the demonstration, as one text; the demonstration stays in place."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEBUG=True):
            call_command("seed_demo")
        Comment.objects.filter(status="pending").update(body="Nadie aprobó estas palabras.")
        yield "\n".join(walk())
        transaction.set_rollback(True)


def walk() -> Iterator[str]:
    """Every endpoint, every list with all fields, and every address of this API that an answer names."""
    ask, seen = Client(), set[str]()
    ahead = ["/api/v2/", *ALL_OF_EACH]
    while ahead:
        address = ahead.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = ask.get(address)
        assert answer.status_code == 200, address
        text = json.dumps(answer.json(), ensure_ascii=False)
        if not address.startswith("/api/v2/schema/"):
            ahead += re.findall(r'"http://[^/"]+(/api/v2/[^"]*)"', text)
            yield text
    assert len(seen) > 50


@pytest.mark.django_db
def test_walk_meets_what_is_public(everything: str) -> None:
    assert all(page.title in everything for page in Page.objects.live().type(CasePage))


@pytest.mark.django_db
def test_no_account_is_named(everything: str) -> None:
    assert [user.email for user in User.objects.all() if user.email in everything] == []
    approved = set(Comment.objects.filter(status="approved").values_list("pseudonym", flat=True))
    others = {user.pseudonym for user in User.objects.exclude(pseudonym="")} - approved
    assert others
    assert [name for name in others if name in everything] == []


@pytest.mark.django_db
def test_no_letter_order_or_unapproved_comment_is_quoted(everything: str) -> None:
    letters = [
        part.strip()
        for consultation in Consultation.objects.all()
        for turn in consultation.turns.all()
        for text in turn.content.values()
        for part in re.split(r"[.\n]", text)
        if len(part) > 20
    ]
    assert len(letters) > 20
    assert [part for part in letters if part in everything] == []
    assert "Nadie aprobó estas palabras." not in everything
    keys = [key for order in Order.objects.all() for key in (order.reference, order.return_token)]
    assert keys
    assert [key for key in keys if key in everything] == []
    assert [pk for pk in Consultation.objects.values_list("pk", flat=True) if str(pk) in everything] == []
