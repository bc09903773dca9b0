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
from consultations.actions.payments import expected_of
from consultations.enums import OrderKind, RefundState
from consultations.models import Order, Payment, Refund
from consultations.money import WITH_MONEY, ZERO, Expected, counts, is_ours

IN_DOUBT = ". En revisión o anulado por el medio de pago: no suma"
NOT_OURS = ". De prueba, en otra moneda o para otra cuenta: no suma"


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
    expected = expected_of(found)
    paid, gone_back = _summed(expected, payments)
    context = {
        "order": found,
        "title": wording.NEUTRAL_TITLE,
        "entries": sorted(entry for payment in payments for entry in _entries(expected, payment)),
        "paid": wording.price(paid, found.currency),
        "gone_back": wording.price(gone_back, found.currency) if gone_back else "",
        "total": wording.price(paid - gone_back, found.currency),
        "site_url": settings.SITE_URL,
    }
    return render(request, "consultations/receipt.html", context)


def _entries(expected: Expected, payment: Payment) -> list[Entry]:
    text = wording.payment_type(payment.payment_type) + _why_not_counted(expected, payment)
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


def _summed(expected: Expected, payments: list[Payment]) -> tuple[Decimal, Decimal]:
    """What was paid and what of it went back; the rest stays paid, as the order's own state counts it."""
    paid = [each for each in payments if not _why_not_counted(expected, each)]
    back = (each.amount if each.status == "refunded" else min(each.refunded, each.amount) for each in paid)
    return sum((each.amount for each in paid), ZERO), sum(back, ZERO)


def _why_not_counted(expected: Expected, payment: Payment) -> str:
    """Nothing to say of what counts, or counted until it went back."""
    if not is_ours(expected, payment):
        return NOT_OURS
    return "" if payment.status == "refunded" or counts(expected, payment) else IN_DOUBT
