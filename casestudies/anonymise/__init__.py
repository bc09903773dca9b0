"""Finds what could identify somebody in a Spanish text, and proposes what to write instead.

An assistant proposes, a person decides: no text is anonymous on this package's word alone. It is pure:
no models, no settings, no network. How it works: docs/decisions/0005-anonymiser.md.
"""

from casestudies.anonymise.dates import shift_date
from casestudies.anonymise.detection import find
from casestudies.anonymise.findings import Finding, Kind
from casestudies.anonymise.fingerprints import fingerprint
from casestudies.anonymise.one_person import people_of
from casestudies.anonymise.replacements import fitted, telling, without_article

__all__ = [
    "Finding",
    "Kind",
    "find",
    "fingerprint",
    "fitted",
    "people_of",
    "shift_date",
    "telling",
    "without_article",
]
