"""`reconcile_payments`: one pass of the reconciliation, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from consultations.actions.reconciliation import reconcile_due


class Command(BaseCommand):
    help = "Asks Mercado Pago once about every order and webhook that is due."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reconcile_due()} looked at")
