from __future__ import annotations


class NotAllowed(Exception):
    """Somebody tried what they may not do, or not any more; the message is for them, in Spanish."""
