"""`reconcile_payments`: one pass of the reconciliation, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from consultations import jobs


class Command(BaseCommand):
    help = "Asks Mercado Pago once about every order, webhook and refund that is due."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{jobs.reconcile_payments()} looked at")
