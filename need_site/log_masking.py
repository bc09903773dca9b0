"""Keeps addresses that are keys out of the logs: who reads a log must not be able to use them.

Survey links, the page of an order, and the keys that confirm an e-mail or reset a password.
"""

from __future__ import annotations

import logging
import re
from typing import Final

MASK: Final = "[…]"
SLASH: Final = r"(?:/|%2F)+"
KEYED_ADDRESS: Final = re.compile(
    rf"({SLASH}(?:"
    rf"encuestas{SLASH}(?:baja{SLASH})?"
    rf"|consultas{SLASH}orden{SLASH}"
    rf"|cuenta{SLASH}verificar{SLASH}"
    rf"|cuenta{SLASH}clave{SLASH}recuperar{SLASH}"
    r"))(?:(?!%2F)[^\s/?&#'\"<>])+",
    re.IGNORECASE,
)
# What somebody searched for is theirs, and a preview's token is a key.
KEYED_PARAMETER: Final = re.compile(r"([?&](?:q|search|preview_token)=)[^\s&#'\"<>]+", re.IGNORECASE)
# gunicorn sets these up before Django starts; naming them in LOGGING would take their handlers away.
FOREIGN_LOGGERS: Final = ("gunicorn.access", "gunicorn.error")
FIELDS_OF_EVERY_RECORD: Final = frozenset(logging.makeLogRecord({}).__dict__)
_plain = logging.Formatter()


def mask_keys(text: str) -> str:
    """The text with the key of every keyed address, and what was searched for, replaced."""
    return KEYED_PARAMETER.sub(rf"\1{MASK}", KEYED_ADDRESS.sub(rf"\1{MASK}", text))


class MaskKeys(logging.Filter):
    """Masks a record's message, its traceback and everything else it brings, and lets it pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        # With its arguments filled in, whatever they are: gunicorn's are a dict, Django's may be requests.
        record.msg, record.args = mask_keys(_message_of(record)), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _plain.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask_keys(record.exc_text)
        for name in record.__dict__.keys() - FIELDS_OF_EVERY_RECORD - {"message", "asctime"}:
            _mask_extra(record, name)
        return True


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # Arguments that do not fit their message are logging's own error to show, never the page's.
        return f"{record.msg} {record.args}"


def _mask_extra(record: logging.LogRecord, name: str) -> None:
    """A request becomes its one line: it holds the address, what was posted, and where it came from."""
    value = getattr(record, name)
    if not isinstance(value, int | float | bool | None):
        setattr(record, name, mask_keys(str(value)))


def mask_foreign_loggers() -> None:
    for name in FOREIGN_LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, MaskKeys) for each in logger.filters):
            logger.addFilter(MaskKeys())
