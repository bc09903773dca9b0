"""The signature of webhooks: what Mercado Pago signs passes, all else is turned away without an error."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from consultations.mercadopago import verify_signature, webhook_secrets

SECRET = "s3cret"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


def sign(text: str, *, ts: object = SECONDS, secret: str = SECRET) -> str:
    """The header for a signed text that the test spells out, as the documentation does."""
    return f"ts={ts},v1={hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()}"


def verified(x_signature, *, x_request_id="r-1", data_id="123", secrets=(SECRET,), **more) -> bool:
    return verify_signature(
        x_signature=x_signature, x_request_id=x_request_id, data_id=data_id, secrets=secrets, **more
    )


def test_documented_text_is_accepted():
    assert verified(sign(f"id:123;request-id:r-1;ts:{SECONDS};"))


def test_absent_pairs_are_left_out_of_the_text():
    assert verified(sign(f"id:123;ts:{SECONDS};"), x_request_id=None)
    assert verified(sign(f"request-id:r-1;ts:{SECONDS};"), data_id=None)
    assert not verified(sign(f"id:;request-id:r-1;ts:{SECONDS};"), data_id=None)


def test_stamp_in_milliseconds_is_accepted():
    assert verified(sign(f"id:123;request-id:r-1;ts:{SECONDS}000;", ts=f"{SECONDS}000"))


def test_id_in_upper_case_may_be_signed_in_lower_case():
    assert verified(sign(f"id:abc;request-id:r-1;ts:{SECONDS};"), data_id="ABC")
    assert verified(sign(f"id:ABC;request-id:r-1;ts:{SECONDS};"), data_id="ABC")


@pytest.mark.parametrize("changes", [{"data_id": "124"}, {"x_request_id": "r-2"}, {"secrets": ("other",)}])
def test_signature_of_something_else_is_refused(changes):
    assert not verified(sign(f"id:123;request-id:r-1;ts:{SECONDS};"), **changes)


def test_changed_stamp_is_refused():
    header = sign(f"id:123;request-id:r-1;ts:{SECONDS};").replace(str(SECONDS), str(SECONDS + 1))
    assert not verified(header)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "   ",
        "v1=abc",
        f"ts={SECONDS}",
        f"ts={SECONDS},v1=",
        f"ts={SECONDS},v1=ñandú",
        f"ts={SECONDS},v1=\udcff",
        "ts=²,v1=abc",
        "ts=hoy,v1=abc",
        "nonsense",
        ",,,===",
        "ts=1," * 1000,
    ],
)
def test_header_that_is_no_signature_is_refused_without_an_error(header):
    assert verified(header) is False


@pytest.mark.parametrize("data_id", ["ñ", "\udcff", "1;request-id:r-1", "9" * 5000])
def test_strange_id_is_refused_without_an_error(data_id):
    assert verified(sign(f"id:123;request-id:r-1;ts:{SECONDS};"), data_id=data_id) is False


def test_any_secret_in_force_is_accepted():
    header = sign(f"id:123;request-id:r-1;ts:{SECONDS};", secret="old")
    assert verified(header, secrets=("new", "old"))
    assert not verified(header, secrets=("new",))


def test_no_secret_or_an_empty_one_accepts_nothing():
    header = sign(f"id:123;request-id:r-1;ts:{SECONDS};", secret="")
    assert not verified(header, secrets=())
    assert not verified(header, secrets=("",))


@pytest.mark.parametrize("ts", [str(SECONDS), f"{SECONDS}000"])
def test_tolerance_measures_seconds_and_milliseconds_alike(ts):
    header = sign(f"id:123;request-id:r-1;ts:{ts};", ts=ts)
    minute = timedelta(minutes=1)
    assert verified(header, tolerance=minute, now=NOW + minute)
    assert verified(header, tolerance=minute, now=NOW - minute)
    assert not verified(header, tolerance=minute, now=NOW + 2 * minute)


def test_without_tolerance_an_old_repeat_is_accepted():
    assert verified(sign("id:123;request-id:r-1;ts:1;", ts=1))


@pytest.mark.parametrize("ts", ["9" * 40, "9" * 5000])
def test_stamp_beyond_any_date_is_refused_without_an_error(ts):
    header = sign(f"id:123;request-id:r-1;ts:{ts};", ts=ts)
    assert verified(header, tolerance=timedelta(minutes=1), now=NOW) is False


@pytest.mark.parametrize(
    ("value", "secrets"),
    [("", ()), ("one", ("one",)), ("new, old", ("new", "old")), (" new ,, old ,", ("new", "old"))],
)
def test_webhook_secrets_are_comma_separated(settings, value, secrets):
    settings.MERCADOPAGO_WEBHOOK_SECRET = value
    assert webhook_secrets() == secrets
