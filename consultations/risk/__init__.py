"""Does someone's life or safety look at stake in this text? A first reader, never the last.

Rules plus a person: a flag puts crisis lines in front of the writer and the text in front of the
psychologist on duty; it never blocks a message, and its absence is no proof that all is well. In doubt it
flags: better ten false alarms than one miss.

Only codes leave this package, never the words that were found.
"""

from consultations.risk.assessment import Assessment, assess
from consultations.risk.rules import Reason

__all__ = ["Assessment", "Reason", "assess"]
