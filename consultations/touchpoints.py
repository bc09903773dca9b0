"""The touchpoints of buying, writing and being answered."""

from __future__ import annotations

from home.enums import Phase
from home.touchpoints import declare

SERVICE_VIEWED = declare(
    "service_viewed", phase=Phase.RESEARCH, action="Conoce la orientación", order=5, ga_event="view_item"
)
CHECKOUT_STARTED = declare(
    "checkout_started",
    phase=Phase.ACQUISITION,
    action="Elige el servicio y va a pagar",
    order=4,
    ga_event="begin_checkout",
)
ORDER_PAID = declare(
    "order_paid",
    phase=Phase.ACQUISITION,
    action="Contrata servicio de orientación psicológica",
    order=5,
    ga_event="purchase",
)
CASE_SUBMITTED = declare(
    "case_submitted", phase=Phase.ACQUISITION, action="Escribe su caso", order=6, ga_event="case_submitted"
)
CASE_TAKEN = declare("case_taken", phase=Phase.ACCOMPANIMENT, action="Un psicólogo toma su caso", order=1)
ANSWER_SENT = declare(
    "answer_sent", phase=Phase.ACCOMPANIMENT, action="Recibe la orientación por escrito", order=2
)
ANSWER_READ = declare(
    "answer_read",
    phase=Phase.ACCOMPANIMENT,
    action="Revisa el feedback del psicólogo",
    order=3,
    ga_event="answer_read",
)
REPLY_SENT = declare(
    "reply_sent", phase=Phase.ACCOMPANIMENT, action="Realiza una réplica", order=4, ga_event="reply_sent"
)
ANSWER_READ_AGAIN = declare(
    "answer_read_again",
    phase=Phase.ACCOMPANIMENT,
    action="Revisa nuevamente el feedback",
    order=5,
    ga_event="answer_read",
)
CONSULTATION_CLOSED = declare(
    "consultation_closed", phase=Phase.ACCOMPANIMENT, action="Cierra la consulta", order=6
)
SERVICE_RATED = declare(
    "service_rated",
    phase=Phase.ACCOMPANIMENT,
    action="Califica el servicio",
    order=7,
    ga_event="service_rated",
)
