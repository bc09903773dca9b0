from __future__ import annotations


class NotAllowed(Exception):
    """This person may not do this now. The message is Spanish, for the person, and names no content."""
