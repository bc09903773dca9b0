"""Giving money back from the office: how much, why, a look at what will happen, and it is asked for."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from consultations import wording
from consultations.actions.errors import NotAllowed
from consultations.actions.refunds import NOT_RETURNABLE, ask_refund, excess_of, left_of, refund_of
from consultations.enums import Reason, RefundReason
from consultations.models import Payment, PaymentFlag, Refund
from consultations.office_forms import RefundForm, write_amount
from consultations.permissions import may_refund

FORM = "consultations/admin/refund.html"
CONFIRM = "consultations/admin/refund_confirm.html"


@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, payment_pk: int) -> HttpResponse:
    """The form; a POST shows what will happen, and a confirmed one asks for it."""
    if not may_refund(request.user):
        # Not raised: Wagtail would turn it into a redirect that says nothing went wrong.
        return render(request, "403.html", status=403)
    payment = get_object_or_404(Payment.objects.select_related("order"), pk=payment_pk)
    left = left_of(payment)
    # After `left`, which that refund has changed: the second click of two asks for nothing more.
    if (asked := _asked_before(request, payment)) is not None:
        return _tell(request, asked, request.POST.get("flag", ""))
    if payment.status != "approved" or left <= 0:
        messages.error(
            request, NOT_RETURNABLE if payment.status != "approved" else "No queda nada por devolver."
        )
        return redirect("ordenes_modeladmin_inspect", payment.order_id)
    if request.method != "POST":
        initial = {"attempt": uuid.uuid4(), **_suggested(request, payment, left)}
        return _show(request, payment, RefundForm(initial=initial, left=left, currency=payment.currency))
    form = RefundForm(request.POST, left=left, currency=payment.currency)
    if not form.is_valid():
        return _show(request, payment, form, status=422)
    return _decide(request, payment, form)


def _suggested(request: HttpRequest, payment: Payment, left: Decimal) -> dict[str, object]:
    """All that is left, or what a flag asks to give back: its page led here."""
    flag = _flag_of(payment, request.GET.get("flag", ""))
    if flag is None:
        return {"amount": write_amount(left)}
    excess = min(excess_of(payment.order), left) if flag.reason == Reason.OVERPAID else Decimal(0)
    if not excess:
        return {"amount": write_amount(left), "flag": flag.pk}
    return {"amount": write_amount(excess), "reason": RefundReason.EXCESS, "flag": flag.pk}


def _flag_of(payment: Payment, pk: object) -> PaymentFlag | None:
    """The flag that led here, if it is one of this payment's order."""
    number = str(pk)
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return PaymentFlag.objects.filter(pk=int(number), order_id=payment.order_id).first()


def _decide(request: HttpRequest, payment: Payment, form: RefundForm) -> HttpResponse:
    step = request.POST.get("step", "")
    if step == "change":
        return _show(request, payment, form)
    if step != "confirm":
        context = _context(payment, form) | {"amount": _price(payment, form)}
        context["reason"] = RefundReason(form.cleaned_data["reason"]).label
        return render(request, CONFIRM, context)
    return _ask(request, payment, form)


def _ask(request: HttpRequest, payment: Payment, form: RefundForm) -> HttpResponse:
    wish = form.cleaned_data
    reason = RefundReason(wish["reason"])
    try:
        refund = ask_refund(
            by=request.user,
            payment=payment,
            amount=wish["amount"],
            reason=reason,
            note=wish["note"],
            attempt=wish["attempt"],
        )
    except NotAllowed as refusal:
        form.add_error("amount", str(refusal))
        return _show(request, payment, form, status=422)
    return _tell(request, refund, wish["flag"])


def _asked_before(request: HttpRequest, payment: Payment) -> Refund | None:
    """The refund that this confirmed form has asked for already."""
    if request.method != "POST" or request.POST.get("step") != "confirm":
        return None
    try:
        return refund_of(payment, uuid.UUID(request.POST.get("attempt", "")))
    except ValueError:
        return None


def _tell(request: HttpRequest, asked: Refund, flag_pk: object) -> HttpResponse:
    """Say that it was asked for, where the form was come from."""
    payment = asked.payment
    price = wording.price(asked.amount, payment.currency)
    messages.success(request, f"Devolución pedida: {price}. Mercado Pago la hace en un momento.")
    flag = _flag_of(payment, flag_pk)
    if flag is not None:
        return redirect("consultations_flag", flag.pk)
    return redirect("ordenes_modeladmin_inspect", payment.order_id)


def _price(payment: Payment, form: RefundForm) -> str:
    return wording.price(form.cleaned_data["amount"], payment.currency)


def _context(payment: Payment, form: RefundForm) -> dict[str, Any]:
    return {"payment": payment, "order": payment.order, "form": form}


def _show(request: HttpRequest, payment: Payment, form: RefundForm, status: int = 200) -> HttpResponse:
    return render(request, FORM, _context(payment, form), status=status)
