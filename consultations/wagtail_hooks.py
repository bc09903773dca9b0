"""What consultations add to the back office; each subject's part stands in `consultations.office`."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail_modeladmin.options import modeladmin_register

from consultations import accounting_hooks, office_offers  # noqa: F401  (register their pages)
from consultations.actions.resolving import FLAG_REOPENED
from consultations.office import panels
from consultations.office.break_glass import BreakGlassAccessAdmin
from consultations.office.consultations import ConsultationAdmin
from consultations.office.flags import PaymentFlagAdmin
from consultations.office.orders import OrderAdmin
from consultations.views.flags import flag
from consultations.views.refunds import refund

modeladmin_register(OrderAdmin)
modeladmin_register(PaymentFlagAdmin)
modeladmin_register(ConsultationAdmin)
modeladmin_register(BreakGlassAccessAdmin)

hooks.register("construct_homepage_panels", panels.payments_overview)
hooks.register("construct_homepage_panels", panels.refunds_that_wait)
hooks.register("construct_homepage_panels", panels.what_waits_on_the_desk)


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern]:
    return [
        path("ordenes/devolver/<int:payment_pk>/", refund, name="consultations_refund"),
        path("pagos-por-mirar/<int:flag_pk>/", flag, name="consultations_flag"),
    ]


@hooks.register("register_log_actions")
def flags_log(actions: LogActionRegistry) -> None:
    actions.register_action(FLAG_REOPENED, "Abrir otra vez", "Abrió otra vez un pago por mirar")
