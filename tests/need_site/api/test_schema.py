"""The API's description: valid, complete, and true of every answer that machines can think of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import checks

from need_site.api.openapi import description
from need_site.api.page_fields import PAGE_FIELDS
from need_site.api.urls import api_router

checks.load_all_checks()
SCHEMA = schemathesis.openapi.from_dict(description())
# As the web server has it, without setting up Django a second time.
SCHEMA.app = WSGIHandler()
TRUE_OF_ALL = (
    checks.not_a_server_error,
    checks.CHECKS.get_one("status_code_conformance"),
    checks.CHECKS.get_one("content_type_conformance"),
    checks.CHECKS.get_one("response_schema_conformance"),
)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration's content, for all examples; the server leaves the connection open."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEBUG=True):
            call_command("seed_demo")
        yield
        transaction.set_rollback(True)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.django_db
@SCHEMA.parametrize()
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_every_answer_is_as_described(case: Any, demo: None) -> None:
    # The client in this process does not unpack what is compressed.
    case.call_and_validate(checks=TRUE_OF_ALL, headers={"Accept-Encoding": "identity"})


@pytest.mark.django_db
def test_description_is_valid_openapi_3_1(demo: None) -> None:
    document = Client().get("/api/v2/schema/").json()

    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_description_names_every_endpoint() -> None:
    named = {path.removeprefix("/api/v2/").split("/")[0] for path in description()["paths"]}

    assert named == {*api_router._endpoints, "schema", ""}


@pytest.mark.django_db
def test_pages_of_every_kind_hold_what_is_described(demo: None) -> None:
    kinds = description()["components"]["schemas"]
    ask = Client()
    seen = set()
    for item in ask.get("/api/v2/pages/?limit=50").json()["items"]:
        page = ask.get(item["meta"]["detail_url"]).json()
        name = page["meta"]["type"].split(".")[1]
        assert set(page) == set(kinds[name]["properties"]), name
        seen.add(name)

    assert seen == {model.__name__ for model, fields in PAGE_FIELDS.items() if fields}
