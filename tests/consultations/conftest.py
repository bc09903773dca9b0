from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from consultations.actions.consultations import submit_case
from consultations.actions.gifts import redeem
from consultations.actions.orders import place_order
from consultations.models import Consultation, Gift, Order, Service
from home.models import User
from tests.consultations.playing import Play
from tests.fixtures.consultations import CASE, pay
from tests.fixtures.offers import buy_gift
from tests.fixtures.people import make_person
from tests.standins.fixtures import StandIn


@pytest.fixture
def make_waiting(service: Service) -> Callable[..., Consultation]:
    """A function that makes one more waiting consultation, of somebody new, waiting for so many hours."""

    def make(*, hours: int, priority: bool = False) -> Consultation:
        person = make_person(f"persona-{uuid.uuid4().hex[:8]}@example.com")
        order = pay(place_order(by=person, service=service, attempt=uuid.uuid4()))
        submit_case(by=person, consultation=order.consultation, content=dict(CASE), mood=None)
        since = timezone.now() - datetime.timedelta(hours=hours)
        Consultation.objects.filter(pk=order.consultation.pk).update(waiting_since=since, priority=priority)
        return Consultation.objects.get(order=order)

    return make


@pytest.fixture
def play(live_server: Any, order: Order, mercadopago_standin: StandIn, settings: Any) -> Play:
    """An order at a site that the stand-in's webhooks reach, and whose test payments count."""
    settings.DEBUG = True
    mercadopago_standin.send_webhooks_to(f"{live_server.url}/mercadopago/notificaciones/")
    return Play(mercadopago_standin, order)


@pytest.fixture
def gift(client_user: User, service: Service) -> Gift:
    """Bought by `client_user` with payment 77, and used by nobody."""
    return buy_gift(client_user, service, id=77)


@pytest.fixture
def redeemed(gift: Gift, other_client: User) -> Consultation:
    """Opened by `other_client` with the code of `gift`."""
    return redeem(by=other_client, code=gift.code)
