"""Parts of the site that may do badly without the site being down; the rooms further on register theirs."""

from __future__ import annotations

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

PARTS: dict[str, Callable[[], bool]] = {}


def register_part(name: str, is_well: Callable[[], bool]) -> None:
    """Have `/healthz` say whether this part is well. `is_well` asks the database a little, nobody else."""
    PARTS[name] = is_well


def parts_in_trouble() -> set[str]:
    """The names of the parts that are not well. One that cannot tell is not."""
    return {name for name, is_well in PARTS.items() if not _asked(name, is_well)}


def _asked(name: str, is_well: Callable[[], bool]) -> bool:
    try:
        return is_well()
    except Exception as error:
        # Its text may name a host.
        logger.error("The health of %s is unknown: %s", name, type(error).__name__)
        return False
