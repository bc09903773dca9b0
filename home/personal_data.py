"""What each model holds of a person, and what becomes of it when the person asks to be erased.

Every model of Need's own apps has a `personal_fields` mapping in its body, `{}` where it holds
nothing personal; tests/home/test_personal_data.py fails on a model without one.
"""

from __future__ import annotations

from enum import Enum


class OnErasure(Enum):
    DELETE_ROW = "the row goes with the person"
    BLANK = "the value is emptied, the row stays"
    KEEP = "kept: the law or another person's safety asks for it"
    UNLINKED = "holds no way back to the person"


PersonalFields = dict[str, OnErasure]
