from __future__ import annotations

from consultations.models import Consultation, Order


def open_consultation(order: Order) -> Consultation:
    """Open the space to write of a paid order. One order, one consultation: the database refuses a second."""
    consultation, _ = Consultation.objects.get_or_create(
        order=order,
        defaults={
            "client": order.client,
            "replies_included": order.replies_included,
            "turnaround_hours": order.turnaround_hours,
        },
    )
    return consultation
