"""How templates say prices, deadlines and states, and where on the way a client is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import format_html, format_html_join

from consultations import wording
from consultations.actions.discounts import Offer
from consultations.actions.pausing import why_paused
from consultations.actions.refunds import left
from consultations.enums import Money, Status
from consultations.models import Order, Payment, Refund, Service
from consultations.timeline import who_asked
from home.enums import Country, Mood
from home.models import ProfessionalPage

register = template.Library()

STEPS = ("Elegir", "Pagar", "Escribir", "Leer")
CASE_FIELDS = {
    "happening": "Qué está pasando",
    "since": "Desde cuándo",
    "tried": "Qué ha intentado",
    "hopes": "Qué espera",
}


@register.filter
def price(priced: Any) -> str:
    """The price of a service or an order, or what a quote says is to be paid."""
    amount = getattr(priced, "amount", None)
    return wording.price(priced.price if amount is None else amount, priced.currency)


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """A sum of money that is not the price of anything."""
    return wording.price(amount, currency)


@register.filter
def of(offers: dict[int, Offer], service: Service) -> Offer:
    """What one of the services costs whoever looks at the page."""
    return offers[service.pk]


@register.filter
def refunded(refund: Refund) -> str:
    """The amount of a refund, in the currency it was paid in."""
    return wording.price(refund.amount, refund.payment.currency)


register.filter(who_asked)


@register.filter
def state_at_mercado_pago(payment: Payment) -> str:
    return wording.payment_state(payment.status, payment.status_detail)


@register.filter
def means(payment: Payment) -> str:
    """How it was paid, for the office, where a means without a name here keeps Mercado Pago's."""
    return wording.PAYMENT_TYPES.get(payment.payment_type, payment.payment_type) or "No lo dijo"


@register.filter
def sum_in_words(sums: dict[str, Any], currency: str) -> str:
    """What a day's payments in one currency come to, as `payment_facts.add_up` gives it."""
    if not sums:
        return "nada"
    said = f"{sums['payments']} por {wording.price(Decimal(sums['amount']), currency)}"
    gone = Decimal(sums["refunded"])
    return f"{said}, devuelto {wording.price(gone, currency)}" if gone else said


@register.filter
def problem_in_words(problem: str) -> str:
    return wording.balance_problem(problem)


@register.filter
def of_payment(orders: dict[int, Payment], payment_id: int) -> Payment | None:
    """The payment with this id among those that were read together."""
    return orders.get(payment_id)


@register.filter
def can_be_returned(payment: Payment) -> bool:
    """Whether something is left of a payment whose refunds were read with it."""
    refunds = [(refund.state, refund.amount) for refund in payment.refunds.all()]
    return payment.status == "approved" and left(payment, refunds) > 0


@register.filter
def cheapest(services: Iterable[Service]) -> Service:
    """The service with the lowest price, of at least one."""
    return min(services, key=lambda service: service.price)


@register.simple_tag(takes_context=True)
def deadline(context: Context, moment: datetime.datetime) -> str:
    """A moment in words; who lives in another country is told whose clock it is."""
    country = getattr(getattr(context.get("request"), "user", None), "country", "")
    clock = "" if country in ("", Country.CHILE) else " (hora de Chile)"
    return wording.deadline(moment) + clock


@register.filter
def turnaround(hours: int) -> str:
    return wording.turnaround(hours)


@register.filter
def replies(count: int) -> str:
    return wording.replies(count)


@register.filter
def is_paused(order: Order) -> bool:
    """Whether the conversation of this order waits for its money."""
    return bool(why_paused(order))


@register.filter
def status_in_words(status: str) -> str:
    return wording.STATES[Status(status)]


@register.filter
def money_in_words(money: str) -> str:
    return wording.ORDER_STATES[Money(money)]


@register.simple_tag
def professionals() -> list[ProfessionalPage]:
    """Who answers, for components/person.html."""
    return list(ProfessionalPage.objects.live().order_by("title"))


@register.simple_tag
def steps_to(current: int) -> list[dict[str, str]]:
    """The four steps of a consultation for components/stepper.html; `current` counts from 1."""
    return [{"label": label, "state": _state(place, current)} for place, label in enumerate(STEPS, start=1)]


def _state(place: int, current: int) -> str:
    if place < current:
        return "done"
    return "current" if place == current else "next"


@register.filter
def mood_in_words(mood: str) -> str:
    """A stored mood as its label; "No lo dijo" when it was not tapped."""
    return str(Mood(int(mood)).label) if mood else "No lo dijo"


@register.filter
def case_as_html(turn: Any) -> str:
    """The guided fields of a case as headed paragraphs, escaped; what was left empty is left out."""
    parts = [
        format_html("<h3>{}</h3>{}", label, linebreaks_filter(turn.content[name]))
        for name, label in CASE_FIELDS.items()
        if turn.content.get(name, "").strip()
    ]
    return format_html_join("", "{}", ((part,) for part in parts))
