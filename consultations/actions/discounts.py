"""Which discount holds for whom, and who uses it: an order that was paid, or that can still be.

Nothing frees a use: it is free once its order has expired unpaid, and no ticket of it can be paid any more.
Whoever wants to use one locks its row first, so that of two who want the last use one gets it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from consultations.actions.errors import NotAllowed
from consultations.enums import Money, Refusal
from consultations.models import Discount, Order, Service
from consultations.offers import Quote, best, fits_currency, normal_code, quote, refusal
from home.models import User

PERSONAL = "Oferta para ti"


class CodeRefused(NotAllowed):
    """The code that was typed does not hold. The message is for its field."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(str(why.label))
        self.why = why


@dataclass(frozen=True)
class Offer:
    """What somebody pays for a service, and the discount that makes it so, if one does."""

    quote: Quote
    discount: Discount | None = None

    @property
    def reason(self) -> str:
        if self.discount is None:
            return ""
        return f"Código {self.discount.code}" if self.discount.code else PERSONAL


def offers_to(*, by: User, services: Sequence[Service], code: str = "") -> dict[int, Offer]:
    """What each service costs `by`, with the code they typed. Raises CodeRefused when it holds for none."""
    now = timezone.now()
    found = _candidates(by, code, now)
    _must_hold(code, found, services, now)
    return {service.pk: _offer(service, found, now) for service in services}


def list_prices(services: Iterable[Service]) -> dict[int, Offer]:
    """What each costs with no discount at all."""
    return {service.pk: Offer(quote(service.price, service.currency)) for service in services}


def lock_discounts(*, by: User, code: str = "") -> None:
    """Have nobody else use what this person may use, until the end of this transaction."""
    list(_named(by, code).select_for_update().order_by("pk").values_list("pk", flat=True))


def hold_offer(*, by: User, service: Service, code: str = "") -> Offer:
    """What one service that is being ordered costs. Call it with the discounts locked.

    Where a use is missing, orders of the same person that nobody paid make room.
    """
    now = timezone.now()
    found = _candidates(by, code, now)
    _must_hold(code, found, [service], now)
    offer = _offer(service, found, now)
    if offer.discount is not None:
        for order in _in_the_way(by, offer.discount, now, lock=True):
            _abandon(order, now)
    return offer


def orders_to_end(*, by: User, offers: Iterable[Offer]) -> list[Order]:
    """This person's own orders that are over once one of these is ordered: to say so before."""
    now = timezone.now()
    discounts = {each.discount.pk: each.discount for each in offers if each.discount is not None}
    ending = [order for discount in discounts.values() for order in _in_the_way(by, discount, now)]
    return sorted(ending, key=lambda order: order.pk)


def _named(by: User, code: str) -> QuerySet[Discount]:
    """The discount that has this code, and whatever is offered to this person."""
    normal = normal_code(code)
    wanted = Q(client=by, code="", active=True)
    return Discount.objects.filter(wanted | Q(code=normal, client=None) if normal else wanted)


def _candidates(by: User, code: str, now: datetime.datetime) -> list[Discount]:
    """With the uses that count against this person: their own unpaid orders can make room."""
    used = Q(orders__paid_at__isnull=False) | Q(orders__expires_at__gt=now)
    # A ticket can be paid for days after its link has ended.
    used |= Q(orders__money=Money.PENDING)
    others = used & ~(Q(orders__client=by) & _UNPAID)
    counted = _named(by, code).annotate(
        uses=Count("orders", filter=others, distinct=True),
        own_uses=Count("orders", filter=others & Q(orders__client=by), distinct=True),
    )
    return list(counted.prefetch_related("services").order_by("-code", "pk"))


_UNPAID = Q(orders__paid_at__isnull=True, orders__money=Money.UNPAID)


def _must_hold(
    code: str, found: Sequence[Discount], services: Sequence[Service], now: datetime.datetime
) -> None:
    if not code.strip():
        return
    coded = next((each for each in found if each.code), None)
    why = Refusal.UNKNOWN if coded is None else _refusal(coded, services, now)
    if why is not None:
        raise CodeRefused(why)


def _refusal(discount: Discount, services: Sequence[Service], now: datetime.datetime) -> Refusal | None:
    fits = [_fits(discount, service) for service in services]
    uses, own = discount.uses, discount.own_uses  # type: ignore[attr-defined]  # annotated
    return refusal(discount, now=now, uses=uses, own_uses=own, fits=fits)


def _fits(discount: Discount, service: Service) -> bool:
    chosen = {each.pk for each in discount.services.all()}
    return fits_currency(discount, service.currency) and (not chosen or service.pk in chosen)


def _offer(service: Service, found: Sequence[Discount], now: datetime.datetime) -> Offer:
    holding = [each for each in found if _refusal(each, [service], now) is None]
    return Offer(*best(service.price, service.currency, holding))


def _in_the_way(by: User, discount: Discount, now: datetime.datetime, *, lock: bool = False) -> list[Order]:
    """This person's unpaid orders that must end before there is a use for another: the oldest, no more."""
    orders = discount.orders.filter(client=by, paid_at=None, money=Money.UNPAID, expires_at__gt=now)
    found = orders.select_for_update() if lock else orders.select_related("service")
    mine = list(found.order_by("created_at", "pk"))
    fit = (ended for ended in range(len(mine)) if _is_room(discount, len(mine) - ended, now))
    return mine[: next(fit, len(mine))]


def _is_room(discount: Discount, mine: int, now: datetime.datetime) -> bool:
    """Whether there is a use for one more order while so many of this person's unpaid ones hold one each."""
    uses, own = discount.uses + mine, discount.own_uses + mine  # type: ignore[attr-defined]  # annotated
    return refusal(discount, now=now, uses=uses, own_uses=own, fits=[True]) is None


def _abandon(order: Order, now: datetime.datetime) -> None:
    Order.objects.filter(pk=order.pk).update(expires_at=now)
    if order.preference_id:
        async_task("consultations.jobs.close_link", order.pk)
