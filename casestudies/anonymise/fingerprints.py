"""A key by which an editor's decision about a finding is found again after other edits."""

from __future__ import annotations

import hashlib
import re

from casestudies.anonymise import lexicon
from casestudies.anonymise.findings import Finding

_CONTEXT = 2  # words before


def fingerprint(finding: Finding, text: str) -> str:
    """Return a key made of the kind, the words found and the two words before them.

    Edits elsewhere, other case, other accents or other spacing do not change it.
    """
    before = re.findall(r"\w+", lexicon.key(text[max(0, finding.start - 60) : finding.start]))[-_CONTEXT:]
    found = re.findall(r"\w+", lexicon.key(finding.text))
    parts = "\n".join((finding.kind.value, " ".join(found) or finding.text, " ".join(before)))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
