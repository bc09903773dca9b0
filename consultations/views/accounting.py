"""The office's balance against Mercado Pago, by month, and the accounts of a month as a file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.actions.accounts import (
    HEADER,
    lines_of,
    month_of,
    next_month,
    previous_month,
    record_download,
)
from consultations.actions.balance import days_behind, drift
from consultations.models import BalanceDay, BalanceDifference, Payment
from consultations.permissions import may_see_accounts
from consultations.spreadsheet import as_csv

PAGE = "consultations/admin/balance.html"


class CurrencySums(NamedTuple):
    """What one day comes to in one currency, here and there."""

    currency: str
    here: dict[str, Any]
    there: dict[str, Any]

    @property
    def agrees(self) -> bool:
        return self.here == self.there


@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    """The days of a month: how many payments, how much by currency, and every difference found."""
    if not may_see_accounts(request.user):
        return _forbidden(request)
    month = _month(request) or timezone.localdate().replace(day=1)
    days = BalanceDay.objects.filter(day__gte=month, day__lt=next_month(month))
    shown = list(days.prefetch_related("differences"))
    unsettled = set(drift().values_list("pk", flat=True))
    context = {
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month),
        "days": [_day(each) for each in shown],
        "orders": _orders(difference for day in shown for difference in day.differences.all()),
        "unsettled": unsettled,
        "behind": days_behind(),
    }
    return render(request, PAGE, context)


def _day(day: BalanceDay) -> dict[str, Any]:
    return {"day": day, "sums": sums_of(day), "differences": list(day.differences.all())}


def sums_of(day: BalanceDay) -> list[CurrencySums]:
    currencies = sorted({*day.sums_here, *day.sums_there})
    return [
        CurrencySums(each, day.sums_here.get(each, {}), day.sums_there.get(each, {})) for each in currencies
    ]


def _orders(differences: Iterable[BalanceDifference]) -> dict[int, Payment]:
    """The payments of these differences that the site knows by now, with their orders."""
    ids = {each.payment_id for each in differences}
    payments = Payment.objects.filter(payment_id__in=ids).select_related("order")
    return {payment.payment_id: payment for payment in payments}


@require_safe
def accounts(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The accounts of a month as a CSV file; who took them along is written down."""
    if not may_see_accounts(request.user):
        return _forbidden(request)
    month = _month(request)
    if month is None:
        return HttpResponse("Falta el mes, por ejemplo: ?mes=2026-11", status=400, content_type="text/plain")
    if request.method == "GET":
        record_download(by=request.user, month=month)
    answer = StreamingHttpResponse(as_csv(HEADER, lines_of(month)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cuentas-{month:%Y-%m}.csv"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def _month(request: HttpRequest) -> datetime.date | None:
    return month_of(request.GET.get("mes", ""))


def _forbidden(request: HttpRequest) -> HttpResponse:
    # Not raised: Wagtail would turn it into a redirect that says nothing went wrong.
    return render(request, "403.html", status=403)
