"""The one place where the API asks the search. What is asked is kept nowhere."""

from __future__ import annotations

from casestudies.models import Topic
from casestudies.search import find_page_ids
from casestudies.words import words_of


def found_ids(query: str, topic: str = "") -> list[int]:
    """The ids of the best cases and posts that `query` finds, about that topic if one is named."""
    about = Topic.objects.filter(slug=topic).first() if topic else None
    if topic and about is None:
        return []
    return find_page_ids(words_of(query), about)
