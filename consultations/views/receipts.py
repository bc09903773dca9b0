"""The receipt of a purchase, to keep or to print: for whoever paid, and naming nothing of what was bought."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations import wording
from consultations.enums import OrderKind, RefundState
from consultations.models import Order, Payment, Refund
from consultations.money import WITH_MONEY, ZERO

REIMBURSED = ("charged_back", "reimbursed")


class Entry(NamedTuple):
    """One line: money that came, or went back."""

    moment: datetime.datetime
    text: str
    number: int | None
    amount: str


@never_cache
@login_required
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Strangers get a 404, although the order's page tells them how the money is. Unpaid, there is none."""
    bought = Order.objects.exclude(kind=OrderKind.REDEMPTION)
    found = get_object_or_404(bought, return_token=token, client=request.user)
    if found.paid_at is None or not found.amount:
        return redirect("consultations:order", token)
    payments = list(found.payments.filter(status__in=WITH_MONEY).prefetch_related("refunds"))
    context = {
        "order": found,
        "title": wording.NEUTRAL_TITLE,
        "entries": sorted(entry for payment in payments for entry in _entries(payment)),
        "total": wording.price(_kept(found, payments), found.currency),
        "site_url": settings.SITE_URL,
    }
    return render(request, "consultations/receipt.html", context)


def _entries(payment: Payment) -> list[Entry]:
    text = wording.payment_type(payment.payment_type)
    if not _is_settled(payment):
        text += ". En revisión o anulado por el medio de pago: no suma"
    came = Entry(
        payment.approved_at or payment.first_seen_at,
        f"Pago. {text}",
        payment.payment_id,
        wording.price(payment.amount, payment.currency),
    )
    done = [each for each in payment.refunds.all() if each.state == RefundState.DONE]
    return [came, *(_went_back(payment, each) for each in done)]


def _went_back(payment: Payment, refund: Refund) -> Entry:
    moment = refund.made_at or refund.settled_at or refund.asked_at
    amount = "−" + wording.price(refund.amount, payment.currency)
    return Entry(moment, "Devolución al mismo medio", refund.refund_id, amount)


def _kept(order: Order, payments: list[Payment]) -> Decimal:
    """What stays paid, in the currency of the order."""
    counted = (each for each in payments if _is_settled(each) and each.currency == order.currency)
    return sum((max(each.amount - each.refunded, ZERO) for each in counted), ZERO)


def _is_settled(payment: Payment) -> bool:
    won = (payment.status, payment.status_detail) == REIMBURSED
    return won or payment.status in ("approved", "refunded")
