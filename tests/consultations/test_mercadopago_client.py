"""The Mercado Pago client against the stand-in, through the real SDK and real HTTP."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from consultations import mercadopago
from consultations.mercadopago import NotFound, Preference, Refused, Unavailable
from tests.standins.preferences import BACK_URLS, open_preference


@pytest.fixture
def preference(mercadopago_standin) -> Preference:
    return open_preference()


@pytest.fixture
def approved(mercadopago_standin, preference) -> int:
    return mercadopago_standin.create_payment(preference.id)["id"]


def test_create_preference_gives_address_of_payment_page(mercadopago_standin):
    preference = open_preference()
    assert preference.init_point == f"{mercadopago_standin.url}/checkout/pay?pref_id={preference.id}"


def test_create_preference_sends_what_was_asked(mercadopago_standin):
    expires_at = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    open_preference(expires_at=expires_at)
    kept = mercadopago_standin.ledger("N-1")["preferences"][0]
    assert kept["items"] == [
        {
            "id": "N-1",
            "title": "Orientación escrita",
            "quantity": 1,
            "currency_id": "CLP",
            "unit_price": 15000,
        }
    ]
    assert kept["back_urls"] == BACK_URLS
    assert (kept["auto_return"], kept["expires"], kept["statement_descriptor"]) == ("approved", True, "NEED")
    assert datetime.fromisoformat(kept["expiration_date_to"]) == expires_at
    assert kept["payer"] == {"email": "persona@example.com"}
    assert kept["notification_url"] is None


def test_create_preference_keeps_cents_where_the_currency_has_them(mercadopago_standin):
    open_preference(amount=Decimal("99.90"), currency="PEN")
    assert mercadopago_standin.ledger("N-1")["preferences"][0]["items"][0]["unit_price"] == 99.9


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"amount": Decimal("15000.50")}, "no cents"),
        ({"amount": Decimal(100) / 3, "currency": "MXN"}, "two decimals"),
        ({"amount": Decimal(0)}, "positive"),
        ({"amount": Decimal("NaN")}, "no cents"),
        ({"amount": Decimal("Infinity")}, "positive"),
        ({"reference": "con espacio"}, "reference"),
        ({"reference": "x" * 65}, "reference"),
        ({"expires_at": datetime(2030, 1, 1)}, "aware"),
        ({"idempotency_key": ""}, "idempotency"),
        ({"idempotency_key": "x" * 65}, "idempotency"),
    ],
)
def test_create_preference_rejects_impossible_wish_before_asking(mercadopago_standin, changes, reason):
    with pytest.raises(ValueError, match=reason):
        open_preference(**changes)
    assert mercadopago_standin.ledger()["preferences"] == []


@pytest.mark.filterwarnings("ignore:notification_url is deprecated")
def test_create_preference_passes_notification_address_on(mercadopago_standin):
    open_preference(notification_url="https://need.example/mercadopago/notificaciones/")
    kept = mercadopago_standin.ledger("N-1")["preferences"][0]
    assert kept["notification_url"] == "https://need.example/mercadopago/notificaciones/"


def test_create_preference_with_same_key_is_one_preference(mercadopago_standin):
    first, second = open_preference(idempotency_key="k-1"), open_preference(idempotency_key="k-1")
    assert first == second
    assert len(mercadopago_standin.ledger()["preferences"]) == 1
    assert open_preference(idempotency_key="k-2") != first


def test_create_preference_after_lost_answer_finds_the_same(mercadopago_standin):
    mercadopago_standin.fail("lost")
    with pytest.raises(Unavailable):
        open_preference(idempotency_key="k-1")
    found = mercadopago.find_preferences("N-1")
    assert [open_preference(idempotency_key="k-1")] == found


def test_get_preference_reads_it_again(preference):
    assert mercadopago.get_preference(preference.id) == preference


def test_find_preferences_gives_only_those_of_the_order(preference):
    other, second = open_preference(reference="N-10"), open_preference()
    assert mercadopago.find_preferences("N-1") == [preference, second]
    assert mercadopago.find_preferences("N-10") == [other]
    assert mercadopago.find_preferences("N-2") == []


def test_expire_preference_closes_the_page(mercadopago_standin, preference):
    expired = mercadopago.expire_preference(preference.id)
    assert expired.expires_at <= datetime.now(UTC)
    page = mercadopago_standin.request("GET", f"/checkout/pay?pref_id={preference.id}")
    assert (page.status, "venció" in page.body) == (410, True)


def test_get_payment_reports_all_that_counts(mercadopago_standin, preference):
    raw = mercadopago_standin.create_payment(preference.id)
    report = mercadopago.get_payment(raw["id"])
    assert report == mercadopago.PaymentReport(
        id=raw["id"],
        status="approved",
        status_detail="accredited",
        external_reference="N-1",
        currency="CLP",
        amount=Decimal(15000),
        refunded=Decimal(0),
        collector_id=2_400_000_001,
        live_mode=False,
        order_id=int(raw["order"]["id"]),
        payment_type="credit_card",
        date_last_updated=datetime.fromisoformat(raw["date_last_updated"]),
        refunds=(),
        date_created=datetime.fromisoformat(raw["date_created"]),
        date_approved=datetime.fromisoformat(raw["date_approved"]),
        net_received=Decimal(14400),
        fees=Decimal(600),
    )
    assert report.id > 2**32
    assert report.date_last_updated.tzinfo is not None
    assert raw["transaction_details"]["total_paid_amount"] > report.amount


def test_get_payment_takes_live_mode_from_the_credentials(mercadopago_process, mercadopago_standin):
    preference = open_preference()
    payment = mercadopago_standin.create_payment(preference.id, live_mode=True)
    assert mercadopago.get_payment(payment["id"]).live_mode is True


def test_get_payment_without_such_id_is_not_found(mercadopago_standin):
    with pytest.raises(NotFound) as caught:
        mercadopago.get_payment(123456)
    assert (caught.value.status, caught.value.code) == (404, "2000")


def test_search_payments_gives_ids_of_the_order(mercadopago_standin, preference, approved):
    second = mercadopago_standin.create_payment(preference.id, status="rejected")["id"]
    mercadopago_standin.create_payment(open_preference(reference="N-2").id)
    assert set(mercadopago.search_payments(external_reference="N-1")) == {approved, second}


def test_search_payments_reads_all_pages(mercadopago_standin, preference):
    made = {mercadopago_standin.create_payment(preference.id, status="rejected")["id"] for _ in range(120)}
    found = mercadopago.search_payments(external_reference="N-1")
    assert (set(found), len(found)) == (made, 120)
    assert set(mercadopago.merchant_order_payment_ids(external_reference="N-1")) == made


def test_search_payments_may_miss_what_the_merchant_order_has(mercadopago_standin, preference):
    payment = mercadopago_standin.create_payment(preference.id, hide=["search"])
    assert mercadopago.search_payments(external_reference="N-1") == []
    assert mercadopago.merchant_order_payment_ids(external_reference="N-1") == [payment["id"]]


def test_merchant_order_payment_ids_without_any_order_are_none(preference):
    assert mercadopago.merchant_order_payment_ids(external_reference="N-1") == []


def test_merchant_order_payment_ids_span_several_preferences(mercadopago_standin, preference, approved):
    second = mercadopago_standin.create_payment(open_preference().id)["id"]
    assert mercadopago.merchant_order_payment_ids(external_reference="N-1") == [approved, second]


def test_payment_ids_of_merchant_order_follow_the_payment(mercadopago_standin, preference, approved):
    second = mercadopago_standin.create_payment(preference.id, status="pending")["id"]
    order_id = mercadopago.get_payment(approved).order_id
    assert mercadopago.payment_ids_of_merchant_order(order_id) == [approved, second]


def test_refund_without_amount_gives_back_the_rest(approved):
    mercadopago.refund(approved, amount=Decimal(4000), idempotency_key="r-1")
    assert mercadopago.get_payment(approved).status_detail == "partially_refunded"
    refund = mercadopago.refund(approved, amount=None, idempotency_key="r-2")
    report = mercadopago.get_payment(approved)
    assert (refund.amount, refund.status) == (Decimal(11000), "approved")
    assert (report.status, report.refunded) == ("refunded", Decimal(15000))
    assert report.refunds == mercadopago.list_refunds(approved)
    assert [refund.amount for refund in report.refunds] == [Decimal(4000), Decimal(11000)]


def test_refund_after_lost_answer_happens_once_with_the_same_key(mercadopago_standin, approved):
    mercadopago_standin.fail("lost")
    with pytest.raises(Unavailable):
        mercadopago.refund(approved, amount=Decimal(4000), idempotency_key="r-1")
    again = mercadopago.refund(approved, amount=Decimal(4000), idempotency_key="r-1")
    assert mercadopago.list_refunds(approved) == (again,)


def test_refund_with_a_new_key_gives_back_twice(approved):
    mercadopago.refund(approved, amount=Decimal(4000), idempotency_key="r-1")
    mercadopago.refund(approved, amount=Decimal(4000), idempotency_key="r-2")
    assert mercadopago.get_payment(approved).refunded == Decimal(8000)


def test_refund_of_too_much_is_refused_with_its_code(approved):
    with pytest.raises(Refused) as caught:
        mercadopago.refund(approved, amount=Decimal(15001), idempotency_key="r-1")
    assert (caught.value.operation, caught.value.status, caught.value.code) == ("refund", 400, "2063")


def test_refund_of_a_payment_that_is_not_approved_is_refused(mercadopago_standin, preference):
    pending = mercadopago_standin.create_payment(preference.id, status="pending")["id"]
    with pytest.raises(Refused):
        mercadopago.refund(pending, amount=None, idempotency_key="r-1")


def test_refund_made_in_the_panel_is_listed(mercadopago_standin, approved):
    made = mercadopago_standin.refund_in_panel(approved, 500)
    assert [refund.id for refund in mercadopago.list_refunds(approved)] == [made["id"]]
