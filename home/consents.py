"""A person's consents as they read them: one line a purpose, with its dates and what it means."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest

from home.enums import ConsentPurpose
from home.models import Consent, User

# What a browser remembers of the banner's question; js/consent.js reads it too.
CONSENT_COOKIE = "need_consent"
MEASURED = "analytics"
NOT_MEASURED = "none"
# Purposes that are about the person as a whole; publishing is agreed to for each consultation.
PERSONAL_PURPOSES = (
    ConsentPurpose.ATTENTION,
    ConsentPurpose.FOLLOW_UP,
    ConsentPurpose.ANALYTICS,
)
MEANINGS = {
    ConsentPurpose.ATTENTION: (
        "Permite que un psicólogo o psicóloga de Need lea lo que escribes y te responda. "
        "Si lo retiras, no podremos atender nuevas consultas."
    ),
    ConsentPurpose.FOLLOW_UP: (
        "Te escribimos después de cerrar una consulta para preguntarte cómo sigues. "
        "Decir que no, no te cuesta nada."
    ),
    ConsentPurpose.ANALYTICS: (
        "Nos deja contar con Google Analytics las visitas a las páginas públicas y que se dio un paso del "
        "servicio, como pagar o leer una respuesta. Nunca lo que escribes. Decir que no, no te cuesta nada."
    ),
    ConsentPurpose.PUBLICATION: (
        "Nos deja preparar un caso sin datos que te identifiquen. Lo apruebas tú antes de que se publique."
    ),
}


@dataclass(frozen=True)
class ConsentLine:
    """One purpose (about one `subject`, or about everything), as it stands for this person."""

    purpose: ConsentPurpose
    subject: str
    given_at: datetime.datetime | None
    withdrawn_at: datetime.datetime | None

    @property
    def stands(self) -> bool:
        return self.given_at is not None and self.withdrawn_at is None

    @property
    def label(self) -> str:
        return str(self.purpose.label)

    @property
    def meaning(self) -> str:
        return MEANINGS[self.purpose]


def browser_agrees(request: HttpRequest) -> bool:
    """Whether somebody said yes to being measured in this browser."""
    return request.COOKIES.get(CONSENT_COOKIE) == MEASURED


def consents_of(user: User) -> list[ConsentLine]:
    """The latest word of `user` on each purpose, those never asked included. One query."""
    latest: dict[tuple[str, str], ConsentLine] = {
        (purpose, ""): ConsentLine(purpose, "", None, None) for purpose in PERSONAL_PURPOSES
    }
    for row in Consent.objects.filter(user=user).order_by("given_at", "pk"):
        latest[row.purpose, row.subject] = ConsentLine(
            ConsentPurpose(row.purpose), row.subject, row.given_at, row.withdrawn_at
        )
    return list(latest.values())
