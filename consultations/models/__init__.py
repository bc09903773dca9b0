from consultations.models.consultations import (
    BreakGlassAccess,
    Consultation,
    Draft,
    PlanStep,
    Rating,
    Turn,
)
from consultations.models.orders import Order, Payment, PaymentHint
from consultations.models.pages import OrientationPage
from consultations.models.services import Service

__all__ = [
    "BreakGlassAccess",
    "Consultation",
    "Draft",
    "Order",
    "OrientationPage",
    "Payment",
    "PaymentHint",
    "PlanStep",
    "Rating",
    "Service",
    "Turn",
]
