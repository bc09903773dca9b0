"""What surveys does when something happens in consultations: closing one plans its follow-up."""

from __future__ import annotations


def subscribe_to_consultations() -> None:
    """Called once, when the app is ready."""
