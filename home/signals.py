"""What home tells whoever listens, beside touchpoints: a change of mind is no step of the journey.

As a touchpoint it would stand on the journey map and count among the people who went on.
"""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction that gives or withdraws a consent, once for each real change, with
# user, purpose, subject and stands (whether it was given).
consent_changed = Signal()
