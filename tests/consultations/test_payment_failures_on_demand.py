"""The thirty-four failures of docs/payments.md, each produced by the stand-in from its control address.

The webhooks come over HTTP to a server that runs the site; the queue and one reconciliation after the other
are done here. What counts is the end, as `manage.py show_order` tells it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from consultations.enums import Reason
from consultations.models import Consultation, Order, PaymentFlag, PaymentHint, Service
from home.models import User
from tests.consultations.browsing import NEW, form_for, signed_in, text_of
from tests.consultations.playing import Play
from tests.fixtures.refunds import given_back
from tests.standins.fixtures import SECRET, StandIn

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[Play], object]


@dataclass(frozen=True)
class End:
    """Which failure, and what is right in the end. `before` and `after`: what the site or the buyer does."""

    number: int
    money: str
    fulfilled: int
    attention: bool
    wish: dict[str, Any] = field(default_factory=dict)
    before: Act = Play.press_pay
    after: Act = Play.do_nothing

    def __str__(self) -> str:
        return "-".join([f"{self.number:02}", *(str(each) for each in self.wish.values())])


YES, NO = True, False
ENDS = [
    End(1, "paid", 1, NO, after=Play.come_back),
    End(2, "paid", 1, NO, {"hide": ["search", "merchant_orders"]}, after=Play.come_back),
    End(3, "paid", 1, NO),
    End(4, "paid", 1, NO, {"hide": ["search"]}),
    End(4, "paid", 1, NO, {"hide": ["merchant_orders"]}),
    End(5, "paid", 1, NO),
    End(6, "paid", 1, NO),
    End(7, "paid", 1, NO, {"times": 2}),
    End(8, "paid", 1, NO, {"seconds": 0.1}),
    End(9, "paid", 1, NO),
    End(9, "paid", 1, NO, {"status": "403"}),
    End(10, "unpaid", 0, NO),
    End(11, "paid", 1, NO),
    End(12, "paid", 1, NO),
    End(13, "paid", 1, NO),
    End(14, "unpaid", 0, NO),
    End(15, "unpaid", 0, NO),
    End(16, "short", 0, YES),
    End(16, "paid", 1, YES, {"amount": 26_000}),
    End(17, "unpaid", 0, YES),
    End(17, "unpaid", 0, YES, {"wrong": "collector"}),
    End(18, "paid", 1, NO),
    End(19, "paid", 1, NO),
    End(20, "paid", 1, NO),
    End(21, "pending", 0, NO, {"step": "pending"}),
    End(21, "paid", 1, NO),
    End(22, "pending", 0, YES),
    End(22, "unpaid", 0, YES, {"status": "teleported"}),
    End(23, "partially_refunded", 1, NO, before=Play.pay_first),
    End(24, "refunded", 1, NO, before=Play.pay_first),
    End(25, "refunded", 1, NO, before=Play.pay_first, after=Play.ask_refund),
    End(25, "refunded", 1, NO, {"refused": True}, before=Play.pay_first, after=Play.ask_refund),
    End(26, "frozen", 1, YES, before=Play.pay_first),
    End(26, "frozen", 1, YES, {"kind": "mediation"}, before=Play.pay_first),
    End(27, "paid", 1, YES, before=Play.pay_first),
    End(28, "paid", 1, NO, after=Play.come_back_as_nobody),
    End(29, "paid", 1, NO),
    End(30, "paid", 1, NO, before=Play.do_nothing, after=Play.pay_in_the_link),
    End(30, "paid", 1, NO, {"search_fails": True}, before=Play.do_nothing, after=Play.pay_in_the_link),
    End(31, "paid", 1, NO),
    End(31, "short", 0, YES, {"pays": "new", "price": 10_000}),
    End(32, "paid", 1, NO, after=Play.pay_in_the_link),
    End(33, "paid", 1, NO, after=Play.pay_in_the_link),
    End(34, "paid", 1, NO),
]


def test_table_has_every_failure_of_the_stand_in(mercadopago_standin: StandIn) -> None:
    listed = mercadopago_standin.control("failures")["failures"]
    assert [each["number"] for each in listed] == sorted({end.number for end in ENDS}) == list(range(1, 35))
    assert [each for each in listed if not (each["does"] and each["right"])] == []


@pytest.mark.parametrize("end", ENDS, ids=str)
def test_failure_ends_well(end: End, play: Play) -> None:
    end.before(play)
    play.produce(end.number, **end.wish)
    end.after(play)
    play.settle()
    assert play.shown() == {"money": end.money, "fulfilled": end.fulfilled, "attention": end.attention}


@pytest.mark.parametrize(
    ("kind", "step", "money", "looked_at"),
    [
        ("chargeback", "won", "paid", NO),
        ("chargeback", "lost", "charged_back", YES),
        ("mediation", "won", "paid", NO),
        ("mediation", "lost", "refunded", NO),
    ],
)
def test_26_decided_dispute_restores_or_loses(
    kind: str, step: str, money: str, looked_at: bool, play: Play
) -> None:
    play.pay_first()
    play.produce(26, kind=kind)
    play.settle()
    assert bool(play.order_now().dispute_deadline) == (kind == "chargeback")
    play.produce(26, kind=kind, step=step)
    play.settle()
    assert play.shown() == {"money": money, "fulfilled": 1, "attention": looked_at}


def test_17_test_payment_opens_nothing_in_production(play: Play, settings: Any) -> None:
    settings.DEBUG = False
    play.press_pay()
    play.produce(17, wrong="live_mode")
    play.settle()
    assert play.shown() == {"money": "unpaid", "fulfilled": 0, "attention": YES}


@pytest.mark.parametrize("mode", ["html", "timeout"])
def test_08_nothing_changes_until_mercado_pago_answers(mode: str, play: Play) -> None:
    play.press_pay()
    play.produce(8, modes=[mode], seconds=0.1)
    play.run_jobs()
    assert play.shown() == {"money": "unpaid", "fulfilled": 0, "attention": NO}
    assert PaymentHint.objects.get().processed_at is None
    play.settle()
    assert play.shown()["money"] == "paid"


def test_09_refused_credentials_alarm_until_they_work_again(play: Play, administrator: User) -> None:
    play.press_pay()
    play.produce(9)
    play.run_jobs()
    flag = PaymentFlag.objects.get()
    assert (flag.reason, flag.cleared_at) == (Reason.CREDENTIALS, None)
    play.settle()
    flag.refresh_from_db()
    assert flag.cleared_at


def test_10_forged_webhooks_are_refused_and_nothing_is_looked_up(play: Play) -> None:
    play.press_pay()
    play.produce(10)
    assert play.answers() == [401] * 4
    assert not PaymentHint.objects.exists()


def test_13_each_secret_in_force_is_taken_and_no_other(play: Play, settings: Any) -> None:
    settings.MERCADOPAGO_WEBHOOK_SECRET = f"new,{SECRET}"
    play.press_pay()
    play.produce(13, secrets=["new", SECRET, "of nobody"])
    assert play.answers() == [200, 200, 401]


def test_14_unknown_topic_and_the_panels_test_are_taken_and_need_nobody(play: Play) -> None:
    play.produce(14)
    play.settle()
    assert play.answers() == [200, 200]
    assert not PaymentFlag.objects.exists()


def test_15_money_for_an_unknown_order_is_flagged(play: Play) -> None:
    play.press_pay()
    play.produce(15)
    play.settle()
    assert play.answers() == [200]
    flag = PaymentFlag.objects.get()
    assert (flag.reason, flag.payment_id) == (Reason.UNKNOWN_ORDER, play.answer["payment_id"])


@pytest.mark.parametrize(("number", "sums"), [(18, [25_000]), (25, [25_000])])
def test_money_goes_back_once(number: int, sums: list[int], play: Play) -> None:
    play.press_pay() if number == 18 else play.pay_first()
    play.produce(number)
    if number == 25:
        play.ask_refund()
    play.settle()
    play.settle()
    assert given_back(play.standin, play.order) == sums


def test_27_alert_of_fraud_is_stored_before_the_answer_and_stops_the_consultation(play: Play) -> None:
    play.pay_first()
    play.produce(27)
    assert play.answers() == [200]
    assert PaymentHint.objects.filter(topic="stop_delivery_op_wh", processed_at=None).count() == 1
    play.settle()
    assert play.order_now().is_under_fraud_alert


def test_28_return_without_a_session_tells_how_the_money_is_and_nothing_else(play: Play) -> None:
    play.press_pay()
    play.produce(28)
    play.settle()
    page = text_of(play.open(play.answer["return_url"], Client()))
    assert "Tu pago está confirmado" in page
    order = play.order
    assert not [each for each in (order.service.name, order.reference, order.client.email) if each in page]


def test_29_double_click_is_one_payment_and_one_living_link(
    play: Play, client_user: User, service: Service
) -> None:
    browser, form = signed_in(client_user), form_for(service)
    pages = {browser.post(NEW, form)["Location"] for _ in range(2)}
    bought = Order.objects.exclude(pk=play.order.pk).get()
    assert pages == {bought.checkout_url}
    play.produce(29, preference_id=bought.preference_id)
    assert (len(play.answer["return_urls"]), play.answer["living_links"]) == (1, 1)
    assert len(play.standin.ledger(bought.reference)["payments"]) == 1


@pytest.mark.parametrize("search_fails", [False, True])
def test_30_lost_answer_leaves_one_link(search_fails: bool, play: Play) -> None:
    play.produce(30, search_fails=search_fails)
    play.press_pay()
    assert len(play.standin.ledger(play.order.reference)["preferences"]) == 1


def test_32_expired_link_takes_nothing_and_a_new_one_is_given(play: Play) -> None:
    expired = play.press_pay()
    play.produce(32)
    with pytest.raises(ValueError, match="answered 410"):
        play.standin.pay(expired, "approve")
    renewed = play.press_pay()
    assert renewed != expired
    assert play.press_pay() == renewed, "one link, however often they press"


def test_33_content_policy_names_every_host_on_the_way_to_the_payment_page(
    play: Play, client_user: User, service: Service
) -> None:
    play.press_pay()
    play.produce(33)
    first = urlsplit(play.order_now().checkout_url)
    answer = play.standin.request("GET", f"{first.path}?{first.query}")
    then = urlsplit(answer.headers["location"])
    shown = play.standin.request("GET", f"{then.path}?{then.query}")
    assert (answer.status, shown.status) == (302, 200)
    policy = signed_in(client_user).get(NEW)["Content-Security-Policy"]
    targets = policy.partition("form-action")[2].partition(";")[0].split()
    # The stand-in of a test run has a port of its own, which the settings do not know.
    assert {first.hostname, then.hostname} <= {urlsplit(each).hostname for each in targets}
    assert first.hostname != then.hostname


def test_34_webhook_without_its_slash_is_taken_and_not_redirected(play: Play) -> None:
    play.press_pay()
    play.produce(34)
    assert not play.answer["sent_to"].endswith("/")
    assert play.answers() == [200]


def test_failures_can_follow_one_another(play: Play) -> None:
    """Webhooks repeated, an attempt rejected, a mediation won, everything given back: one consultation."""
    play.press_pay()
    mediation = {"kind": "mediation"}
    for number, wish in [(5, {}), (20, {}), (26, mediation), (26, mediation | {"step": "won"})]:
        play.produce(number, **wish)
        play.settle()
    play.ask_refund()
    play.settle()
    assert Consultation.objects.count() == 1
    assert play.shown()["attention"] is NO
