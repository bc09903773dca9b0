"""Choosing a service, leaving for Mercado Pago, and coming back to a page that tells the truth."""

from __future__ import annotations

import logging
import uuid
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_q.tasks import async_task

from consultations import wording
from consultations.actions.errors import NotAllowed
from consultations.actions.orders import place_order, start_checkout
from consultations.enums import Money
from consultations.forms import OrderForm
from consultations.mercadopago import MercadoPagoError
from consultations.models import Order, Service
from consultations.money import ZERO
from consultations.order_state import KNOWN_CLAIMS, PAYABLE, WATCHED, OrderState, state_of
from consultations.views.access import SignedInRequest, is_on_screen, too_often
from home.actions.consents import has_consented
from home.enums import ConsentPurpose

logger = logging.getLogger(__name__)

LOOK_UP_AT_MOST_EVERY = 8  # seconds
STILL_OPEN = (Money.UNPAID, Money.PENDING)
# Loads of the page up to here, seconds until the next: a minute closely, ten more, then half an hour.
REFRESHES = ((15, 4), (55, 15), (85, 60))
MERCADO_PAGO_IS_SILENT = (
    "Mercado Pago no está respondiendo. Tu compra quedó guardada. Si ya pagaste, no pagues de nuevo: "
    "te escribiremos cuando se confirme. Si no, inténtalo otra vez en un momento."
)
TOO_OFTEN = "Hubo muchos intentos seguidos. Espera un minuto e inténtalo de nuevo."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Choose a service and agree to be attended; a POST places the order and leaves for Mercado Pago."""
    if not EmailAddress.objects.filter(user=request.user, verified=True).exists():
        messages.info(request, "Antes de contratar, confirma tu correo con el enlace que te enviamos.")
        return redirect("account_email")
    if request.method != "POST":
        return _choose(request, OrderForm(initial=_beginning(request)))
    if too_often(request):
        messages.error(request, TOO_OFTEN)
        return redirect("consultations:new")
    form = OrderForm(_with_attempt(request))
    if not form.is_valid():
        return _choose(request, form, status=422)
    return _place(request, form)


def _beginning(request: SignedInRequest) -> dict[str, Any]:
    """A new attempt, the service a link may name, and the agreement that already stands."""
    return {
        "attempt": uuid.uuid4(),
        "service": request.GET.get("servicio", ""),
        "agrees": has_consented(request.user, ConsentPurpose.ATTENTION),
    }


def _with_attempt(request: HttpRequest) -> Any:
    """The posted fields; an attempt that is no UUID is nobody's mistake to read about."""
    data = request.POST.copy()
    try:
        uuid.UUID(data.get("attempt", ""))
    except ValueError:
        data["attempt"] = str(uuid.uuid4())
    return data


def _choose(request: SignedInRequest, form: OrderForm, status: int = 200) -> HttpResponse:
    services = list(Service.objects.filter(active=True))
    context = {"form": form, "services": services, "open_order": _open_order(request)}
    return render(request, "consultations/new.html", context, status=status)


def _open_order(request: SignedInRequest) -> Order | None:
    orders = Order.objects.filter(client=request.user, money__in=STILL_OPEN, expires_at__gt=timezone.now())
    return orders.select_related("service").first()


def _place(request: SignedInRequest, form: OrderForm) -> HttpResponse:
    service = form.cleaned_data["service"]
    # Coming back and choosing another service in the same form is another purchase.
    attempt = uuid.uuid5(form.cleaned_data["attempt"], service.slug)
    try:
        order = place_order(by=request.user, service=service, attempt=attempt)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("consultations:new")
    return _leave_to_pay(request, order)


def _leave_to_pay(request: HttpRequest, order: Order) -> HttpResponse:
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
    orders = Order.objects.select_related("service", "consultation")
    found = get_object_or_404(orders, return_token=token)
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
    return _leave_to_pay(request, found)


def _look_up_soon(request: HttpRequest, found: Order) -> None:
    """Queue one look at Mercado Pago, however often the page is loaded meanwhile.

    The payment that the address names is read too: whoever forged it learns nothing, and it counts only for
    the order that Mercado Pago says.
    """
    if found.money in STILL_OPEN and cache.add(f"look-up-order-{found.pk}", 1, LOOK_UP_AT_MOST_EVERY):
        async_task("consultations.jobs.sync_order", found.pk, _payment_named(request))


def _payment_named(request: HttpRequest) -> int | None:
    number = request.GET.get("payment_id") or request.GET.get("collection_id") or ""
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None


def _tell(request: HttpRequest, found: Order) -> HttpResponse:
    claim = request.GET.get("status") or request.GET.get("collection_status") or ""
    payments = list(found.payments.all())
    state = state_of(found, payments, claim, timezone.now())
    again = "" if request.GET.get("actualizar") == "no" else _again(request, state)
    context = {
        "order": found,
        "state": state,
        "given_back": wording.price(sum((each.refunded for each in payments), ZERO), found.currency),
        "own": found.client_id == request.user.pk,
        "payable": state in PAYABLE and found.expires_at > timezone.now(),
        "refreshes": bool(again),
        "stop_refreshing": f"{request.path}?{urlencode({'status': _known(claim), 'actualizar': 'no'})}",
    }
    response = render(request, "consultations/order.html", context)
    if again:
        response.headers["Refresh"] = again
    return response


def _again(request: HttpRequest, state: OrderState) -> str:
    """The Refresh header of a page whose news comes by itself: often at first, then slower, then no more."""
    if state not in WATCHED:
        return ""
    loads = _count(request.GET.get("vez", ""))
    seconds = next((seconds for up_to, seconds in REFRESHES if loads < up_to), 0)
    query = urlencode({"status": _known(request.GET.get("status", "")), "vez": loads + 1})
    return f"{seconds}; url={request.path}?{query}" if seconds else ""


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _known(claim: str) -> str:
    """The claim if it is one of Mercado Pago's words: nothing else is written into an address."""
    return claim if claim in KNOWN_CLAIMS else ""
