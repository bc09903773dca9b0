"""Finds what could identify somebody in a Spanish text, and proposes what to write instead.

An assistant proposes, a person decides: no text is anonymous on this package's word alone. It is pure:
no models, no settings, no network. How it works: docs/decisions/0005-anonymiser.md.
"""

from casestudies.anonymise.detection import find
from casestudies.anonymise.findings import Finding, Kind
from casestudies.anonymise.fingerprints import fingerprint
from casestudies.anonymise.replacements import Replacements, shift_date

__all__ = ["Finding", "Kind", "Replacements", "find", "fingerprint", "shift_date"]
