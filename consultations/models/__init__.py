from consultations.models.balance import BalanceDay, BalanceDifference
from consultations.models.case_sources import CaseSource
from consultations.models.consultations import (
    BreakGlassAccess,
    Consultation,
    Draft,
    PlanStep,
    Rating,
    Turn,
)
from consultations.models.discounts import Discount
from consultations.models.flags import PaymentFlag
from consultations.models.gifts import Gift
from consultations.models.handovers import Handover
from consultations.models.orders import Order, Payment, PaymentHint
from consultations.models.pages import OrientationPage
from consultations.models.payment_events import PaymentEvent
from consultations.models.refunds import Refund
from consultations.models.services import Service

__all__ = [
    "BalanceDay",
    "BalanceDifference",
    "BreakGlassAccess",
    "CaseSource",
    "Consultation",
    "Discount",
    "Draft",
    "Gift",
    "Handover",
    "Order",
    "OrientationPage",
    "Payment",
    "PaymentEvent",
    "PaymentFlag",
    "PaymentHint",
    "PlanStep",
    "Rating",
    "Refund",
    "Service",
    "Turn",
]
