from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from consultations import webhooks
from consultations.views import (
    buying,
    case_drafts,
    consultations,
    drafts,
    gifts,
    orders,
    reading,
    receipts,
    withdrawal,
)


class OrderTokenConverter(StringConverter):
    """The key in an order's address, as `secrets.token_urlsafe` writes it.

    Anything else is no address: PostgreSQL refuses to be asked for a text with a NUL in it.
    """

    regex = "[A-Za-z0-9_-]{1,64}"


register_converter(OrderTokenConverter, "order_token")

app_name = "consultations"
urlpatterns = [
    path("consultas/", consultations.mine, name="list"),
    path("consultas/nueva/", buying.new, name="new"),
    path("consultas/regalar/", buying.give, name="give"),
    path("consultas/canjear/", gifts.redeem, name="redeem"),
    path("consultas/orden/<order_token:token>/", orders.order, name="order"),
    path("consultas/orden/<order_token:token>/recibo/", receipts.receipt, name="receipt"),
    path("consultas/orden/<order_token:token>/anular/", gifts.withdraw, name="withdraw_gift"),
    path("consultas/<uuid:pk>/", consultations.detail, name="detail"),
    path("consultas/<uuid:pk>/borrador/", drafts.draft, name="draft"),
    path("consultas/<uuid:pk>/paso/", reading.step, name="step"),
    path("consultas/<uuid:pk>/animo/", reading.mood, name="mood"),
    path("consultas/<uuid:pk>/retirar/", withdrawal.withdraw, name="withdraw"),
    path("consultas/<uuid:pk>/cerrar/", reading.closing, name="close"),
    path("consultas/<uuid:pk>/calificar/", reading.rating, name="rate"),
    path("consultas/<uuid:pk>/publicacion/", reading.publication, name="publication"),
    path("consultas/<uuid:pk>/caso/", case_drafts.case, name="case"),
    path("mercadopago/notificaciones/", webhooks.mercadopago_notification, name="webhook"),
    # Typed into the panel without its slash: a redirect would count as undelivered.
    path("mercadopago/notificaciones", webhooks.mercadopago_notification),
    path("", include("consultations.desk_urls")),
]
