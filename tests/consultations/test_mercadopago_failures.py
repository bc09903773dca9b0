"""When Mercado Pago, the network or the credentials fail: which exception comes, how soon, what it says."""

import time

import pytest

from consultations import mercadopago
from consultations.mercadopago import BadCredentials, MercadoPagoError, Preference, Refused, Unavailable
from tests.standins.preferences import open_preference


@pytest.fixture
def preference(mercadopago_standin) -> Preference:
    return open_preference()


@pytest.fixture
def approved(mercadopago_standin, preference) -> int:
    return mercadopago_standin.create_payment(preference.id)["id"]


@pytest.mark.parametrize("mode", ["500", "502", "503", "429", "423", "302", "html", "reset", "lost"])
def test_get_payment_is_unavailable_when_the_api_falters(mercadopago_standin, approved, mode):
    mercadopago_standin.fail(mode)
    with pytest.raises(Unavailable):
        mercadopago.get_payment(approved)
    assert mercadopago.get_payment(approved).status == "approved"


@pytest.mark.parametrize("mode", ["500", "429"])
def test_call_asks_once_and_leaves_retrying_to_the_queue(mercadopago_standin, approved, mode):
    mercadopago_standin.fail(mode, times=2, retry_after=3600)
    began = time.monotonic()
    for _ in range(2):
        with pytest.raises(Unavailable) as caught:
            mercadopago.get_payment(approved)
        assert caught.value.status == int(mode)
    assert time.monotonic() - began < 2
    assert mercadopago.get_payment(approved).id == approved


def test_get_payment_gives_up_on_silence(mercadopago_standin, approved, monkeypatch):
    monkeypatch.setattr(mercadopago, "TIMEOUT_SECONDS", 0.2)
    mercadopago_standin.fail("timeout", seconds=1.0)
    began = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        mercadopago.get_payment(approved)
    assert (caught.value.status, time.monotonic() - began < 0.9) == (None, True)


def test_call_is_unavailable_when_nobody_listens(settings, mercadopago_standin):
    settings.MERCADOPAGO_API_URL = "http://127.0.0.1:9"
    with pytest.raises(Unavailable):
        mercadopago.search_payments(external_reference="N-1")


@pytest.mark.parametrize("token", ["", "TEST-other", "TEST-standin-token\nx"])
def test_search_with_wrong_token_fails_instead_of_finding_nothing(mercadopago_standin, settings, token):
    settings.MERCADOPAGO_ACCESS_TOKEN = token
    with pytest.raises(MercadoPagoError):
        mercadopago.search_payments(external_reference="N-1")


@pytest.mark.parametrize("status", ["401", "403"])
def test_call_with_refused_credentials_says_so(mercadopago_standin, approved, status):
    mercadopago_standin.fail(status, times=2)
    with pytest.raises(BadCredentials):
        mercadopago.get_payment(approved)


def test_forbidden_payment_is_refused_where_the_credentials_are_let_in(mercadopago_standin, approved):
    mercadopago_standin.fail("403", match=f"/v1/payments/{approved}")
    with pytest.raises(Refused) as caught:
        mercadopago.get_payment(approved)
    assert caught.value.status == 403


def test_forbidden_payment_tells_nothing_where_nobody_says_whether_we_are_let_in(
    mercadopago_standin, approved
):
    mercadopago_standin.fail("403", match=f"/v1/payments/{approved}")
    mercadopago_standin.fail("500", match="search")
    with pytest.raises(Unavailable):
        mercadopago.get_payment(approved)


def test_unavailable_says_whether_the_call_hung(mercadopago_standin, approved, monkeypatch):
    monkeypatch.setattr(mercadopago, "TIMEOUT_SECONDS", 0.2)
    hung = []
    for mode in ("timeout", "500", "reset"):
        mercadopago_standin.fail(mode, seconds=1.0)
        with pytest.raises(Unavailable) as caught:
            mercadopago.get_payment(approved)
        hung.append(caught.value.hung)
    assert hung == [True, False, False]


def test_access_token_may_end_in_a_newline(mercadopago_standin, settings, preference):
    settings.MERCADOPAGO_ACCESS_TOKEN += "\n"
    assert mercadopago.get_preference(preference.id) == preference


def test_loopback_is_reached_around_a_proxy(monkeypatch, preference):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert mercadopago.get_preference(preference.id) == preference


def test_error_text_repeats_nothing_that_was_sent(mercadopago_standin):
    mercadopago_standin.fail("400")
    with pytest.raises(Refused) as caught:
        open_preference(payer_email="persona.secreta@example.com", title="Título privado")
    shown = str(caught.value) + repr(caught.value)
    assert shown.count("secreta") == shown.count("privado") == 0
    assert str(caught.value) == "create_preference: HTTP 400 (planned_failure)"
