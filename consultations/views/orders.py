"""Leaving for Mercado Pago, and coming back to a page that tells the truth."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_q.tasks import async_task

from consultations import refusals, wording
from consultations.actions.alerts import is_found_fraud
from consultations.actions.errors import NotAllowed
from consultations.actions.gift_states import is_going_back, state_to_tell
from consultations.actions.orders import start_checkout
from consultations.actions.refunds import is_withdrawn, refunds_to_tell
from consultations.actions.uncounted import has_uncounted
from consultations.actions.withdrawal import returnable_until
from consultations.enums import GiftState, Money, OrderKind, RefundState
from consultations.mercadopago import MercadoPagoError
from consultations.models import Order, Payment
from consultations.money import RETURNABLE_FOR, ZERO
from consultations.order_state import (
    KNOWN_CLAIMS,
    PAYABLE,
    WATCHED,
    OrderState,
    last_failure,
    state_of,
)
from consultations.views.access import is_on_screen, too_often

logger = logging.getLogger(__name__)

LOOK_UP_AT_MOST_EVERY = 8  # seconds
STILL_OPEN = (Money.UNPAID, Money.PENDING)
# Loads of the page up to here, seconds until the next: a minute closely, ten more, then half an hour.
# Ten at first: who listens to the page has to reach the link that stops it.
REFRESHES = ((6, 10), (46, 15), (76, 60))
MERCADO_PAGO_IS_SILENT = (
    "Mercado Pago no está respondiendo. Tu compra quedó guardada. Si ya pagaste, no pagues de nuevo: "
    "te escribiremos cuando se confirme. Si no, inténtalo otra vez en un momento."
)
# Its page says how the gift is; in the other states the money comes first.
SHOWING_A_GIFT = frozenset(
    {
        OrderState.PAID,
        OrderState.PARTLY_RETURNED,
        OrderState.WITHDRAWN,
        OrderState.ALERTED,
        OrderState.STOPPED,
    }
)
TOO_OFTEN = "Hubo muchos intentos seguidos. Espera un minuto e inténtalo de nuevo."


def leave_to_pay(request: HttpRequest, order: Order) -> HttpResponse:
    """To Mercado Pago's page, or to the order's own, which offers another try."""
    here = redirect("consultations:order", order.return_token)
    try:
        return HttpResponseRedirect(start_checkout(order))
    except NotAllowed as refusal:
        messages.info(request, str(refusal))
    except MercadoPagoError as error:
        logger.warning("No payment link for order %s: %s", order.reference, error)
        messages.error(request, MERCADO_PAGO_IS_SILENT)
    return here


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, token: str) -> HttpResponse:
    """Where Mercado Pago sends people back to; a POST of the client's goes to pay again.

    The token alone opens it, because a return may come to a browser without the session. It then says how
    the money is, and nothing of what was bought or by whom.
    """
    orders = Order.objects.select_related("service", "consultation", "gift")
    # Who redeemed a gift has a consultation and no purchase to look at.
    found = get_object_or_404(orders.exclude(kind=OrderKind.REDEMPTION), return_token=token)
    if request.method == "POST":
        return _pay_again(request, found)
    if is_on_screen(request):
        _look_up_soon(request, found)
    return _tell(request, found)


def _pay_again(request: HttpRequest, found: Order) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if found.client_id != request.user.pk:
        raise Http404
    if too_often(request):
        messages.error(request, TOO_OFTEN)
        return redirect(request.path)
    return leave_to_pay(request, found)


def _look_up_soon(request: HttpRequest, found: Order) -> None:
    """Queue one look at Mercado Pago, however often the page is loaded meanwhile.

    The payment that the address names is read too: whoever forged it learns nothing, and it counts only for
    the order that Mercado Pago says.
    """
    if found.money in STILL_OPEN and cache.add(f"look-up-order-{found.pk}", 1, LOOK_UP_AT_MOST_EVERY):
        async_task("consultations.jobs.sync_order", found.pk, _payment_named(request))


def _claim(request: HttpRequest) -> str:
    return request.GET.get("status") or request.GET.get("collection_status") or ""


def _payment_named(request: HttpRequest) -> int | None:
    number = request.GET.get("payment_id") or request.GET.get("collection_id") or ""
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None


def _tell(request: HttpRequest, found: Order) -> HttpResponse:
    prefetch_related_objects([found], "payments")
    payments = list(found.payments.all())
    own = found.client_id == request.user.pk
    facts = {"uncounted": has_uncounted(found), "found_fraud": is_found_fraud(found)}
    state = state_of(found, payments, _claim(request), _payment_named(request), timezone.now(), **facts)
    again = "" if request.GET.get("actualizar") == "no" else _again(request, state)
    withdrawn = found.money == Money.REFUNDED and is_withdrawn(found)
    refunds = refunds_to_tell(found) if state == OrderState.RETURNING or withdrawn else []
    context = {
        "order": found,
        "state": state,
        "why": _why(payments),
        "refunds": refunds,
        "withdrawn": withdrawn,
        "refused": any(each.state == RefundState.REFUSED for each in refunds),
        "given_back": wording.price(sum((each.refunded for each in payments), ZERO), found.currency),
        "own": own,
        "gift": gift_in_words(found) if own else None,
        "payable": state in PAYABLE and found.expires_at > timezone.now(),
        "refreshes": bool(again),
        "stop_refreshing": _here(request, actualizar="no"),
    }
    shows_gift = context["gift"] is not None and state in SHOWING_A_GIFT
    template = "consultations/gift.html" if shows_gift else "consultations/order.html"
    response = render(request, template, context)
    if again:
        response.headers["Refresh"] = again
    return response


def _why(payments: list[Payment]) -> str:
    """What the newest failed attempt failed for, "" without one."""
    failed = last_failure(payments)
    if failed is None:
        return ""
    say = refusals.why_rejected if failed.status == "rejected" else refusals.why_cancelled
    return say(failed.status_detail)


def gift_in_words(order: Order) -> dict[str, object] | None:
    """What the buyer is told of a gift, None before there is one: never who redeemed it, when or for what."""
    gift = getattr(order, "gift", None) if order.kind == OrderKind.GIFT else None
    if gift is None:
        return None
    now = timezone.now()
    state = state_to_tell(gift, order, now)
    until = returnable_until(order) if state in (GiftState.UNUSED, GiftState.EXPIRED) else None
    return {
        "state": state.value,
        "label": state.label,
        "code": gift.code if state == GiftState.UNUSED else "",
        "expires_at": gift.expires_at,
        "may_withdraw": until is not None and until > now,
        "too_long_ago": until is not None and until <= now,
        "returnable_until": until,
        "returnable_days": RETURNABLE_FOR.days,
        "going_back": state == GiftState.STOPPED and is_going_back(order),
    }


def _again(request: HttpRequest, state: OrderState) -> str:
    """The Refresh header of a page whose news comes by itself: often at first, then slower, then no more."""
    if state not in WATCHED:
        return ""
    loads = _count(request.GET.get("vez", ""))
    seconds = next((seconds for up_to, seconds in REFRESHES if loads < up_to), 0)
    return f"{seconds}; url={_here(request, vez=loads + 1)}" if seconds else ""


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _here(request: HttpRequest, **more: str | int) -> str:
    """This page's address with what the return address claimed, and of which payment.

    Only one of Mercado Pago's words and a number: nothing else of an address is written into another.
    """
    claim, named = _claim(request), _payment_named(request)
    told: dict[str, str | int] = {"status": claim if claim in KNOWN_CLAIMS else ""}
    if named is not None:
        told["payment_id"] = named
    return f"{request.path}?{urlencode({**told, **more})}"
