"""What the anonymiser finds: a piece of text, what kind of personal data it looks like, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of personal data. Direct kinds identify alone, the others together with something else."""

    PERSON = "PERSON"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ID_NUMBER = "ID_NUMBER"
    ADDRESS = "ADDRESS"
    HANDLE_URL = "HANDLE/URL"
    ACCOUNT = "ACCOUNT"
    PLACE_FINE = "PLACE_FINE"
    DATE_EXACT = "DATE_EXACT"
    AGE_EXACT = "AGE_EXACT"
    RARE = "RARE"

    @property
    def direct(self) -> bool:
        """Whether this kind identifies a person without anything else."""
        return self not in _INDIRECT

    @property
    def label(self) -> str:
        """The kind in Spanish, for an editor."""
        return _LABELS[self]


_INDIRECT = frozenset({Kind.PLACE_FINE, Kind.DATE_EXACT, Kind.AGE_EXACT, Kind.RARE})
_LABELS = {
    Kind.PERSON: "Nombre o apodo",
    Kind.EMAIL: "Correo electrónico",
    Kind.PHONE: "Teléfono",
    Kind.ID_NUMBER: "Número de documento",
    Kind.ADDRESS: "Dirección",
    Kind.HANDLE_URL: "Usuario o enlace",
    Kind.ACCOUNT: "Cuenta, tarjeta o patente",
    Kind.PLACE_FINE: "Lugar o institución",
    Kind.DATE_EXACT: "Fecha exacta",
    Kind.AGE_EXACT: "Edad mayor de 89",
    Kind.RARE: "Combinación poco común",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch of the original text; `start` and `end` count its Unicode code points."""

    start: int
    end: int
    kind: Kind
    text: str
    why: str
    replacement: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding before the text it was read from is mapped back to the original."""

    start: int
    end: int
    kind: Kind
    why: str
    replacement: str
    confidence: float = 0.8
    announced: bool = False  # what stands around says that it is somebody's, not only a list
