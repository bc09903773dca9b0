"""The product beside a Mercado Pago that is not our stand-in, and whose payment page is on another host."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product, running
from tests.journeys.steps import CLIENT, open_paid_consultation, sign_in
from tests.othermercadopago.server import OtherMercadoPago


@pytest.fixture
def other() -> Iterator[OtherMercadoPago]:
    with OtherMercadoPago(seed=31) as server:
        yield server


@pytest.fixture
def product(
    other: OtherMercadoPago, need_running: Product, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    """A second product, with what the first one holds: to write the demo again takes half a minute."""
    named = {
        "MERCADOPAGO_API_URL": other.url,
        "MERCADOPAGO_ACCESS_TOKEN": other.token,
        "MERCADOPAGO_WEBHOOK_SECRET": other.secret,
    }
    folder = tmp_path_factory.mktemp("other")
    copy_database(need_running.folder, folder)
    with running(folder, BUILT_ASSETS="0", **named) as made:
        yield made


def copy_database(source: Path, target: Path) -> None:
    """Where it is a file, that is; a product on PostgreSQL writes its own."""
    name = "need.sqlite3"
    if (source / name).exists():
        with closing(sqlite3.connect(source / name)) as old, closing(sqlite3.connect(target / name)) as new:
            old.backup(new)


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], product: Product) -> dict[str, Any]:
    return {**browser_context_args, "base_url": product.url}


def test_whole_purchase_beside_another_mercado_pago(
    product: Product, other: OtherMercadoPago, page: Page, complaints: list[str]
) -> None:
    assert not listens((urlsplit(product.url).port or 0) + 1), "no stand-in of ours beside it"
    sign_in(page, CLIENT)
    preference_id = leave_to_pay(page, other)
    payment_id = other.books.pay(preference_id)
    for each in other.notifications.of_payment(payment_id):
        assert each.send(f"{product.url}/mercadopago/notificaciones/") == 200
    wish = other.books.preference(preference_id).wish
    page.goto(f"{wish['back_urls']['success']}?payment_id={payment_id}&status=approved")
    open_paid_consultation(page)
    shown = json.loads(product.manage("show_order", wish["external_reference"]))
    assert (shown["money"], shown["fulfilled"], shown["attention"]) == ("paid", 1, False)
    assert complaints == []


def leave_to_pay(page: Page, other: OtherMercadoPago) -> str:
    """Choose a service and be led to the payment page; gives the preference's id."""
    page.goto("/consultas/nueva/")
    page.get_by_role("radio", name=re.compile("Orientación escrita")).check()
    page.get_by_label("Acepto que una psicóloga").check()
    page.get_by_role("main").get_by_role("button", name=re.compile("pagar", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Elige como pagar")
    assert page.url.startswith(other.pages)
    return parse_qs(urlsplit(page.url).query)["pref"][0]


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
