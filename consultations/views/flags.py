"""One payment that a person must look at: what it is, what can be done, and the decision that settles it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from consultations import wording
from consultations.actions.attaching import attach, read_for
from consultations.actions.errors import NotAllowed
from consultations.actions.looking_again import look_again
from consultations.actions.resolving import may_reopen, reopen, resolve
from consultations.enums import ONLY_NOTED
from consultations.guidance import detail_of, guidance_of
from consultations.mercadopago import BadCredentials, MercadoPagoError, NotFound, Refused
from consultations.models import PaymentFlag
from consultations.office_forms import AttachForm, DecisionForm
from consultations.permissions import may_refund, may_see_flags

PAGE = "consultations/admin/flag.html"
CONFIRM = "consultations/admin/flag_attach.html"
LOOKING = "Se lo preguntaremos a Mercado Pago. Carga esta página otra vez en un momento."
NOTHING_TO_ASK = "No queda nada que preguntar: ya se leyó, o alguien lo pidió recién."
NO_ANSWER = "Mercado Pago no contesta ahora. No cambió nada; prueba en un momento."
NOT_THERE = "Mercado Pago no encuentra ese pago. No cambió nada."
NOT_SHOWN = "Mercado Pago no quiso mostrar ese pago. No cambió nada."
NOT_LET_IN = "Mercado Pago no acepta nuestras credenciales. No cambió nada; hay que renovarlas."
ASKED_AGAIN = "Se abrió otra vez. Lo que se había decidido queda en el historial."


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, flag_pk: int) -> HttpResponse:
    """The page of one flag; a POST does what its `step` says."""
    allowed = may_refund if request.method == "POST" else may_see_flags
    if not allowed(request.user):
        # Not raised: Wagtail would turn it into a redirect that says nothing went wrong.
        return render(request, "403.html", status=403)
    one = get_object_or_404(PaymentFlag.objects.select_related("order__service", "resolved_by"), pk=flag_pk)
    if request.method != "POST":
        return _show(request, one)
    return STEPS.get(request.POST.get("step", ""), _show)(request, one)


def _resolve(request: HttpRequest, one: PaymentFlag, *, is_fraud: bool = False) -> HttpResponse:
    form = DecisionForm(request.POST, auto_id="decision_%s")
    if not form.is_valid():
        return _show(request, one, decision=form, status=422)
    try:
        words = form.cleaned_data["resolution"]
        resolve(by=request.user, flag=one, resolution=words, is_fraud=is_fraud)
    except NotAllowed as refusal:
        return _refused(request, one, "decision", form, "resolution", refusal)
    messages.success(request, "Quedó anotado." if one.reason in ONLY_NOTED else "Quedó resuelto.")
    return redirect("consultations_flag", one.pk)


def _reopen(request: HttpRequest, one: PaymentFlag) -> HttpResponse:
    try:
        one = reopen(by=request.user, flag=one)
        messages.success(request, ASKED_AGAIN)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("consultations_flag", one.pk)


def _look_again(request: HttpRequest, one: PaymentFlag) -> HttpResponse:
    try:
        if look_again(by=request.user, flag=one):
            messages.success(request, LOOKING)
        else:
            messages.warning(request, NOTHING_TO_ASK)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("consultations_flag", one.pk)


def _attach(request: HttpRequest, one: PaymentFlag) -> HttpResponse:
    """First what would count for which order; confirmed, it does."""
    form = AttachForm(request.POST, auto_id="attach_%s")
    if not form.is_valid():
        return _show(request, one, attaching=form, status=422)
    order = form.cleaned_data["reference"]
    try:
        if "confirmed" not in request.POST:
            report = read_for(by=request.user, flag=one, order=order)
            amount = wording.price(report.amount, report.currency)
            state = wording.payment_state(report.status, report.status_detail)
            context = {"flag": one, "form": form, "order": order, "amount": amount, "state": state}
            return render(request, CONFIRM, context)
        words = form.cleaned_data["resolution"]
        order = attach(by=request.user, flag=one, order=order, resolution=words)
    except NotAllowed as refusal:
        return _refused(request, one, "attaching", form, "reference", refusal)
    except MercadoPagoError as error:
        return _refused(request, one, "attaching", form, None, _why_not(error))
    messages.success(request, f"El pago {one.payment_id} es ahora de la orden {order.reference}.")
    return redirect("ordenes_modeladmin_inspect", order.pk)


def _why_not(error: MercadoPagoError) -> str:
    """Why nothing was given to an order: what to do next differs."""
    if isinstance(error, BadCredentials):
        return NOT_LET_IN
    if isinstance(error, NotFound):
        return NOT_THERE
    return NOT_SHOWN if isinstance(error, Refused) else NO_ANSWER


def _refused(
    request: HttpRequest, one: PaymentFlag, name: str, form: Form, field: str | None, why: object
) -> HttpResponse:
    """The page again, with what was typed and the reason beside it; somebody else may have settled it."""
    form.add_error(field, str(why))
    one.refresh_from_db()
    return _show(request, one, status=422, **{name: form})


def _show(
    request: HttpRequest,
    one: PaymentFlag,
    *,
    decision: DecisionForm | None = None,
    attaching: AttachForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_open = one.resolved_at is None and one.cleared_at is None
    payments = one.order.payments.prefetch_related("refunds") if one.order else ()
    context: dict[str, Any] = {
        "flag": one,
        "guidance": guidance_of(one),
        "detail": detail_of(one),
        "payments": payments,
        "is_open": is_open,
        "only_noted": one.reason in ONLY_NOTED,
        "may_act": is_open and may_refund(request.user),
        "may_reopen": may_reopen(one) and may_refund(request.user),
        # Two forms of one page: their fields' ids must differ.
        "decision": decision or DecisionForm(auto_id="decision_%s"),
        "attaching": attaching or AttachForm(auto_id="attach_%s"),
    }
    return render(request, PAGE, context, status=status)


STEPS: dict[str, Callable[[HttpRequest, PaymentFlag], HttpResponse]] = {
    "resolve": _resolve,
    "fraud": partial(_resolve, is_fraud=True),
    "reopen": _reopen,
    "look": _look_again,
    "attach": _attach,
}
