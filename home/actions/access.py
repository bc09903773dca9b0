"""What somebody may do at Need: read as words, changed by others only, and every change recorded."""

from __future__ import annotations

from wagtail.log_actions import log

from home.models import User

ACCESS_CHANGED = "home.access"
SUPERUSER = "Superusuario"
ACTIVE = "Cuenta activa"


def access_of(person: User) -> frozenset[str]:
    """The groups of `person`, and whether the account is open and stands above all permissions."""
    access = set(person.groups.values_list("name", flat=True))
    if person.is_superuser:
        access.add(SUPERUSER)
    if person.is_active:
        access.add(ACTIVE)
    return frozenset(access)


def may_change_access(*, by: User, person: User) -> bool:
    """Nobody changes their own access, and only a superuser that of a superuser."""
    return by.pk != person.pk and (by.is_superuser or not person.is_superuser)


def record_access_change(*, by: User, person: User, before: frozenset[str]) -> None:
    """Write to the audit log what `person` may do since now, and may no longer, if anything changed."""
    now = access_of(person)
    if now != before:
        data = {"given": sorted(now - before), "taken": sorted(before - now)}
        log(instance=person, action=ACCESS_CHANGED, user=by, data=data)
