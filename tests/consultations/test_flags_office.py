"""The payments that a person must look at: who sees them, how they are found, and what settles each."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions.flags import raise_flag
from consultations.enums import Reason
from consultations.guidance import GUIDANCE, detail_of
from consultations.models import Order, Payment, PaymentFlag, Refund
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.consultations import pay
from tests.fixtures.people import make_person

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
LIST = "/admin/pagos-por-mirar/"


@pytest.fixture
def reader(db: None) -> User:
    """Sees what waits, without the permission to act."""
    person = make_person("contadora@example.com")
    names = ["access_admin", "view_paymentflag"]
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    return person


@pytest.fixture
def overpaid(order: Order) -> PaymentFlag:
    """One payment of 30.000 for a price of 25.000."""
    pay(order, amount=30000, id=3001)
    return PaymentFlag.objects.get(reason=Reason.OVERPAID)


def page_of(flag: PaymentFlag) -> str:
    return reverse("consultations_flag", args=[flag.pk])


def settle(browser: Client, flag: PaymentFlag, resolution: str = "La persona lo quiso así.") -> Any:
    return browser.post(page_of(flag), {"step": "resolve", "resolution": resolution})


def listed(browser: Client, **query: str) -> list[PaymentFlag]:
    return list(browser.get(LIST, query).context["object_list"])


# --- who ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["psychologist", "editor", "moderator", "marketer"])
def test_others_see_no_list_and_no_page_and_settle_nothing(
    role: str, overpaid: PaymentFlag, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(role))
    refused = browser.get(LIST)
    assert (refused.status_code, refused["Location"]) == (302, "/admin/")
    assert browser.get(page_of(overpaid)).status_code == 403
    assert settle(browser, overpaid).status_code == 403
    overpaid.refresh_from_db()
    assert overpaid.resolved_at is None


def test_strangers_do_not_get_in(overpaid: PaymentFlag, client: Client, client_user: User) -> None:
    for address in (LIST, page_of(overpaid)):
        assert client.get(address).status_code == 302
    assert signed_in(client_user).get(page_of(overpaid)).status_code == 403
    assert settle(signed_in(client_user), overpaid).status_code == 403


def test_who_may_only_read_reads_and_is_offered_nothing(overpaid: PaymentFlag, reader: User) -> None:
    browser = signed_in(reader)
    page = text_of(browser.get(page_of(overpaid)))
    assert "$5.000 CLP" in page
    assert 'name="step"' not in page
    assert "consultations_refund" not in page
    assert settle(browser, overpaid).status_code == 403
    assert listed(browser) == [overpaid]


# --- the list -------------------------------------------------------------------------------------
def test_list_begins_with_what_is_open_and_finds_the_rest(order: Order, administrator: User) -> None:
    browser = signed_in(administrator)
    opened, settled = raise_flag(Reason.CREDENTIALS), raise_flag(Reason.NOT_FOUND, payment_id=8)
    gone = raise_flag(Reason.REFUSED, payment_id=9)
    settle(browser, settled)
    PaymentFlag.objects.filter(pk=gone.pk).update(cleared_at=timezone.now())
    assert listed(browser) == [opened]
    assert listed(browser, estado="resueltos") == [settled]
    assert listed(browser, estado="pasados") == [gone]
    assert len(listed(browser, estado="todos")) == 3
    assert listed(browser, estado="nada de esto") == [opened]
    assert listed(browser, estado="todos", razon="not_found") == [settled]


def test_list_is_searched_by_reference_and_by_payment(overpaid: PaymentFlag, administrator: User) -> None:
    browser = signed_in(administrator)
    stranger = raise_flag(Reason.UNKNOWN_ORDER, payment_id=9_000_000_000, about="approved")
    assert overpaid.order
    assert listed(browser, q=overpaid.order.reference.lower()) == [overpaid]
    assert listed(browser, q="3001") == [overpaid], "the payment of the flag's order"
    assert listed(browser, q="9000000000") == [stranger]
    for nothing in ("N-NADA", "1" * 40, "²"):
        assert listed(browser, q=nothing) == []


def test_list_costs_the_same_for_one_and_three(
    administrator: User, order: Order, django_assert_max_num_queries: Any
) -> None:
    browser, costs = signed_in(administrator), set()
    for number in (1, 2, 3):
        PaymentFlag.objects.create(
            subject=str(number), reason=Reason.SHORT, order=order, about="100", resolved_by=administrator
        )
        browser.get(LIST)
        with django_assert_max_num_queries(40) as queries:
            browser.get(LIST)
        costs.add(len(queries))
    assert len(costs) == 1


def test_order_list_leads_to_what_must_be_looked_at(
    overpaid: PaymentFlag, administrator: User, other_client: User
) -> None:
    browser = signed_in(administrator)
    order = overpaid.order
    assert order
    assert f"{LIST}?q={order.reference}" in text_of(browser.get("/admin/ordenes/"))
    assert list(browser.get("/admin/ordenes/?por_mirar=si").context["object_list"]) == [order]
    settle(browser, overpaid)
    assert f"{LIST}?q={order.reference}" not in text_of(browser.get("/admin/ordenes/"))
    assert list(browser.get("/admin/ordenes/?por_mirar=si").context["object_list"]) == []


# --- the page -------------------------------------------------------------------------------------
@pytest.mark.parametrize("reason", list(Reason))
def test_page_of_every_reason_says_what_to_do(reason: Reason, order: Order, administrator: User) -> None:
    flag = PaymentFlag.objects.create(subject="x", reason=reason, order=order, about="nada")
    page = text_of(signed_in(administrator).get(page_of(flag)))
    assert GUIDANCE[reason].steps in page
    assert GUIDANCE[reason].decide in page
    assert order.client.email not in page


def test_decision_is_written_or_nothing_is_settled(overpaid: PaymentFlag, administrator: User) -> None:
    browser = signed_in(administrator)
    for words in ("", "   "):
        answer = settle(browser, overpaid, words)
        assert (answer.status_code, "Escribe qué se decidió." in text_of(answer)) == (422, True)
    too_long = "No. " * 100
    answer = settle(browser, overpaid, too_long)
    assert answer.status_code == 422
    assert too_long.strip() in text_of(answer), "what was typed is not lost"
    overpaid.refresh_from_db()
    assert overpaid.resolved_at is None


def test_decision_is_kept_and_the_second_one_told(overpaid: PaymentFlag, administrator: User) -> None:
    browser = signed_in(administrator)
    assert settle(browser, overpaid)["Location"] == page_of(overpaid)
    late = settle(browser, overpaid, "Otra cosa.")
    assert (late.status_code, "La persona lo quiso así." in text_of(late)) == (422, True)
    overpaid.refresh_from_db()
    assert (overpaid.resolved_by, overpaid.resolution) == (administrator, "La persona lo quiso así.")
    page = text_of(browser.get(page_of(overpaid)))
    assert ('value="resolve"' in page, 'value="look"' in page) == (False, False)


def test_alert_of_fraud_that_is_none_lets_the_consultation_go_on(
    paid_order: Order, administrator: User
) -> None:
    Order.objects.filter(pk=paid_order.pk).update(fraud_alert_at=timezone.now())
    pay(paid_order, status="rejected")
    flag = PaymentFlag.objects.get(reason=Reason.FRAUD)
    browser = signed_in(administrator)
    assert "No es fraude: que la consulta siga" in text_of(browser.get(page_of(flag)))
    settle(browser, flag, "La persona es quien dice ser.")
    paid_order.refresh_from_db()
    assert not paid_order.is_under_fraud_alert


def test_excess_is_given_back_from_its_flag_and_leads_back_to_it(
    overpaid: PaymentFlag, administrator: User
) -> None:
    browser = signed_in(administrator)
    form = f"{reverse('consultations_refund', args=[Payment.objects.get().pk])}?flag={overpaid.pk}"
    assert form in text_of(browser.get(page_of(overpaid)))
    shown = browser.get(form).context["form"].initial
    assert (shown["amount"], shown["reason"]) == ("5.000", "excess")
    posted = {**shown, "attempt": str(shown["attempt"]), "note": "", "step": "confirm"}
    assert browser.post(form.partition("?")[0], posted)["Location"] == page_of(overpaid)
    assert Refund.objects.get().amount == 5000
    assert browser.get(form).context["form"].initial["amount"] == "25.000", "nothing is left above the price"


def test_short_payment_is_given_back_whole(order: Order, administrator: User) -> None:
    pay(order, amount=1000)
    flag = PaymentFlag.objects.get(reason=Reason.SHORT)
    form = f"{reverse('consultations_refund', args=[Payment.objects.get().pk])}?flag={flag.pk}"
    assert signed_in(administrator).get(form).context["form"].initial["amount"] == "1.000"


@pytest.mark.parametrize("stranger", ["0", "999999", "abc", "²", "9" * 30])
def test_refund_form_minds_no_flag_of_something_else(
    stranger: str, overpaid: PaymentFlag, administrator: User
) -> None:
    form = reverse("consultations_refund", args=[Payment.objects.get().pk])
    initial = signed_in(administrator).get(form, {"flag": stranger}).context["form"].initial
    assert (initial["amount"], initial.get("flag")) == ("30.000", None)


def test_page_costs_the_same_for_one_and_three_payments(
    overpaid: PaymentFlag, administrator: User, django_assert_max_num_queries: Any
) -> None:
    browser, costs = signed_in(administrator), set()
    assert overpaid.order
    for _ in range(3):
        pay(overpaid.order, status="rejected")
        browser.get(page_of(overpaid))
        with django_assert_max_num_queries(30) as queries:
            browser.get(page_of(overpaid))
        costs.add(len(queries))
    assert len(costs) == 1


@pytest.mark.parametrize(
    ("reason", "about", "said"),
    [
        (Reason.OVERPAID, "5000.00", "$5.000 CLP"),
        (Reason.DISPUTED, "14990.00, 3000", "$14.990 CLP, $3.000 CLP"),
        (Reason.DISPUTED, "#7, 3000 in_mediation", "$3.000 CLP (en mediación), contracargo 7"),
        (Reason.FOREIGN, "1500.50 ARS", "$1.500,50 ARS"),
        (Reason.UNKNOWN_ORDER, "approved", "aprobado"),
        (Reason.UNKNOWN_STATUS, "new_word", "new_word"),
        (Reason.NOT_FOUND, "topic_chargebacks_wh", "contracargo"),
        (Reason.REFUSED, "bad_request", "bad_request"),
        (Reason.SHORT, "nada", "nada"),
        (Reason.FRAUD, "7, 8", "pago 7, pago 8"),
    ],
)
def test_detail_is_said_as_people_say_it(reason: Reason, about: str, said: str, order: Order) -> None:
    assert detail_of(PaymentFlag(reason=reason, about=about, order=order)) == said


def test_administrators_of_an_older_site_are_given_the_permission(administrator: User) -> None:
    sees = Permission.objects.get(codename="view_paymentflag")
    group = administrator.groups.get()
    group.permissions.remove(sees)
    before = set(group.permissions.all())
    migration = importlib.import_module("surveys.migrations.0003_administrators_see_payment_flags")
    for _ in range(2):
        migration.give(apps, None)
    assert set(group.permissions.all()) == before | {sees}


@pytest.mark.parametrize(
    ("reason", "did", "done"),
    [
        (Reason.DISPUTED, "anotó", "anotado"),
        (Reason.DIFFERENCE, "anotó", "anotado"),
        (Reason.SHORT, "resolvió", "resuelto"),
    ],
)
def test_dispute_that_was_answered_is_noted_and_not_called_settled(
    reason: Reason, did: str, done: str, administrator: User
) -> None:
    """It goes on at Mercado Pago."""
    flag, office = raise_flag(reason, payment_id=77), signed_in(administrator)
    settle(office, flag)
    page = text_of(office.get(page_of(flag)))
    assert f"Quedó {done}." in page
    assert f"Lo {did} {administrator.email}" in page
    listed = text_of(office.get(LIST, {"estado": "resueltos"}))
    assert f"{done.capitalize()} por {administrator.email}" in listed
