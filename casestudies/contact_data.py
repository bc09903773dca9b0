"""Whether a short public text carries a way to reach somebody: e-mail, link, profile or phone.

For comments only, where the right answer is to ask the person to leave it out. It does not make a text
anonymous.
"""

from __future__ import annotations

import re

# The look-behind begins each run of letters once: without it, a long word takes the square of its length.
EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.|\s?\(?punto\)?\s?)\w{2,}", re.IGNORECASE
)
LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|org|net|info|io|me|ly|cl|ar|pe|co|mx|uy|es)\b(?:/|\b)", re.IGNORECASE
)
PROFILE = re.compile(r"(?<!\w)@\w{3,}")
# Seven to fifteen digits (ITU-T E.164) as people space them; 12/03/2020 and 2019-2020 are no phones.
PHONE = re.compile(r"(?<![\w/])\+?\(?\d(?:[ .()\-–]{0,2}\d){6,14}(?![\w/])")
YEARS = re.compile(r"\b(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d\b")


def has_contact_data(text: str) -> bool:
    """Say whether `text` carries contact data. Errs towards yes: asking again costs the writer little."""
    without_years = YEARS.sub(" ", text)
    return any(pattern.search(without_years) for pattern in (EMAIL, LINK, PROFILE, PHONE))
