"""Requests that make no sense, that ask too much, that come from elsewhere; and what caches are told."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from casestudies.models import CasePage
from need_site.log_masking import MaskKeys
from tests.need_site.api.conftest import Reader

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        *("search=%00", "title=%00", "search_operator=x", "site=x", "site=a:b", "locale=xx", "unknown=1"),
        *("published_on=x", "country=CL", "type=home.User", "order=random", "order=turns", "order="),
        *("offset=99999999999999999999", "offset=100001", "offset=-1", "limit=51", "limit=x", "limit="),
        *("child_of=99999999999999999999", "child_of=-1", "ancestor_of=999"),
        *("fields=(", "fields=author(user)", "fields=secreto", "fields=" + "a(" * 3000),
        *(
            f"type=casestudies.CasePage&{own}=x"
            for own in ("published_on", "author", "country", "fictitious")
        ),
        "type=casestudies.CasePage&author=99999999999999999999",
    ],
)
def test_request_without_sense_is_refused_with_a_reason(api: Reader, case: CasePage, query: str) -> None:
    answer = api.answer(f"pages/?{query}")

    assert answer.status_code == 400
    assert list(answer.json()) == ["message"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("words", ['a"b', '")(*', "*", "'; --", "NEAR(a b)", "ñ" * 500, "%F0%9F%98%80", ""])
def test_search_takes_whatever_somebody_types(api: Reader, case: CasePage, words: str) -> None:
    assert isinstance(api(f"pages/?search={words}")["items"], list)


@pytest.mark.parametrize(
    "address", ["pages/999/", "nada/", "pages/x/", "topics/nada/", "images/9/", "users/1/", "images/a%0Ab/"]
)
def test_nothing_there_is_said_in_json(api: Reader, address: str) -> None:
    answer = api.answer(address)

    assert (answer.status_code, answer.json()) == (404, {"message": "not found"})


def test_whoever_asks_for_a_page_gets_json_too(api: Reader) -> None:
    assert api.answer("pages/", accept="text/html").headers["Content-Type"] == "application/json"
    assert api.answer("pages/?format=api").status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(api: Reader, method: str) -> None:
    answer = getattr(api.client, method)("/api/v2/pages/")

    assert (answer.status_code, list(answer.json())) == (405, ["message"])


def test_too_many_requests_from_one_address_are_told_when_to_come_back(
    api: Reader, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATELIMIT_ENABLE = True
    monkeypatch.setattr("need_site.api.base.RATE", "2/m")

    answers = [api.answer(address) for address in ("site/", "menus/", "pages/")]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert "Try again in" in answers[2].json()["message"]
    assert api.client.get("/api/v2/site/", REMOTE_ADDR="203.0.113.9").status_code == 200


# --- caches ---------------------------------------------------------------------------------------
def test_answer_may_be_kept_a_moment_and_is_not_sent_twice(api: Reader, case: CasePage) -> None:
    first = api.answer(f"pages/{case.pk}/")
    again = api.answer(f"pages/{case.pk}/", if_none_match=first.headers["ETag"])

    assert first.headers["Cache-Control"] == "public, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Cookie" not in first.headers.get("Vary", "")
    assert not first.cookies


def test_publishing_changes_the_tag_of_the_page_and_of_its_list(api: Reader, case: CasePage) -> None:
    addresses = (f"pages/{case.pk}/", "pages/?type=casestudies.CasePage&fields=*")
    before = [api.answer(address).headers["ETag"] for address in addresses]
    case.summary = "Otro resumen."
    revision = case.save_revision()
    kept = [api.answer(address).headers["ETag"] for address in addresses]
    CasePage.objects.filter(pk=case.pk).update(summary=case.summary)

    after = [api.answer(address).headers["ETag"] for address in addresses]

    assert revision.pk
    assert kept == before
    assert set(after).isdisjoint(before)


def test_withdrawn_page_is_gone_for_whoever_kept_its_tag(api: Reader, case: CasePage) -> None:
    tag = api.answer(f"pages/{case.pk}/").headers["ETag"]
    case.unpublish()

    assert api.answer(f"pages/{case.pk}/", if_none_match=tag).status_code == 404


# --- other sites ----------------------------------------------------------------------------------
def test_scripts_of_named_sites_alone_may_read_and_never_as_somebody(api: Reader, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://revista.example"]

    named = api.answer("site/", origin="https://revista.example")
    other = api.answer("site/", origin="https://otro.example")
    elsewhere = api.client.get("/", headers={"origin": "https://revista.example"})

    assert named.headers["Access-Control-Allow-Origin"] == "https://revista.example"
    assert "Access-Control-Allow-Credentials" not in named.headers
    for answer in (other, elsewhere):
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_other_sites_may_ask_and_not_write(api: Reader, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://revista.example"]
    asked = {"origin": "https://revista.example", "access-control-request-method": "POST"}

    answer = api.client.options("/api/v2/pages/", headers=asked)

    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


# --- logs -----------------------------------------------------------------------------------------
def test_what_was_searched_and_a_preview_s_key_are_in_no_log(
    api: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(MaskKeys())

    api.answer("pages/?search=estoysola&search_operator=x")
    api.answer("pages/1/?preview_token=llave-secreta")
    logging.getLogger("gunicorn.access").warning("GET /api/v2/pages/?limit=1&search=estoysola HTTP/1.1")

    assert caplog.records
    assert "estoysola" not in "".join(str(vars(record)) for record in caplog.records)
    assert "llave-secreta" not in "".join(str(vars(record)) for record in caplog.records)
