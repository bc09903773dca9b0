"""The page one comes back to from Mercado Pago: only what was read from its API is told as a fact."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions.orders import place_order
from consultations.enums import Money, OrderKind
from consultations.models import Order, Payment, Service
from home.models import User
from tests.consultations.browsing import order_page, signed_in, text_of, without_tokens
from tests.fixtures.consultations import pay

pytestmark = pytest.mark.django_db
CONFIRMED = "Tu pago está confirmado"
CONFIRMING = "Estamos confirmando tu pago"
PENDING = "Tu pago está en revisión"
FORGED = "?status=approved&collection_status=approved&payment_id=1&external_reference=N-AAAA"


def page_of(order: Order) -> str:
    return reverse("consultations:order", args=[order.return_token])


def heading(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Falta el pago"),
        ("?status=null&collection_status=null", "Saliste sin terminar el pago"),
        ("?status=rejected", CONFIRMING),
        ("?status=pending", CONFIRMING),
        ("?status=in_process", CONFIRMING),
        (FORGED, CONFIRMING),
        ("?status=<script>alert(1)</script>", "Falta el pago"),
    ],
)
def test_return_address_never_makes_an_order_paid(
    query: str, title: str, order: Order, client_user: User
) -> None:
    page = text_of(signed_in(client_user).get(page_of(order) + query))
    assert heading(page) == title
    order.refresh_from_db()
    assert order.money == Money.UNPAID
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("report", "title"),
    [
        ({"status": "approved"}, CONFIRMED),
        ({"status": "in_process", "status_detail": "pending_review_manual"}, PENDING),
        ({"status": "authorized", "status_detail": "pending_capture"}, PENDING),
        ({"status": "pending", "payment_type": "ticket"}, "Falta que pagues el cupón o la transferencia"),
        ({"status": "rejected", "status_detail": "cc_rejected_other_reason"}, "El pago no pasó"),
        ({"status": "cancelled", "status_detail": "expired"}, "El pago se canceló"),
        ({"status": "refunded"}, "Tu dinero fue devuelto"),
        ({"status": "in_mediation"}, "Este pago está en revisión"),
        ({"status": "charged_back", "status_detail": "settled"}, "Este pago está en revisión"),
    ],
)
def test_page_says_what_mercado_pago_says(
    report: dict[str, str], title: str, order: Order, client_user: User
) -> None:
    pay(order, **report)
    assert heading(text_of(signed_in(client_user).get(page_of(order)))) == title


@pytest.mark.parametrize(
    ("status", "detail", "sentence"),
    [
        (
            "rejected",
            "cc_rejected_insufficient_amount",
            "La tarjeta no tiene fondos o cupo suficiente. Prueba con otra.",
        ),
        ("rejected", "cc_rejected_call_for_authorize", "Tu banco pide que autorices este pago."),
        ("rejected", "cc_rejected_high_risk", "Suele resolverse con otra tarjeta o con otro medio de pago."),
        ("rejected", "something_new", "Suele resolverse con otra tarjeta o con otro medio de pago."),
        ("cancelled", "expired", "Terminó el plazo para pagar."),
        ("cancelled", "by_payer", "Lo cancelaste en Mercado Pago."),
        ("cancelled", "", "No hay nada pendiente."),
    ],
)
def test_client_reads_why_the_payment_did_not_pass_and_tries_again(
    status: str, detail: str, sentence: str, order: Order, client_user: User, other_client: User
) -> None:
    pay(order, status=status, status_detail=detail)
    page = text_of(signed_in(client_user).get(page_of(order)))
    assert sentence in page
    assert "Intentar de nuevo" in page
    assert sentence not in text_of(signed_in(other_client).get(page_of(order)))


def test_who_left_without_paying_reads_so_and_the_earlier_reason_below(
    order: Order, client_user: User
) -> None:
    pay(order, status="rejected", status_detail="cc_rejected_insufficient_amount")
    browser, reason = signed_in(client_user), "La tarjeta no tiene fondos"
    page = text_of(browser.get(page_of(order) + "?status=null&collection_status=null&payment_id=null"))
    assert heading(page) == "Saliste sin terminar el pago"
    assert "rechazó el último intento" not in page
    assert f"Lo que vemos de un intento anterior: {reason}" in page
    assert reason not in text_of(Client().get(page_of(order) + "?status=null"))


def test_newest_failure_is_the_one_that_is_told(order: Order, client_user: User) -> None:
    pay(order, status="rejected", status_detail="cc_rejected_max_attempts")
    pay(order, status="cancelled", status_detail="by_payer")
    assert heading(text_of(signed_in(client_user).get(page_of(order)))) == "El pago se canceló"


def test_expired_link_offers_a_new_start(order: Order, client_user: User) -> None:
    Order.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    browser = signed_in(client_user)
    page = text_of(browser.get(page_of(order)))
    assert heading(page) == "El enlace de pago venció"
    assert 'href="/consultas/nueva/"' in page
    assert "El enlace de pago venció." in text_of(browser.post(page_of(order), follow=True))


def test_paid_order_is_not_paid_again(paid_order: Order, client_user: User) -> None:
    answer = signed_in(client_user).post(page_of(paid_order), follow=True)
    assert answer.redirect_chain == [(page_of(paid_order), 302)]
    assert "Esta orden ya tiene un pago." in text_of(answer)


@pytest.mark.parametrize("reader", ["visitor", "stranger"])
def test_others_learn_only_how_the_money_is(
    reader: str, paid_order: Order, other_client: User, client: Client
) -> None:
    if reader == "stranger":
        client.force_login(other_client)
    page = text_of(client.get(page_of(paid_order)))
    assert heading(page) == CONFIRMED
    told = [
        paid_order.service.name,
        paid_order.reference,
        "25.000",
        paid_order.client.pseudonym,
        str(paid_order.consultation.pk),
    ]
    assert not [fact for fact in told if fact in page]
    assert "La compra está confirmada." in page


@pytest.mark.parametrize("reader", ["visitor", "stranger"])
@pytest.mark.parametrize("paid", [True, False])
def test_others_read_the_same_of_a_gift_as_of_any_purchase(
    reader: str, paid: bool, client_user: User, other_client: User, service: Service, client: Client
) -> None:
    if reader == "stranger":
        client.force_login(other_client)
    kinds = (OrderKind.OWN, OrderKind.GIFT)
    orders = [place_order(by=client_user, service=service, attempt=uuid.uuid4(), kind=each) for each in kinds]
    if paid:
        orders = [pay(each) for each in orders]
    pages = [text_of(client.get(page_of(each))).replace(each.return_token, "") for each in orders]
    own, gift = (without_tokens(each) for each in pages)
    assert own == gift
    for told in ("regalo", "código", "espacio"):
        assert told not in own.partition("<main")[2].partition("</main>")[0]


def test_visitor_is_sent_to_sign_in_and_back(order: Order, client: Client) -> None:
    sign_in = f"/cuenta/ingresar/?next={page_of(order)}"
    assert sign_in in text_of(client.get(page_of(order)))
    assert client.post(page_of(order))["Location"] == sign_in


def test_stranger_cannot_pay_somebody_elses_order(order: Order, other_client: User) -> None:
    assert signed_in(other_client).post(page_of(order)).status_code == 404


def test_unknown_token_is_not_found(client: Client, db: None) -> None:
    assert client.get("/consultas/orden/nada/").status_code == 404


def test_refund_after_the_payment_is_told(paid_order: Order, client_user: User) -> None:
    payment = Payment.objects.get()
    later = timezone.now() + datetime.timedelta(seconds=5)
    pay(
        paid_order,
        id=payment.payment_id,
        status="refunded",
        refunded=paid_order.amount,
        date_last_updated=later,
    )
    assert heading(text_of(signed_in(client_user).get(page_of(paid_order)))) == "Tu dinero fue devuelto"


def test_order_page_is_kept_by_no_cache(order: Order, client: Client) -> None:
    assert "no-store" in client.get(page_of(order))["Cache-Control"]


def test_order_page_lets_its_forms_say_where_they_come_from(order: Order, client: Client) -> None:
    """With no-referrer a browser sends `Origin: null`, and the CSRF check refuses to let anybody pay."""
    assert client.get(page_of(order))["Referrer-Policy"] == "same-origin"


def test_part_that_was_returned_is_called_a_part(paid_order: Order, client_user: User) -> None:
    payment = paid_order.payments.get()
    pay(paid_order, id=payment.payment_id, refunded=Decimal(10000))
    page = text_of(signed_in(client_user).get(order_page(paid_order)))
    assert "Devolvimos una parte del pago" in page
    assert "Te devolvimos $10.000 CLP." in page
    assert reverse("consultations:detail", args=[paid_order.consultation.pk]) in page
    assert "$10.000" not in text_of(Client().get(order_page(paid_order))), "not for whoever has the address"


def test_part_that_was_returned_before_we_knew_of_the_payment_is_told(
    order: Order, client_user: User
) -> None:
    pay(order, refunded=Decimal(10000))
    answer = signed_in(client_user).get(order_page(order))
    assert (answer.status_code, "Devolvimos una parte del pago" in text_of(answer)) == (200, True)
