"""The record of who broke the glass, with the reason each gave."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from consultations.models import BreakGlassAccess
from home.models import User
from home.permissions import can_break_glass
from home.view_only import OfficeList, ViewOnly


class ForThoseWhoMayBreakGlass(ViewOnly):
    """The same people see what each of them did: nobody opens a consultation unseen by the others."""

    def user_can_list(self, user: Any) -> bool:
        return can_break_glass(user)


class BreakGlassAccessAdmin(OfficeList):
    model = BreakGlassAccess
    menu_label = "Accesos de emergencia"
    menu_icon = "warning"
    menu_order = 340
    base_url_path = "accesos-de-emergencia"
    permission_helper_class = ForThoseWhoMayBreakGlass
    list_display = ("moment", "who", "short", "reason")
    list_per_page = 50
    ordering = ("-opened_at", "-pk")

    def moment(self, access: BreakGlassAccess) -> str:
        return date_format(localtime(access.opened_at), "d/m/Y H:i")

    def who(self, access: Any) -> str:
        """The log has no foreign keys: whoever is gone leaves their number."""
        return access.administrator_email or f"Cuenta {access.administrator_id}, que ya no existe"

    def short(self, access: BreakGlassAccess) -> str:
        return f"Consulta {str(access.consultation_id)[:8]}"

    moment.short_description = "Cuándo"  # type: ignore[attr-defined]
    moment.admin_order_field = "opened_at"  # type: ignore[attr-defined]
    who.short_description = "Quién"  # type: ignore[attr-defined]
    short.short_description = "Consulta"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BreakGlassAccess]:
        administrators = User.objects.filter(pk=OuterRef("administrator_id")).values("email")
        return super().get_queryset(request).annotate(administrator_email=Subquery(administrators))
