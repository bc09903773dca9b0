from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from home.enums import Mood, Phase
from home.models import MoodTally


@transaction.atomic
def count_mood(*, phase: Phase, mood: Mood) -> None:
    """Add one to today's tally of `mood` in `phase`. Nothing ties the tap to a person."""
    tally, _ = MoodTally.objects.get_or_create(day=timezone.localdate(), phase=phase, mood=mood, demo=False)
    MoodTally.objects.filter(pk=tally.pk).update(count=F("count") + 1)
