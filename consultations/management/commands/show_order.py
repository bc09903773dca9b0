"""`show_order REFERENCE`: one order's money as one line of JSON, for measuring from outside."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultations.models import Consultation, Gift, Order


class Command(BaseCommand):
    help = "Writes an order's state as JSON; `attention` says a person must look."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference")

    def handle(self, *args: Any, **options: Any) -> None:
        order = Order.objects.filter(reference=options["reference"]).first()
        if order is None:
            raise CommandError("No order has this reference.")
        payments = order.payments.values_list("payment_id", "status", "amount", "refunded")
        shown = {
            "reference": order.reference,
            "money": order.money,
            "fulfilled": Consultation.objects.filter(order=order).count()
            + Gift.objects.filter(order=order).count(),
            "attention": bool(order.attention),
            "payments": [
                {"id": pk, "status": status, "amount": str(amount), "refunded": str(refunded)}
                for pk, status, amount, refunded in payments
            ],
        }
        self.stdout.write(json.dumps(shown))
