"""The commands that machines use: JSON out, stable names."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consultations.models import Order

pytestmark = pytest.mark.django_db


def test_show_order_tells_money_and_consultations_opened(paid_order: Order) -> None:
    out = StringIO()
    call_command("show_order", paid_order.reference, stdout=out)
    shown = json.loads(out.getvalue())
    assert (shown["reference"], shown["money"], shown["fulfilled"]) == (paid_order.reference, "paid", 1)
    assert shown["attention"] is False
    assert [payment["status"] for payment in shown["payments"]] == ["approved"]


def test_show_order_refuses_an_unknown_reference() -> None:
    with pytest.raises(CommandError, match="No order"):
        call_command("show_order", "N-NOBODY")


def test_reconcile_payments_leaves_alone_what_is_not_due(order: Order) -> None:
    out = StringIO()
    call_command("reconcile_payments", stdout=out)
    assert out.getvalue() == "0 looked at\n"
