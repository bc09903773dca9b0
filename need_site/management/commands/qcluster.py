"""`qcluster`: django-q2's own command, with the site's watch over its processes and behind the web server."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django_q import cluster
from django_q.management.commands import qcluster

from need_site.queue_sentinel import QueueSentinel


class Command(qcluster.Command):  # type: ignore[misc]  # django-q2 has no types
    def handle(self, *args: Any, **options: Any) -> None:
        _stand_back(settings.QUEUE_NICENESS)
        cluster.Sentinel = QueueSentinel
        super().handle(*args, **options)


def _stand_back(niceness: int) -> None:
    """Somebody waits for a page, and Mercado Pago for its acknowledgement; nobody waits for a job.

    Linux weighs sessions against each other before it looks at the processes in them.
    """
    os.nice(niceness)
    if os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(niceness))
