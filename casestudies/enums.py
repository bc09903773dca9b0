"""The kinds of letters a case is made of, decisions of the anonymiser, and the states of a comment."""

from __future__ import annotations

from typing import Final

from django.db import models


class TurnKind(models.TextChoices):
    """Who writes a letter of a published case, and when in the exchange."""

    CONSULTATION = "consultation", "La consulta"
    ORIENTATION = "orientation", "La orientación"
    REPLY = "reply", "La réplica"


SECOND = {
    TurnKind.CONSULTATION: "La segunda consulta",
    TurnKind.ORIENTATION: "La segunda orientación",
    TurnKind.REPLY: "La segunda réplica",
}
LATER = {
    TurnKind.CONSULTATION: "Otra consulta",
    TurnKind.ORIENTATION: "Otra orientación",
    TurnKind.REPLY: "Otra réplica",
}


def title_of(kind: TurnKind, nth: int) -> str:
    """What the `nth` letter of its kind is called, counted from 1."""
    if nth == 1:
        return str(kind.label)
    return SECOND[kind] if nth == 2 else LATER[kind]


class Decision(models.TextChoices):
    """What a person decides about something that the anonymiser found."""

    REPLACE = "replace", "Reemplazar"
    GENERALISE = "generalise", "Generalizar"
    KEEP = "keep", "Conservar"


class CommentStatus(models.TextChoices):
    """What the team decided; `casestudies.actions.comments.moderate_comment` alone changes it."""

    PENDING = "pending", "Por revisar"
    APPROVED = "approved", "Publicado"
    HIDDEN = "hidden", "Oculto"


TRANSITIONS: Final[dict[CommentStatus, frozenset[CommentStatus]]] = {
    CommentStatus.PENDING: frozenset({CommentStatus.APPROVED, CommentStatus.HIDDEN}),
    CommentStatus.APPROVED: frozenset({CommentStatus.HIDDEN}),
    CommentStatus.HIDDEN: frozenset({CommentStatus.APPROVED}),
}
