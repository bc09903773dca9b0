"""Every page of the journey by name, for tests that look at each of them."""

from __future__ import annotations

CASE = "/casos/me-despierto-a-las-tres-pensando-en-el-trabajo/"
CASE_WITH_A_NOTE = "/casos/murio-mi-papa-y-no-puedo-llorar/"
POST = "/blog/cuando-nada-da-ganas/"

PUBLIC = (
    "/",
    "/?animo=gracias",
    "/casos/",
    "/casos/tema/duelo/",
    CASE,
    CASE_WITH_A_NOTE,
    "/blog/",
    POST,
    "/buscar/",
    "/buscar/?q=dormir",
    "/buscar/?q=dormir&tema=duelo",
    "/buscar/?q=zzzz",
    "/buscar/?q=quiero+morirme",
    "/orientacion/",
    "/equipo/",
    "/equipo/catalina-herrera-demo/",
    "/como-funciona/",
    "/como-encontrar-terapia/",
    "/ayuda-ahora/",
    "/privacidad/preferencias/",
    "/cuenta/registro/",
    "/cuenta/ingresar/",
    "/cuenta/clave/recuperar/",
    "/cuenta/verificar/",
    "/encuestas/baja/no-es-de-nadie/",
)
OF_A_CLIENT = (
    "/consultas/",
    "/consultas/nueva/",
    "/consultas/regalar/",
    "/consultas/canjear/",
    "/cuenta/",
    "/cuenta/evolucion/",
    "/cuenta/correo/",
    "/cuenta/clave/cambiar/",
    "/cuenta/salir/",
    "/cuenta/seguridad/",
    CASE,
)
# By the names of tests.journeys.states.
STATES_OF_A_CLIENT = (
    "order_unpaid",
    "order_paid",
    "order_returning",
    "order_gift",
    "redeemed",
    "writing",
    "waiting",
    "waiting_in_danger",
    "in_care",
    "answered",
    "replied",
    "closed",
    "rated",
    "withdrawn",
    "case_preparing",
    "case_to_approve",
    "case_approved",
)
STATES_FOR_ANYBODY = ("survey", "results", "unsubscribe", "gone")
AT_THE_DESK = (
    "desk_waiting",
    "desk_waiting_in_danger",
    "desk_in_care",
    "desk_replied",
    "desk_rated",
    "desk_left_alone",
    "desk_note",
)
