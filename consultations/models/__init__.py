from consultations.models.case_sources import CaseSource
from consultations.models.consultations import (
    BreakGlassAccess,
    Consultation,
    Draft,
    PlanStep,
    Rating,
    Turn,
)
from consultations.models.flags import PaymentFlag
from consultations.models.handovers import Handover
from consultations.models.orders import Order, Payment, PaymentHint
from consultations.models.pages import OrientationPage
from consultations.models.refunds import Refund
from consultations.models.services import Service

__all__ = [
    "BreakGlassAccess",
    "CaseSource",
    "Consultation",
    "Draft",
    "Handover",
    "Order",
    "OrientationPage",
    "Payment",
    "PaymentFlag",
    "PaymentHint",
    "PlanStep",
    "Rating",
    "Refund",
    "Service",
    "Turn",
]
