"""No log holds an address that is a key."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory
from gunicorn.glogging import SafeAtoms

from need_site.log_masking import MaskKeys, mask_foreign_loggers, mask_keys

TOKEN = "12.1wQxYz.aB3-_dEfGh"


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    """What the site's own handler writes."""
    # Exactly that class: pytest's own handlers, which may be masked by then, are of others.
    ours = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    handler = next(each for each in ours if _masks(each))
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def _masks(filterer: logging.Filterer) -> bool:
    return any(isinstance(each, MaskKeys) for each in filterer.filters)


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        (f"/encuestas/{TOKEN}/", "/encuestas/[…]/"),
        (f"/encuestas/{TOKEN}/?ref=correo", "/encuestas/[…]/?ref=correo"),
        (f"/encuestas/baja/{TOKEN}/", "/encuestas/baja/[…]/"),
        (f"/encuestas//{TOKEN}", "/encuestas//[…]"),
        (f"/consultas/orden/{TOKEN}/", "/consultas/orden/[…]/"),
        ("/cuenta/verificar/MQ:1wQxYz:aB3-_dE/", "/cuenta/verificar/[…]/"),
        ("/cuenta/verificar/MQ%3A1wQxYz%3AaB3/", "/cuenta/verificar/[…]/"),
        ("/cuenta/clave/recuperar/1a-cx2b-8d0f/", "/cuenta/clave/recuperar/[…]/"),
        (f"/cuenta/ingresar/?next=%2Fencuestas%2F{TOKEN}%2F&a=1", "?next=%2Fencuestas%2F[…]%2F&a=1"),
        (f'"GET https://need.cl/encuestas/{TOKEN} HTTP/1.1" 200', "/encuestas/[…] HTTP/1.1"),
    ],
)
def test_key_of_an_address_is_masked(address: str, masked: str) -> None:
    assert masked in mask_keys(address)
    assert TOKEN not in mask_keys(address)


@pytest.mark.parametrize(
    "address", ["/consultas/nueva/", "/cuenta/verificar/", "/profesional/", "/casos/encuestas-y-otros/"]
)
def test_address_that_is_no_key_is_left_as_it_is(address: str) -> None:
    assert mask_keys(address) == address


def test_request_in_a_record_does_not_bring_the_key_back(console: io.StringIO) -> None:
    seen: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = seen.append  # type: ignore[method-assign]
    logger = logging.getLogger("django.request")
    request = RequestFactory().post(f"/encuestas/{TOKEN}/", {"phq-9-1": "3"})
    logger.addHandler(handler)
    try:
        logger.warning("Answered %s", request.path, extra={"request": request, "status_code": 422})
        logger.warning("Answered %s", request, extra={"where": {"path": request.path}})
    finally:
        logger.removeHandler(handler)
    assert len(seen) == 2
    assert not [each for each in seen if TOKEN in str(vars(each))]
    assert seen[0].__dict__["request"] == "<WSGIRequest: POST '/encuestas/[…]/'>"
    assert seen[0].__dict__["status_code"] == 422
    assert TOKEN not in console.getvalue()


@pytest.mark.parametrize(
    "name", ["django.server", "django.security.csrf", "anything.else", "gunicorn.access"]
)
def test_no_logger_reaches_the_console_with_a_key(name: str, console: io.StringIO) -> None:
    logging.getLogger(name).warning('"GET %s HTTP/1.1" %s', f"/encuestas/{TOKEN}/", "404")
    assert console.getvalue().strip().endswith('"GET /encuestas/[…]/ HTTP/1.1" 404')


def test_traceback_is_masked(console: io.StringIO) -> None:
    try:
        raise LookupError(f"nothing at /encuestas/{TOKEN}/")
    except LookupError:
        logging.getLogger("django.request").exception("Internal Server Error")
    assert "LookupError: nothing at /encuestas/[…]/" in console.getvalue()
    assert TOKEN not in console.getvalue()


def test_gunicorns_access_log_is_masked_in_its_own_file() -> None:
    """Gunicorn has handlers of its own, and hands its facts over as a dict."""
    mask_foreign_loggers()
    logger, written = logging.getLogger("gunicorn.access"), io.StringIO()
    handler, level = logging.StreamHandler(written), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    facts: dict[str, Any] = {"h": "-", "r": f"GET /encuestas/{TOKEN}/ HTTP/1.1", "f": f"/encuestas/{TOKEN}/"}
    try:
        logger.info('%(h)s "%(r)s" "%(f)s" %(nothing)s', SafeAtoms(facts))
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    assert written.getvalue() == '- "GET /encuestas/[…]/ HTTP/1.1" "/encuestas/[…]/" -\n'
    assert len([each for each in logger.filters if isinstance(each, MaskKeys)]) == 1


def test_message_with_wrong_arguments_breaks_nothing(console: io.StringIO) -> None:
    logging.getLogger("django.request").warning("%s and %s", f"/encuestas/{TOKEN}/")
    assert TOKEN not in console.getvalue()
    assert "/encuestas/[…]/" in console.getvalue()


def test_django_keeps_no_handler_that_prints_or_mails_requests() -> None:
    assert logging.getLogger("django").handlers == []
    assert settings.LOGGING["handlers"].keys() == {"console"}
