"""Check digits and shapes of documents, cards and phones, by python-stdnum and phonenumbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

import phonenumbers
from stdnum import iban, luhn

# The documents of python-stdnum that people in Need's countries carry.
_DOCUMENTS = (
    "cl.rut", "ar.dni", "ar.cuit", "pe.cui", "pe.ruc", "mx.curp", "mx.rfc", "co.nit", "uy.rut", "es.dni", "es.nie", "ec.ci", "ec.ruc", "do.cedula",
    "cr.cpf", "gt.nit", "sv.nit", "ve.rif", "py.ruc", "br.cpf", "br.cnpj", "cu.ni",
)  # fmt: skip
# No check digit: being valid says nothing about a number.
_WITHOUT_CHECK = frozenset({"ar.dni", "cr.cpf"})
_REGIONS = (
    "CL",
    "AR",
    "PE",
    "CO",
    "MX",
    "UY",
    "ES",
    "EC",
    "BO",
    "VE",
    "CR",
    "GT",
    "PY",
    "SV",
    "HN",
    "NI",
    "PA",
    "DO",
    "CU",
    "PR",
)
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,3}(?:\s?[-–]\s?[\dkK])?")
_DASHED = re.compile(
    r"\d{7,8}\s?[-–]\s?[\dkK]|\d{2}\s?[-–]\s?\d{7,8}\s?[-–]\s?\d|\d{7,8}[kK]|\d{3}\.\d{3}\.\d{3}-\d\d|\d{8}-\d|\d-\d{4}-\d{4}|\d{1,2}-\d{3,4}-\d{3,6}|\d{4}-\d{4}-\d{5}|\d{3}-\d{7}-\d|\d{4}\s\d{5}\s\d{4}"
)


@lru_cache(1)
def _validators() -> tuple[Callable[[str], bool], ...]:
    return tuple(
        import_module(f"stdnum.{name}").is_valid for name in _DOCUMENTS if name not in _WITHOUT_CHECK
    )


@lru_cache(2_000)
def is_valid_document(written: str) -> bool:
    """Whether some country's check digit fits."""
    compact = re.sub(r"[\s.–-]", "", written).upper()
    return 7 <= len(compact) <= 20 and any(is_valid(compact) for is_valid in _validators())


def looks_like_document(written: str) -> bool:
    """Whether digits are grouped as on an identity card."""
    return bool(_DOTTED.fullmatch(written) or _DASHED.fullmatch(written))


def is_iban(written: str) -> bool:
    """Whether this is an account number of the European kind."""
    return bool(iban.is_valid(re.sub(r"[\s-]", "", written)))


def is_card(written: str, digits: str) -> bool:
    """Whether this is the number of a card: in fours, or with Luhn's check digit."""
    fours = re.fullmatch(r"\d{4}(?:[ .-]\d{4}){3}|3\d{3}[ .-]\d{6}[ .-]\d{5}", written)
    return bool(fours) or (13 <= len(digits) <= 19 and digits[0] in "3456" and bool(luhn.is_valid(digits)))


@lru_cache(2_000)
def looks_like_phone(written: str, digits: str) -> bool:
    """Whether a number could be dialled in one of Need's countries."""
    if not 7 <= len(digits) <= 15:
        return False
    return any(_is_dialled(digits, region) for region in _REGIONS)


def _is_dialled(digits: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False
