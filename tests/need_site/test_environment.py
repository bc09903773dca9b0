"""The rules by which the environment is read, one by one."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from storages.backends.s3 import S3Storage

from need_site import environment


def allows(source: str, address: str) -> bool:
    """Whether a content policy's source covers an address, as browsers judge it."""
    wanted, asked = urlsplit(source), urlsplit(address)
    return wanted[:2] == asked[:2] and (not wanted.path or asked.path.startswith(wanted.path))


BUCKETS = [
    "s3://KEY:SECRET@media-need",
    "s3://KEY:SECRET@media-need?region_name=sa-east-1",
    "s3://KEY:SECRET@media.need?region_name=sa-east-1",
    "s3://KEY:SECRET@media-need?endpoint_url=https://s3.example:9000&region_name=x",
    "s3://KEY:SECRET@media-need?endpoint_url=https://s3.example&addressing_style=virtual",
    "s3://KEY:SECRET@media-need?custom_domain=media.need.example",
]


@pytest.mark.parametrize("url", BUCKETS)
def test_policy_allows_the_addresses_that_the_bucket_gives(url: str) -> None:
    shown = S3Storage(**environment.media_options(url)).url("images/retrato.png")
    sources = environment.media_sources(url)

    assert any(allows(source, shown) for source in sources), (sources, shown)
    elsewhere = shown.replace("media-need", "another").replace("media.need", "another.need")
    assert not any(allows(source, elsewhere) for source in sources), "another bucket on the same host"


@pytest.mark.parametrize("url", [*BUCKETS, "s3://KEY:SECRET@media-need?querystring_auth=true"])
def test_addresses_of_the_bucket_s_files_never_change(url: str) -> None:
    storage = S3Storage(**environment.media_options(url))

    first = storage.url("tarjetas/abc.png")

    assert first.endswith("/tarjetas/abc.png"), "no signature, which would end some day"
    assert first == S3Storage(**environment.media_options(url)).url("tarjetas/abc.png")
    assert not storage.file_overwrite, "another picture of the same name would come to stand there"


def test_policy_allows_nothing_more_without_a_bucket() -> None:
    assert environment.media_sources("") == []


def test_number_of_proxies_is_not_negative() -> None:
    assert environment.proxy_count(2) == 2
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        environment.proxy_count(-1)


GOOD = "RGVsIGRpY2hvIGFsIGhlY2hvIGhheSB0cmVjaG8tLTE="


@pytest.mark.parametrize("debug", [True, False])
def test_key_that_is_none_is_refused_and_not_repeated(debug: bool) -> None:
    with pytest.raises(ImproperlyConfigured, match="number 2 is not a key") as refusal:
        environment.encryption_keys([GOOD, "a-secret-cut-short"], debug=debug)

    assert "cut-short" not in str(refusal.value)
    assert environment.encryption_keys([GOOD, GOOD], debug=debug) == [GOOD, GOOD]


def test_stand_in_takes_payments_only_with_debug() -> None:
    assert environment.mercadopago_api("http://127.0.0.1:8001", debug=True) == "http://127.0.0.1:8001"
    official = f"{environment.OFFICIAL_MERCADOPAGO_API}/"
    assert environment.mercadopago_api(official, debug=False) == official
    with pytest.raises(ImproperlyConfigured, match="is not Mercado Pago's"):
        environment.mercadopago_api("https://api.mercadopago.com.otro.example", debug=False)


@pytest.mark.parametrize(
    ("url", "debug", "token", "serves"),
    [
        ("", True, "", True),
        ("http://127.0.0.1:8001", True, "", True),
        ("http://localhost:8001/", True, "", True),
        ("http://127.0.0.1:9001", True, "", False),
        ("", True, "APP_USR-1", False),
        ("http://127.0.0.1:9001", True, "APP_USR-1", False),
        ("", False, "", False),
    ],
)
def test_own_stand_in_serves_when_nothing_else_is_named(
    url: str, debug: bool, token: str, serves: bool
) -> None:
    own = "http://127.0.0.1:8001"
    assert environment.standin_serves(url, debug=debug, access_token=token, own=own) is serves


def test_people_are_sent_to_pay_only_where_they_may_be() -> None:
    official = environment.payment_pages(f"{environment.OFFICIAL_MERCADOPAGO_API}/", standin=False)
    assert "https://www.mercadopago.cl" in official
    assert all(each.startswith("https://www.mercadopago.") for each in official)
    own = environment.payment_pages("http://127.0.0.1:8001", standin=True)
    assert set(own) - set(official) == {"http://127.0.0.1:8001", "http://localhost:8001"}
    foreign = environment.payment_pages("http://pagos.example:9001", standin=False)
    assert set(foreign) - set(official) == {"http:", "https:"}


@pytest.mark.parametrize(
    ("text", "token", "number"),
    [
        ("", "", 0),
        ("0", "APP_USR-1-2-abc-77", 0),
        ("24", "APP_USR-1-2-abc-77", 24),
        ("", "APP_USR-1-2-abc-77", 77),
        ("", "TEST-none", 0),
    ],
)
def test_account_that_is_paid_is_given_or_told_by_the_token(text: str, token: str, number: int) -> None:
    assert environment.collector_id(text, access_token=token) == number


@pytest.mark.parametrize("text", ["APP_USR-1", "-3"])
def test_account_that_is_paid_must_be_a_number(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MERCADOPAGO_COLLECTOR_ID"):
        environment.collector_id(text, access_token="")
