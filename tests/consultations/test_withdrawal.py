"""Changing one's mind: until somebody opens the case, everything goes back, and nobody asks why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from pytest_django import DjangoAssertNumQueries

from consultations.actions.consultations import release, submit_case, take
from consultations.actions.drafts import save_draft
from consultations.actions.errors import NotAllowed
from consultations.actions.payments import sync_payment
from consultations.actions.withdrawal import withdraw
from consultations.enums import Money, RefundReason, RefundState, Status
from consultations.models import Consultation, Draft, Order, Payment, Refund
from home.enums import Mood
from home.models import User
from tests.consultations.browsing import address, order_page, signed_in, text_of
from tests.fixtures.consultations import CASE, pay
from tests.fixtures.refunds import PayAgain, given_back
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
BUTTON = "Retirar y recibir mi dinero"


@pytest.fixture
def bought(bought_order: Order, bought_payment: Payment) -> Consultation:
    """Paid at the stand-in, written, and opened by nobody."""
    consultation = Consultation.objects.get(order=bought_order)
    submit_case(by=consultation.client, consultation=consultation, content=dict(CASE), mood=Mood.BAD)
    return consultation


def test_withdrawing_gives_everything_back_and_says_so(
    bought: Consultation, client_user: User, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    browser = signed_in(client_user)
    assert address("withdraw", bought) in text_of(browser.get(address("detail", bought)))
    asked = text_of(browser.get(address("withdraw", bought)))
    assert BUTTON in asked
    assert "Te devolvemos $25.000 CLP por el mismo medio con que pagaste." in asked
    bought.refresh_from_db()
    assert bought.status == Status.WAITING, "looking changes nothing"
    page = text_of(browser.post(address("withdraw", bought), follow=True))
    assert "Te devolvemos $25.000 CLP por el mismo medio con que pagaste. Ya está pedido" in page
    assert "Te estamos devolviendo tu dinero" in text_of(browser.get(order_page(bought.order)))
    run_jobs()
    assert given_back(mercadopago_standin, bought.order) == [25000]
    refund = Refund.objects.get()
    assert (refund.reason, refund.by) == (RefundReason.WITHDRAWAL, client_user)
    assert "Mercado Pago devolvió $25.000 CLP el" in text_of(browser.get(address("detail", bought)))
    assert "Tu dinero fue devuelto" in text_of(browser.get(order_page(bought.order)))
    assert "La retiraste" in text_of(browser.get("/consultas/"))


def test_withdrawing_deletes_what_was_written(bought: Consultation, client_user: User) -> None:
    withdraw(by=client_user, consultation=bought)
    bought.refresh_from_db()
    assert (bought.status, bought.mood_before, bought.priority) == (Status.WITHDRAWN, "", False)
    assert (bought.due_at, bought.waiting_since) == (None, None)
    assert not bought.turns.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM consultations_turn")
        assert cursor.fetchone()[0] == 0


def test_withdrawing_before_writing_deletes_the_draft(
    paid_consultation: Consultation, client_user: User
) -> None:
    save_draft(by=client_user, consultation=paid_consultation, content={"happening": "Aún no sé."})
    browser = signed_in(client_user)
    assert address("withdraw", paid_consultation) in text_of(
        browser.get(address("detail", paid_consultation))
    )
    assert "Lo que escribiste se borra" in text_of(browser.get(address("withdraw", paid_consultation)))
    browser.post(address("withdraw", paid_consultation))
    paid_consultation.refresh_from_db()
    assert (paid_consultation.status, Draft.objects.exists()) == (Status.WITHDRAWN, False)


def test_withdrawing_leaves_jobs_nothing_to_do(
    waiting_consultation: Consultation, client_user: User, psychologist: User, run_jobs: RunJobs
) -> None:
    """The e-mails of a letter that is gone, still in the queue; nobody is told that somebody waits."""
    withdraw(by=client_user, consultation=waiting_consultation)
    OrmQ.objects.filter(pk__in=queued("carry_out_refund")).delete()
    assert queued("send_case_waiting")
    run_jobs()
    desk = text_of(signed_in(psychologist).get("/profesional/"))
    assert client_user.pseudonym not in desk


def queued(job: str) -> list[int]:
    rows = [(row.pk, SignedPackage.loads(row.payload)["func"]) for row in OrmQ.objects.all()]
    return [pk for pk, name in rows if name == f"consultations.jobs.{job}"]


def test_second_click_asks_for_one_refund(waiting_consultation: Consultation, client_user: User) -> None:
    browser = signed_in(client_user)
    for _ in range(2):
        page = text_of(browser.post(address("withdraw", waiting_consultation), follow=True))
        assert "Retiraste esta consulta" in page
        assert "no se puede retirar" not in page
    assert Refund.objects.count() == 1
    assert browser.get(address("withdraw", waiting_consultation))["Location"] == address(
        "detail", waiting_consultation
    )


def test_opened_case_is_not_withdrawn_and_its_page_says_what_holds(
    taken_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    page = text_of(browser.get(address("detail", taken_consultation)))
    assert address("withdraw", taken_consultation) not in page
    assert "Como ya la abrieron, no se puede retirar." in page
    for visit in (browser.get, browser.post):
        told = text_of(visit(address("withdraw", taken_consultation), follow=True))
        assert "Ya abrieron tu caso, así que no se puede retirar." in told
    taken_consultation.refresh_from_db()
    assert (taken_consultation.status, Refund.objects.exists()) == (Status.IN_CARE, False)


def test_released_case_may_be_withdrawn_again(
    taken_consultation: Consultation, psychologist: User, client_user: User
) -> None:
    release(by=psychologist, consultation=taken_consultation)
    withdraw(by=client_user, consultation=taken_consultation)
    assert Refund.objects.get().amount == taken_consultation.order.amount


def test_withdrawn_case_cannot_be_taken(
    waiting_consultation: Consultation, client_user: User, psychologist: User
) -> None:
    as_the_desk_saw_it = Consultation.objects.get(pk=waiting_consultation.pk)
    withdraw(by=client_user, consultation=waiting_consultation)
    with pytest.raises(NotAllowed):
        take(by=psychologist, consultation=as_the_desk_saw_it)
    browser = signed_in(psychologist)
    assert browser.get(address("desk_detail", waiting_consultation)).status_code == 404


@pytest.mark.parametrize("role", ["other_client", "psychologist", "administrator"])
def test_withdrawing_is_the_clients_alone(
    role: str, waiting_consultation: Consultation, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(role)
    browser = signed_in(person)
    assert browser.get(address("withdraw", waiting_consultation)).status_code == 404
    assert browser.post(address("withdraw", waiting_consultation)).status_code == 404
    with pytest.raises(NotAllowed):
        withdraw(by=person, consultation=waiting_consultation)
    waiting_consultation.refresh_from_db()
    assert waiting_consultation.status == Status.WAITING


def test_withdrawing_asks_visitors_to_sign_in(waiting_consultation: Consultation, client: Client) -> None:
    answer = client.post(address("withdraw", waiting_consultation))
    assert (answer.status_code, "/cuenta/ingresar/" in answer["Location"]) == (302, True)


def test_money_in_dispute_is_not_withdrawn(paid_consultation: Consultation, client_user: User) -> None:
    payment = paid_consultation.order.payments.get()
    pay(paid_consultation.order, id=payment.payment_id, status="in_mediation")
    browser = signed_in(client_user)
    assert address("withdraw", paid_consultation) not in text_of(
        browser.get(address("detail", paid_consultation))
    )
    told = text_of(browser.post(address("withdraw", paid_consultation), follow=True))
    assert "Mercado Pago tiene tu pago en revisión" in told
    assert not Refund.objects.exists()


def test_payment_that_arrives_after_withdrawing_goes_back(
    bought: Consultation,
    client_user: User,
    pay_there: PayAgain,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    withdraw(by=client_user, consultation=bought)
    run_jobs()
    late = pay_there()
    run_jobs()
    sync_payment(late.payment_id)
    refund = Refund.objects.get(payment=late)
    assert (refund.reason, refund.state) == (RefundReason.LATE_PAYMENT, RefundState.DONE)
    assert given_back(mercadopago_standin, bought.order) == [25000, 25000]
    order = Order.objects.get()
    assert (order.money, order.attention) == (Money.REFUNDED, "")


def test_refusal_of_mercado_pago_is_told(
    bought: Consultation, client_user: User, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    mercadopago_standin.fail("400", match="POST .*refunds")
    withdraw(by=client_user, consultation=bought)
    run_jobs()
    page = text_of(signed_in(client_user).get(address("detail", bought)))
    assert "Mercado Pago no aceptó devolver $25.000 CLP por sí solo." in page
    assert Order.objects.get().attention


def test_withdrawn_page_costs_seven_queries(
    waiting_consultation: Consultation,
    client_user: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    withdraw(by=client_user, consultation=waiting_consultation)
    browser = signed_in(client_user)
    browser.get(address("detail", waiting_consultation))
    with django_assert_num_queries(7):
        browser.get(address("detail", waiting_consultation))


def test_withdrawing_after_a_won_chargeback_gives_everything_back(
    bought: Consultation, bought_payment: Payment, client_user: User, mercadopago_standin: StandIn
) -> None:
    won = {"status": "charged_back", "status_detail": "reimbursed"}
    mercadopago_standin.change_payment(bought_payment.payment_id, notify=False, **won)
    sync_payment(bought_payment.payment_id)
    bought.refresh_from_db()
    withdraw(by=client_user, consultation=bought)
    [refund] = Refund.objects.all()
    assert (refund.payment, refund.amount) == (bought_payment, bought_payment.amount)
