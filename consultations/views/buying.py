"""Choosing a service for oneself or for somebody else, and seeing what it costs before it is paid."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consultations import wording
from consultations.actions.discounts import CodeRefused, Offer, offers_to, orders_to_end
from consultations.actions.errors import NotAllowed
from consultations.actions.opening import GIFT_LIVES_FOR
from consultations.actions.orders import PriceChanged, place_order, placed_before
from consultations.actions.uncounted import has_uncounted
from consultations.enums import OrderKind
from consultations.forms import GiftOrderForm, OrderForm
from consultations.gift_codes import looks_like_one
from consultations.models import Order, Service
from consultations.money import RETURNABLE_FOR
from consultations.offers import normal_code
from consultations.views.access import SignedInRequest, too_often
from consultations.views.guessing import TOO_MANY, note_guess, too_many_guesses
from consultations.views.orders import STILL_OPEN, TOO_OFTEN, leave_to_pay
from home.actions.consents import has_consented
from home.enums import ConsentPurpose

CONFIRM_FIRST = "Antes de contratar, confirma tu correo con el enlace que te enviamos."
LOOKS_LIKE_A_GIFT = "Ese no es un código de descuento. Si te lo regalaron, úsalo en «Usa tu código»."
WITHOUT_A_CODE = " Mientras tanto puedes seguir sin código."


@dataclass(frozen=True)
class Purchase:
    """One of the two ways to buy: its kind of order, its form, its page."""

    kind: OrderKind
    form: type[OrderForm]
    address: str
    template: str


FOR_ONESELF = Purchase(OrderKind.OWN, OrderForm, "consultations:new", "consultations/new.html")
AS_A_GIFT = Purchase(OrderKind.GIFT, GiftOrderForm, "consultations:give", "consultations/give.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Choose a service and agree to be attended; a POST places the order and leaves for Mercado Pago."""
    return _buy(request, FOR_ONESELF)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: SignedInRequest) -> HttpResponse:
    """The same for somebody else, who will agree by themselves."""
    return _buy(request, AS_A_GIFT)


def _buy(request: SignedInRequest, purchase: Purchase) -> HttpResponse:
    if not EmailAddress.objects.filter(user=request.user, verified=True).exists():
        messages.info(request, CONFIRM_FIRST)
        return redirect("account_email")
    services = list(Service.objects.filter(active=True))
    if request.method != "POST":
        form = purchase.form(initial=_beginning(request))
        return _choose(request, purchase, form, services, _offers(request, form, services))
    if too_often(request):
        messages.error(request, TOO_OFTEN)
        return redirect(purchase.address)
    return _receive(request, purchase, services)


def _receive(request: SignedInRequest, purchase: Purchase, services: Sequence[Service]) -> HttpResponse:
    form = purchase.form(_with_attempt(request))
    valid = form.is_valid()
    known = placed_before(by=request.user, attempt=_attempt(form)) if valid else None
    if known is not None and request.POST.get("step") != "apply":
        return _go_on(request, known)
    offers = _offers(request, form, services)
    if request.POST.get("step") == "apply":
        form.keep_only_what_is_said_of_the_code()
        return _choose(request, purchase, form, services, offers, status=422 if form.errors else 200)
    if form.errors:
        return _choose(request, purchase, form, services, offers, status=422)
    service = form.cleaned_data["service"]
    offer = offers[service.pk]
    seen = _seen(request).get(service.slug, offer.quote.list_price)
    if seen != offer.quote.amount:
        # Their own discount is no price that changed.
        own = seen > offer.quote.amount and _is_of_the_code(offer, form.cleaned_data["code"])
        now_less = wording.price(offer.quote.amount, service.currency) if own else ""
        return _choose(request, purchase, form, services, offers, look=True, now_less=now_less)
    if not _told_of(request, orders_to_end(by=request.user, offers=[offer])):
        return _choose(request, purchase, form, services, offers)
    return _place(request, purchase, form, services, offers)


def _is_of_the_code(offer: Offer, code: str) -> bool:
    """Whether what this person pays comes of the code they typed."""
    return offer.discount is not None and offer.discount.code == normal_code(code) != ""


def _place(
    request: SignedInRequest,
    purchase: Purchase,
    form: OrderForm,
    services: Sequence[Service],
    offers: dict[int, Offer],
) -> HttpResponse:
    wish = form.cleaned_data
    try:
        order = place_order(
            by=request.user,
            service=wish["service"],
            attempt=_attempt(form),
            code=wish["code"],
            kind=purchase.kind,
            agreed=offers[wish["service"].pk].quote.amount,
        )
    except CodeRefused as refusal:
        form.add_error("code", str(refusal))
        return _choose(request, purchase, form, services, offers, status=422)
    except PriceChanged:
        return _choose(request, purchase, form, services, _offers(request, form, services), look=True)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(purchase.address)
    return _go_on(request, order)


def _go_on(request: SignedInRequest, order: Order) -> HttpResponse:
    """To Mercado Pago; where nothing is owed, to what was opened."""
    if order.amount:
        return leave_to_pay(request, order)
    if order.kind == OrderKind.GIFT:
        return redirect("consultations:order", order.return_token)
    return redirect("consultations:detail", order.consultation.pk)


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


def _attempt(form: OrderForm) -> uuid.UUID:
    """Coming back and choosing another service, or another code, in the same form is another purchase."""
    wish = form.cleaned_data
    return uuid.uuid5(wish["attempt"], f"{wish['service'].slug} {normal_code(wish['code'])}".strip())


def _offers(request: SignedInRequest, form: OrderForm, services: Sequence[Service]) -> dict[int, Offer]:
    """What each service costs this person with what they typed; a code that does not hold is said so."""
    code = "" if "code" in form.errors else str(form["code"].value() or "")
    if code.strip() and too_many_guesses(request):
        form.add_error("code", TOO_MANY + WITHOUT_A_CODE)
        code = ""
    try:
        return offers_to(by=request.user, services=services, code=code)
    except CodeRefused as refusal:
        note_guess(request)
        form.add_error("code", LOOKS_LIKE_A_GIFT if looks_like_one(code) else str(refusal))
        return offers_to(by=request.user, services=services)


def _seen(request: HttpRequest) -> dict[str, Decimal]:
    """The prices that stood on the page this form was sent from, as `prices_shown` wrote them."""
    parts = (part.partition("=") for part in request.POST.get("seen", "").split())
    return {slug: Decimal(price) for slug, _, price in parts if price.replace(".", "", 1).isdecimal()}


def _told_of(request: HttpRequest, ending: Sequence[Order]) -> bool:
    """Whether the page this form was sent from said of each of these orders that it ends."""
    return {each.reference for each in ending} <= set(request.POST.get("ends", "").split())


def _shown(services: Sequence[Service], offers: dict[int, Offer]) -> str:
    return " ".join(f"{each.slug}={offers[each.pk].quote.amount}" for each in services)


def _choose(
    request: SignedInRequest,
    purchase: Purchase,
    form: OrderForm,
    services: Sequence[Service],
    offers: dict[int, Offer],
    *,
    status: int = 200,
    look: bool = False,
    now_less: str = "",
) -> HttpResponse:
    """The page; `look` asks to look at the price again, which is another than stood there before;
    `now_less` is the new one where the code they typed made it so."""
    ending = orders_to_end(by=request.user, offers=offers.values())
    open_order = _open_order(request, purchase, ending)
    context = {
        "form": form,
        "services": services,
        "offers": offers,
        "seen": _shown(services, offers),
        "look": look,
        "now_less": now_less,
        "free": any(not each.quote.amount for each in offers.values()),
        "ending": ending,
        "open_order": open_order,
        "uncounted": open_order is not None and has_uncounted(open_order),
        "gift_days": GIFT_LIVES_FOR.days,
        "returnable_days": RETURNABLE_FOR.days,
        "here": request.path,
    }
    return render(request, purchase.template, context, status=status)


def _open_order(request: SignedInRequest, purchase: Purchase, ending: Sequence[Order]) -> Order | None:
    """One of the same kind that can be gone on with; what is said of those that end says it too.

    First one with money that does not count: who paid it must not pay again, also once its link is over.
    """
    orders = Order.objects.filter(client=request.user, money__in=STILL_OPEN, kind=purchase.kind)
    others = orders.exclude(pk__in=[each.pk for each in ending])
    found = list(others.select_related("service").prefetch_related("payments"))
    payable = (each for each in found if each.expires_at > timezone.now())
    return next((each for each in found if has_uncounted(each)), next(payable, None))
