"""Redeeming a gift's code, and withdrawing a gift that nobody redeemed."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from consultations.actions import gifts as actions
from consultations.actions.errors import NotAllowed
from consultations.actions.withdrawal import withdraw_gift
from consultations.enums import OrderKind
from consultations.forms import KeptCodeForm, RedeemForm
from consultations.models import Order
from consultations.views.access import SignedInRequest, is_signed_in, too_often
from consultations.views.guessing import TOO_MANY, note_guess, too_many_guesses
from consultations.views.orders import TOO_OFTEN
from home.actions.consents import has_consented
from home.encryption import decrypt, encrypt
from home.enums import ConsentPurpose

# Encrypted: sessions lie in the database, and a code is as good as the money it cost.
KEPT = "gift_code"
WITHDRAWN = "El regalo quedó anulado y su código ya no sirve."


@require_http_methods(["GET", "HEAD", "POST"])
def redeem(request: HttpRequest) -> HttpResponse:
    """Use the code of a gift. Who has not signed in yet types it first, and it waits for them."""
    if not is_signed_in(request):
        return _before_signing_in(request)
    if not EmailAddress.objects.filter(user=request.user, verified=True).exists():
        messages.info(request, "Antes de usar tu código, confirma tu correo con el enlace que te enviamos.")
        return redirect("account_email")
    if request.method != "POST":
        agrees = has_consented(request.user, ConsentPurpose.ATTENTION)
        return _ask(request, RedeemForm(initial={"code": _kept_code(request), "agrees": agrees}))
    if too_often(request):
        messages.error(request, TOO_OFTEN)
        return redirect("consultations:redeem")
    form = RedeemForm(request.POST)
    return _redeem(request, form) if form.is_valid() else _ask(request, form, status=422)


def _redeem(request: SignedInRequest, form: RedeemForm) -> HttpResponse:
    if too_many_guesses(request):
        form.add_error("code", TOO_MANY)
        return _ask(request, form, status=422)
    try:
        consultation = actions.redeem(by=request.user, code=form.cleaned_data["code"])
    except actions.GiftRefused as refusal:
        note_guess(request)
        form.add_error("code", str(refusal))
        return _ask(request, form, status=422)
    request.session.pop(KEPT, None)
    return redirect("consultations:detail", consultation.pk)


def _before_signing_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, KeptCodeForm(initial={"code": _kept_code(request)}))
    form = KeptCodeForm(request.POST)
    slow_down = too_often(request)
    if slow_down:
        messages.error(request, TOO_OFTEN)
    if slow_down or not form.is_valid():
        return _ask(request, form, status=422)
    request.session[KEPT] = encrypt(form.cleaned_data["code"])
    # Who agreed sent the page of somebody signed in, whose session ended meanwhile: they have an account.
    way = request.POST.get("way") or ("login" if "agrees" in request.POST else "signup")
    door = "account_login" if way == "login" else "account_signup"
    return redirect(f"{reverse(door)}?{urlencode({'next': request.path})}")


def _kept_code(request: HttpRequest) -> str:
    try:
        return decrypt(request.session[KEPT]) if KEPT in request.session else ""
    except InvalidToken:
        return ""


def _ask(request: HttpRequest, form: RedeemForm, status: int = 200) -> HttpResponse:
    return render(request, "consultations/redeem.html", {"form": form}, status=status)


@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Give up a gift that nobody redeemed, for its money. Only its buyer learns that there is one.

    Whose session ended comes back to the order's page, where the button is: this address takes no GET.
    """
    if not is_signed_in(request):
        return redirect_to_login(reverse("consultations:order", args=[token]))
    order = get_object_or_404(Order, return_token=token, kind=OrderKind.GIFT, gift__isnull=False)
    if order.client_id != request.user.pk:
        raise Http404
    try:
        withdraw_gift(by=request.user, order=order)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, WITHDRAWN)
    return redirect("consultations:order", token)
