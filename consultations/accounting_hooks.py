"""What the accounts add to the back office: the balance under "Informes", the file of a month, its log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from consultations.actions.accounts import ACCOUNTS_DOWNLOADED
from consultations.permissions import may_see_accounts
from consultations.views.accounting import accounts, balance


@hooks.register("register_admin_urls")
def accounting_urls() -> list[URLPattern]:
    return [
        path("ordenes/balance/", balance, name="consultations_balance"),
        path("ordenes/cuentas.csv", accounts, name="consultations_accounts"),
    ]


class BalanceMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_accounts(request.user)


@hooks.register("register_reports_menu_item")
def balance_menu_item() -> MenuItem:
    return BalanceMenuItem(
        "Balance y cuentas", reverse("consultations_balance"), name="balance", icon_name="calendar", order=70
    )


@hooks.register("register_log_actions")
def accounts_log(actions: LogActionRegistry) -> None:
    @actions.register_action(ACCOUNTS_DOWNLOADED)
    class AccountsFormatter(LogFormatter):
        label = "Descargar cuentas"

        def format_message(self, log_entry: Any) -> str:
            return f"Descargó las cuentas de {log_entry.data['month']}"
