"""What a discount takes off, to the last cent; and when one holds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.enums import CURRENCIES_WITHOUT_DECIMALS, Currency, DiscountKind, Refusal
from consultations.gift_codes import ALPHABET, digest, digests, looks_like_one, new_code
from consultations.offers import best, normal_code, quote, refusal

NOW = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    kind: str = DiscountKind.PERCENT
    value: Decimal = Decimal(20)
    currency: str = ""
    active: bool = True
    valid_from: datetime.datetime | None = None
    valid_until: datetime.datetime | None = None
    most_uses: int | None = None
    most_uses_each: int | None = None


def amount_of(value: str, currency: str) -> Terms:
    return Terms(kind=DiscountKind.AMOUNT, value=Decimal(value), currency=currency)


prices = st.decimals(min_value="1", max_value="9999999.99", places=2)
currencies = st.sampled_from([each.value for each in Currency])
percents = st.decimals(min_value="0.01", max_value="100", places=2).map(lambda value: Terms(value=value))
amounts = st.builds(
    lambda value, currency: Terms(kind=DiscountKind.AMOUNT, value=value, currency=currency),
    st.decimals(min_value="0.01", max_value="99999999", places=2),
    currencies,
)
cuts = st.one_of(percents, amounts)


@given(price=prices, currency=currencies, cut=cuts)
def test_price_lies_between_nothing_and_the_list_price(price: Decimal, currency: str, cut: Terms) -> None:
    offered = quote(price, currency, cut)
    assert Decimal(0) <= offered.amount <= offered.list_price
    assert offered.amount + offered.taken_off == offered.list_price
    assert isinstance(offered.amount, Decimal)


@given(price=prices, currency=currencies, cut=cuts)
def test_price_is_one_that_can_be_paid_in_its_currency(price: Decimal, currency: str, cut: Terms) -> None:
    places = 0 if currency in CURRENCIES_WITHOUT_DECIMALS else 2
    offered = quote(price, currency, cut)
    for sum_of_money in (offered.amount, offered.taken_off, offered.list_price):
        assert sum_of_money == round(sum_of_money, places)


@given(price=prices, currency=currencies, cut=percents)
def test_percentage_never_takes_more_off_than_it_says(price: Decimal, currency: str, cut: Terms) -> None:
    offered = quote(price, currency, cut)
    exact = offered.list_price * cut.value / 100
    assert exact - 1 < offered.taken_off <= exact
    assert (offered.amount == 0) == (cut.value == 100)


@given(price=prices, currency=currencies, several=st.lists(cuts, max_size=4))
def test_best_is_the_lowest_price_in_whatever_order(
    price: Decimal, currency: str, several: list[Terms]
) -> None:
    offered, chosen = best(price, currency, several)
    everything = [quote(price, currency), *(quote(price, currency, each) for each in several)]
    assert offered.amount == min(each.amount for each in everything)
    assert best(price, currency, reversed(several))[0] == offered
    assert chosen is None or quote(price, currency, chosen) == offered


@pytest.mark.parametrize(
    ("price", "currency", "cut", "paid"),
    [
        ("14990", "CLP", Terms(value=Decimal(20)), "11992"),
        ("14990", "CLP", Terms(value=Decimal(15)), "12742"),
        ("1500.50", "ARS", Terms(value=Decimal("33.33")), "1000.39"),
        ("25000", "CLP", Terms(value=Decimal(100)), "0"),
        ("25000", "CLP", amount_of("5000", "CLP"), "20000"),
        ("25000", "CLP", amount_of("30000", "CLP"), "0"),
        ("25000", "CLP", amount_of("5000", "ARS"), "25000"),
        ("25000", "COP", amount_of("0.90", "COP"), "25000"),
        ("25000.49", "CLP", Terms(value=Decimal(20)), "20000"),
        ("80", "PEN", amount_of("0.01", "PEN"), "79.99"),
    ],
)
def test_prices_by_hand(price: str, currency: str, cut: Terms, paid: str) -> None:
    assert quote(Decimal(price), currency, cut).amount == Decimal(paid)


@pytest.mark.parametrize(
    ("terms", "uses", "own_uses", "fits", "why"),
    [
        (Terms(), 99, 9, True, None),
        (Terms(active=False), 0, 0, True, Refusal.UNKNOWN),
        (Terms(valid_from=NOW + DAY), 0, 0, True, Refusal.NOT_YET),
        (Terms(valid_from=NOW, valid_until=NOW + DAY), 0, 0, True, None),
        (Terms(valid_until=NOW), 0, 0, True, Refusal.OVER),
        (Terms(most_uses=3), 2, 0, True, None),
        (Terms(most_uses=3), 3, 0, True, Refusal.USED_UP),
        (Terms(most_uses=3, most_uses_each=1), 3, 1, True, Refusal.USED_BY_YOU),
        (Terms(most_uses_each=0), 0, 0, True, Refusal.USED_BY_YOU),
        (Terms(), 0, 0, False, Refusal.OTHER_SERVICE),
    ],
)
def test_discount_holds_within_its_terms(
    terms: Terms, uses: int, own_uses: int, fits: bool, why: Refusal | None
) -> None:
    assert refusal(terms, now=NOW, uses=uses, own_uses=own_uses, fits=[False, fits]) == why


@pytest.mark.parametrize("typed", ["OTONO20", "otoño 20", " Otoño-20 ", "ｏｔｏｎｏ２０", "o.t.o.n.o.20"])
def test_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normal_code(typed) == "OTONO20"


@given(st.text())
def test_any_text_becomes_a_plain_code(text: str) -> None:
    code = normal_code(text)
    assert code == normal_code(code)
    assert all(sign.isascii() and sign.isalnum() and sign == sign.upper() for sign in code)


def test_gift_codes_can_be_read_aloud_and_are_never_the_same() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
        assert set(code) <= {*ALPHABET, "-"}
        assert looks_like_one(code.lower().replace("-", " "))
    assert not set("01ILOU") & set(ALPHABET)


def test_gift_code_is_found_after_a_change_of_keys(settings: object) -> None:
    from cryptography.fernet import Fernet

    code, before = new_code(), list(settings.FIELD_ENCRYPTION_KEYS)  # type: ignore[attr-defined]
    stored = digest(code)
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *before]  # type: ignore[attr-defined]
    assert digest(code) != stored
    assert stored in digests(code.lower())
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]  # type: ignore[attr-defined]
    assert stored not in digests(code)
