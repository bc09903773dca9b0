"""What stays owed after refunds on purpose, in whatever order money comes and goes."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from consultations.actions.owing import Move, owed_after

PRICE = Decimal(25)
START = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
# What comes, what somebody gives back, or a pass of the site over the excess.
WISHES = st.lists(
    st.one_of(
        st.tuples(st.just("comes"), st.integers(1, 40)),
        st.tuples(st.just("goes back"), st.integers(1, 40)),
        st.just(("excess", 0)),
    ),
    max_size=12,
)


def moved(wishes: list[tuple[str, int]]) -> list[Move]:
    """The moves of these wishes: no more goes back than is there, and the site gives back the excess."""
    moves: list[Move] = []
    for number, (what, amount) in enumerate(wishes):
        kept = kept_of(moves)
        at = START + datetime.timedelta(minutes=number)
        if what == "comes":
            moves.append(Move(at, Decimal(amount)))
        elif what == "goes back" and kept:
            moves.append(Move(at, -min(Decimal(amount), kept), on_purpose=True))
        elif what == "excess" and kept > owed_after(PRICE, moves):
            moves.append(Move(at, owed_after(PRICE, moves) - kept))
    return moves


def kept_of(moves: list[Move]) -> Decimal:
    return sum((each.amount for each in moves), Decimal(0))


@given(WISHES)
def test_payment_and_giving_back_the_excess_change_nothing_of_what_is_owed(
    wishes: list[tuple[str, int]],
) -> None:
    owed = owed_after(PRICE, moved(wishes))
    for last in (("comes", 25), ("excess", 0)):
        assert owed_after(PRICE, moved([*wishes, last])) == owed


@given(WISHES, st.integers(1, 40))
def test_refund_on_purpose_takes_off_only_what_it_left_below_what_was_owed(
    wishes: list[tuple[str, int]], amount: int
) -> None:
    before, after = moved(wishes), moved([*wishes, ("goes back", amount)])
    owed, back = owed_after(PRICE, before), kept_of(before) - kept_of(after)
    above = max(kept_of(before) - owed, Decimal(0))
    assert owed_after(PRICE, after) == max(owed - max(back - above, Decimal(0)), Decimal(0))


@given(WISHES)
def test_what_is_kept_is_never_below_what_purposeful_refunds_leave_of_the_price(
    wishes: list[tuple[str, int]],
) -> None:
    moves = moved([*wishes, ("comes", 40), ("excess", 0)])
    on_purpose = sum((-each.amount for each in moves if each.on_purpose), Decimal(0))
    assert kept_of(moves) >= min(owed_after(PRICE, moves), PRICE)
    assert PRICE >= owed_after(PRICE, moves) >= max(PRICE - on_purpose, Decimal(0))


@given(WISHES, st.randoms(use_true_random=False))
def test_news_in_any_order_leaves_the_same_owed(wishes: list[tuple[str, int]], chance: random.Random) -> None:
    moves = moved(wishes)
    mixed = chance.sample(moves, len(moves))
    assert owed_after(PRICE, mixed) == owed_after(PRICE, moves)


def test_refund_dated_as_its_payment_comes_after_it() -> None:
    twice = [Move(START, -Decimal(10), on_purpose=True), Move(START, Decimal(25)), Move(START, Decimal(25))]
    assert owed_after(PRICE, twice) == PRICE
