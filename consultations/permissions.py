"""Who may reach which consultation. Strangers get a 404: they must not learn that it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from home.permissions import is_psychologist

if TYPE_CHECKING:
    from consultations.models import Consultation


def is_client_of(user: Any, consultation: Consultation) -> bool:
    return user.is_authenticated and consultation.client_id == user.pk


def is_psychologist_of(user: Any, consultation: Consultation) -> bool:
    """Assigned to it, and still a psychologist: leaving the group closes every door."""
    return (
        user.is_authenticated
        and consultation.psychologist_id is not None
        and consultation.psychologist_id == user.pk
        and is_psychologist(user)
    )


def is_left_alone(consultation: Consultation) -> bool:
    """Whether whoever it is assigned to can no longer read it: inactive, or out of the group."""
    return consultation.psychologist is not None and not is_psychologist(consultation.psychologist)


def may_take_over(user: Any, consultation: Consultation) -> bool:
    """Any psychologist, while nobody who can read it is in charge; never of their own consultation."""
    return is_left_alone(consultation) and is_psychologist(user) and not is_client_of(user, consultation)


def may_refund(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("consultations.refund_order"))


def may_see_flags(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm("consultations.view_paymentflag"))


def may_see_accounts(user: Any) -> bool:
    """Who sees every order sees what they come to."""
    return bool(user.is_authenticated and user.is_active and user.has_perm("consultations.view_order"))


def may_read(user: Any, consultation: Consultation) -> bool:
    return is_client_of(user, consultation) or is_psychologist_of(user, consultation)
