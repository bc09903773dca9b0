"""What home does when something happens: forgets remembered crisis lines, counts sign-ups and sign-ins."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in, user_signed_up
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from home.crisis import forget_lines
from home.models import CrisisLine
from home.touchpoints import SIGNED_IN, SIGNED_UP, record


@receiver([post_save, post_delete], sender=CrisisLine)
def forget_remembered_lines(**kwargs: Any) -> None:
    forget_lines()


@receiver(user_signed_up)
def count_sign_up(request: Any, user: Any, **kwargs: Any) -> None:
    record(SIGNED_UP, request=request, user=user)


@receiver(user_logged_in)
def count_sign_in(request: Any, user: Any, **kwargs: Any) -> None:
    record(SIGNED_IN, request=request, user=user)
