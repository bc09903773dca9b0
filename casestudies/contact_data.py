"""Whether a short public text carries a way to reach somebody: e-mail, link, profile, phone or number.

For comments only, where the right answer is to ask the person to leave it out. It does not make a text
anonymous: it asks the anonymiser for what leads to a person at once, not for names or places.
"""

from __future__ import annotations

from casestudies.anonymise.contacts import find_emails, find_handles, find_links
from casestudies.anonymise.dates import find_dates
from casestudies.anonymise.numbers import find_numbers
from casestudies.anonymise.reading import Reading


def has_contact_data(text: str) -> bool:
    """Say whether `text` carries contact data. Errs towards yes: asking again costs the writer little."""
    reading = Reading.of(text)
    if any(True for detect in (find_emails, find_links, find_handles) for _ in detect(reading)):
        return True
    # "12/03/2020" has as many digits as a phone.
    days = {place for day in find_dates(reading) for place in range(day.start, day.end)}
    return any(days.isdisjoint(range(each.start, each.end)) for each in find_numbers(reading))
