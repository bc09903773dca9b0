"""A client's consultations: the list, and one conversation."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from consultations.actions.gift_states import state_to_tell, with_gift_money
from consultations.actions.uncounted import has_uncounted
from consultations.enums import Money
from consultations.models import Consultation, Order
from consultations.permissions import is_psychologist_of
from consultations.views.access import SignedInRequest, ask_to_sign_in, find_own, is_signed_in
from consultations.views.conversation import show
from consultations.views.letters import receive
from consultations.views.orders import STILL_OPEN


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    consultations = Consultation.objects.filter(client=request.user).select_related("order__service")
    orders = _unfinished_orders(request)
    context = {
        "consultations": consultations,
        "orders": orders,
        "uncounted": {each.pk for each in orders if each.money in STILL_OPEN and has_uncounted(each)},
        "gifts": _gifts(request),
        "now": timezone.now(),
    }
    return render(request, "consultations/list.html", context)


def _unfinished_orders(request: SignedInRequest) -> list[Order]:
    """Orders without a consultation that still want something; an unpaid one does until its link expires.

    One whose money does not count wants a person to look at it, however long that takes.
    """
    orders = Order.objects.filter(client=request.user, consultation=None).select_related("service")
    orders = orders.exclude(money=Money.REFUNDED).exclude(gift__isnull=False)
    found, now = orders.prefetch_related("payments"), timezone.now()
    return [
        each for each in found if each.money != Money.UNPAID or each.expires_at > now or has_uncounted(each)
    ]


def _gifts(request: SignedInRequest) -> list[tuple[Order, str]]:
    """What this person gave away, and whether it was used: no more of it is theirs to know."""
    orders = Order.objects.filter(client=request.user, gift__isnull=False).select_related("service", "gift")
    found, now = with_gift_money(orders.defer("gift__code")), timezone.now()
    return [(order, state_to_tell(order.gift, order, now).label) for order in found]


@csrf_exempt  # `receive` checks the token itself: a failed check must not lose a letter
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The conversation; a POST sends the letter that is due."""
    if request.method == "POST":
        return receive(request, pk)
    if not is_signed_in(request):
        return ask_to_sign_in(pk)
    try:
        return show(request, find_own(request.user, pk))
    except Http404:
        return _to_the_desk(request, pk)


def _to_the_desk(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The assigned psychologist has a page of their own for it; anybody else learns nothing."""
    consultation = Consultation.objects.filter(pk=pk).first()
    if consultation is None or not is_psychologist_of(request.user, consultation):
        raise Http404
    return redirect("consultations:desk_detail", pk)
