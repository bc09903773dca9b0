"""Who may do what: the groups, and the permissions each is given by migration.

Names are the group names seen in the back office. Permissions are `app.codename`; those of the
rooms further along the journey are named here only as strings, so no import points forwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from home.models import User

PSYCHOLOGISTS = "Psicólogos"
EDITORS = "Editores"
MODERATORS = "Moderadores"
MARKETERS = "Marketing"
ADMINISTRATORS = "Administradores"

ANSWER = "consultations.answer_consultation"
BREAK_GLASS = "consultations.break_glass"
MODERATE = "casestudies.moderate_comment"
VIEW_JOURNEY = "home.view_journey"

GROUP_PERMISSIONS: dict[str, tuple[str, ...]] = {
    PSYCHOLOGISTS: (ANSWER, "wagtailadmin.access_admin"),
    EDITORS: (
        "wagtailadmin.access_admin",
        "casestudies.view_topic",
        "casestudies.add_topic",
        "casestudies.change_topic",
        "home.view_crisisline",
        "home.add_crisisline",
        "home.change_crisisline",
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
    ),
    MODERATORS: (
        "wagtailadmin.access_admin",
        MODERATE,
        "casestudies.view_comment",
        "casestudies.change_comment",
    ),
    MARKETERS: ("wagtailadmin.access_admin", VIEW_JOURNEY),
    ADMINISTRATORS: (
        "wagtailadmin.access_admin",
        VIEW_JOURNEY,
        MODERATE,
        BREAK_GLASS,
        "casestudies.view_comment",
        "casestudies.change_comment",
        "casestudies.view_topic",
        "casestudies.add_topic",
        "casestudies.change_topic",
        "casestudies.delete_topic",
        "consultations.view_order",
        "consultations.refund_order",
        "consultations.view_paymentflag",
        "consultations.view_consultation",
        "consultations.view_service",
        "consultations.add_service",
        "consultations.change_service",
        "consultations.view_discount",
        "consultations.add_discount",
        "consultations.change_discount",
        "consultations.view_gift",
        "surveys.view_invitation",
        "home.view_crisisline",
        "home.add_crisisline",
        "home.change_crisisline",
        "home.delete_crisisline",
        "home.change_sitesettings",
        "home.view_user",
        "home.add_user",
        "home.change_user",
    ),
}


def is_psychologist(user: User | AnonymousUser) -> bool:
    """Whether this person answers consultations. Administrators do not: the letters are not theirs."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.groups.filter(name=PSYCHOLOGISTS).exists()


def psychologists_on_duty() -> QuerySet[User]:
    """Everybody for whom `is_psychologist` holds."""
    return get_user_model().objects.filter(is_active=True, groups__name=PSYCHOLOGISTS)


def administrators() -> QuerySet[User]:
    """Whoever can act when there is no psychologist."""
    in_charge = Q(groups__name=ADMINISTRATORS) | Q(is_superuser=True)
    return get_user_model().objects.filter(in_charge, is_active=True).distinct()


def can_break_glass(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.has_perm(BREAK_GLASS)


def is_team_member(user: User | AnonymousUser) -> bool:
    """Whether this person works at Need, in any role."""
    return user.is_authenticated and (user.is_staff or user.is_superuser or user.groups.exists())
