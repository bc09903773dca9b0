"""The receipt: an e-mail when an order is paid, and a page for who paid. Neither says what was bought."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from consultations import emails, jobs
from consultations.actions.links import NEUTRAL_TITLE
from consultations.actions.orders import place_order, start_checkout
from consultations.actions.refunds import record_refunds
from consultations.mercadopago_reports import RefundReport
from consultations.models import Consultation, Order, Payment, Service
from home.emails import EmailNotSent
from home.models import SentEmail, User
from tests.consultations.browsing import order_page, signed_in, text_of
from tests.fixtures.consultations import pay
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
ABOUT_HEALTH = ("orientaci", "psic", "salud", "terap", "ansiedad", "ánimo", "consulta")


def receipt_of(order: Order) -> str:
    return reverse("consultations:receipt", args=[order.return_token])


def without_addresses(text: str, *addresses: str) -> str:
    for address in addresses:
        text = text.replace(address, "")
    return text.lower()


@pytest.fixture
def named_service(service: Service) -> Service:
    """Its name says what it is about."""
    service.name = "Orientación psicológica para la ansiedad"
    service.save()
    return service


def test_email_names_no_health_matter(
    named_service: Service, order: Order, run_jobs: RunJobs, settings: Any
) -> None:
    pay(order)
    run_jobs()
    [message] = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    paths = (reverse("consultations:detail", args=[order.consultation.pk]), receipt_of(order))
    for text in (message.subject, message.body, html):
        assert not [word for word in ABOUT_HEALTH if word in without_addresses(text, *paths)]
        assert named_service.name not in text
        assert order.client.pseudonym not in text
    assert all(settings.SITE_URL + path in html for path in paths)


def test_receipt_is_queued_with_the_payment_or_not_at_all(order: Order, run_jobs: RunJobs) -> None:
    with transaction.atomic():
        pay(order)
        transaction.set_rollback(True)
    assert not OrmQ.objects.exists()
    pay(order)
    assert run_jobs().count("consultations.jobs.send_payment_received") == 1


def test_later_payments_of_an_order_send_no_second_receipt(order: Order, run_jobs: RunJobs) -> None:
    pay(order, id=1)
    pay(order, id=2)
    pay(order, id=1, status="in_mediation", status_detail="")
    pay(order, id=1)
    run_jobs()
    assert [message.subject for message in mail.outbox] == ["Recibimos tu pago"]


def test_receipt_is_sent_once_although_its_job_runs_twice(paid_order: Order, run_jobs: RunJobs) -> None:
    run_jobs()
    jobs.send_payment_received(paid_order.pk)
    jobs.send_space_open(paid_order.pk)
    assert len(mail.outbox) == 1


def test_receipt_that_another_worker_is_sending_is_left_to_it(paid_order: Order) -> None:
    """The second asks again later, in case the first dies."""
    Order.objects.update(receipt_claimed_at=timezone.now())
    with pytest.raises(EmailNotSent):
        jobs.send_payment_received(paid_order.pk)
    assert mail.outbox == []
    Order.objects.update(receipt_claimed_at=timezone.now() - datetime.timedelta(minutes=2))
    jobs.send_payment_received(paid_order.pk)
    assert len(mail.outbox) == 1


def test_receipt_that_could_not_be_sent_is_sent_at_the_next_try(
    paid_order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", lambda self: 1 / 0)
        with pytest.raises(EmailNotSent):
            jobs.send_payment_received(paid_order.pk)
    assert not SentEmail.objects.exists()
    jobs.send_payment_received(paid_order.pk)
    assert len(mail.outbox) == 1


def test_buyer_of_somebody_elses_space_gets_the_receipt_alone(paid_order: Order, other_client: User) -> None:
    Consultation.objects.update(client=other_client)
    jobs.send_payment_received(paid_order.pk)
    [message] = mail.outbox
    assert message.to == [paid_order.client.email]
    assert receipt_of(paid_order) in message.body
    assert "espacio" not in message.body


def test_order_that_cost_nothing_has_no_receipt(paid_order: Order) -> None:
    paid_order.amount = 0
    emails.payment_received(paid_order)
    [message] = mail.outbox
    assert message.subject == "Tienes un mensaje en Need"
    assert "Tu espacio para escribir está abierto" in message.body
    assert not [word for word in ("pago", "recibo", "Monto") if word in message.body]


def test_mercado_pago_reads_nothing_of_what_is_bought(
    mercadopago_standin: StandIn, named_service: Service, client_user: User
) -> None:
    """The title and the descriptor end on statements of a bank."""
    order = place_order(by=client_user, service=named_service, attempt=uuid.uuid4())
    start_checkout(order)
    [preference] = mercadopago_standin.ledger()["preferences"]
    assert [item["title"] for item in preference["items"]] == [NEUTRAL_TITLE]
    assert preference["statement_descriptor"] == "NEED"
    shown = without_addresses(str(preference), order_page(order))
    assert not [word for word in ABOUT_HEALTH if word in shown]
    assert not [known for known in (client_user.email, client_user.pseudonym.lower()) if known in shown]


def test_buyer_reads_the_receipt(named_service: Service, paid_order: Order, client_user: User) -> None:
    payment = paid_order.payments.get()
    answer = signed_in(client_user).get(receipt_of(paid_order))
    page = text_of(answer)
    for told in (
        paid_order.reference,
        NEUTRAL_TITLE,
        "$25.000 CLP",
        str(payment.payment_id),
        "Tarjeta de crédito",
    ):
        assert told in page
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    said = without_addresses(main, receipt_of(paid_order), order_page(paid_order))
    assert not [word for word in ABOUT_HEALTH if word in said]
    assert "no-store" in answer["Cache-Control"]


def test_receipt_shows_what_went_back(paid_order: Order, client_user: User) -> None:
    payment = paid_order.payments.get()
    Payment.objects.update(refunded=10000)
    report = RefundReport(id=99, amount=payment.amount - 15000, status="approved", created_at=timezone.now())
    record_refunds(payment, report_with(report))
    page = text_of(signed_in(client_user).get(receipt_of(paid_order)))
    assert "−$10.000 CLP" in page
    assert sums_of(page) == {"Pagado": "$25.000 CLP", "Devuelto": "−$10.000 CLP", "Queda": "$15.000 CLP"}


def sums_of(page: str) -> dict[str, str]:
    """What stands below the lines of a receipt."""
    return dict(re.findall(r'colspan="2">([^<]*)</th><td class="number">([^<]*)</td>', page))


def test_receipt_of_what_went_back_as_a_whole_says_what_was_paid_and_that_nothing_stays(
    paid_order: Order, client_user: User
) -> None:
    Payment.objects.update(status="refunded", refunded=paid_order.amount)
    page = text_of(signed_in(client_user).get(receipt_of(paid_order)))
    assert sums_of(page) == {"Pagado": "$25.000 CLP", "Devuelto": "−$25.000 CLP", "Queda": "$0 CLP"}


def test_receipt_of_what_stays_says_the_total_alone(paid_order: Order, client_user: User) -> None:
    page = text_of(signed_in(client_user).get(receipt_of(paid_order)))
    assert sums_of(page) == {"Total pagado": "$25.000 CLP"}


def report_with(refund: RefundReport) -> Any:
    class OneRefund:
        refunds = (refund,)

    return OneRefund()


def test_disputed_payment_is_shown_and_not_counted(paid_order: Order, client_user: User) -> None:
    Payment.objects.update(status="charged_back", status_detail="in_process")
    page = text_of(signed_in(client_user).get(receipt_of(paid_order)))
    assert "no suma" in page
    assert "$0 CLP" in page


@pytest.mark.parametrize(
    "changes", [{"live_mode": False}, {"collector_id": 999}, {"currency": "ARS"}, {"status": "in_mediation"}]
)
def test_payment_that_does_not_count_is_shown_and_not_added_up(
    changes: dict[str, Any], paid_order: Order, client_user: User
) -> None:
    """As the state of the order counts: no test payment, and none into somebody else's account."""
    pay(paid_order, id=502, amount=7000, **changes)
    page = text_of(signed_in(client_user).get(receipt_of(paid_order)))
    row = next(each for each in page.split("<tr>") if "n.º 502" in each)
    assert "no suma" in row
    assert page.count("no suma") == 1
    assert "$25.000 CLP" in page.partition("<tfoot>")[2]


def test_receipt_is_for_its_buyer_alone(
    paid_order: Order, client: Client, other_client: User, psychologist: User, administrator: User
) -> None:
    answer = client.get(receipt_of(paid_order))
    assert (answer.status_code, "ingresar" in answer["Location"]) == (302, True)
    for stranger in (other_client, psychologist, administrator):
        assert signed_in(stranger).get(receipt_of(paid_order)).status_code == 404


def test_unpaid_order_has_no_receipt(order: Order, client_user: User) -> None:
    browser = signed_in(client_user)
    assert browser.get(receipt_of(order))["Location"] == order_page(order)
    assert receipt_of(order) not in text_of(browser.get(order_page(order)))


def test_order_page_leads_its_buyer_to_the_receipt(
    paid_order: Order, client_user: User, other_client: User
) -> None:
    assert receipt_of(paid_order) in text_of(signed_in(client_user).get(order_page(paid_order)))
    assert receipt_of(paid_order) not in text_of(signed_in(other_client).get(order_page(paid_order)))


def test_receipt_costs_the_same_for_one_and_three_payments(
    paid_order: Order, client_user: User, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(client_user)

    def cost() -> int:
        browser.get(receipt_of(paid_order))
        with django_assert_max_num_queries(30) as queries:
            browser.get(receipt_of(paid_order))
        return len(queries)

    first = cost()
    for payment_id in (501, 502):
        pay(paid_order, id=payment_id)
    assert cost() == first
