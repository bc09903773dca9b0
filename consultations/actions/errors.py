from __future__ import annotations


class NotAllowed(Exception):
    """This person may not do this now. The message is Spanish, for the person, and names no content."""


class ConsentMissing(NotAllowed):
    """The consent that this needs was never given, or was withdrawn."""


class Paused(NotAllowed):
    """The money of this consultation is in doubt; the conversation waits for it."""


class DraftChanged(Exception):
    """Another draft has been saved since the writer's began; `version` is the one that is kept."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version
