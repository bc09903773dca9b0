"""Watches over the queue's processes as django-q2 does, and replaces all of them when one was killed.

They pass jobs through pipes with locks. A process that is killed (by the machine's memory keeper, by hand)
may hold one: django-q2 alone replaces that process, and the new one waits for the lock for ever.
"""

from __future__ import annotations

from typing import Any

from django_q.cluster import Sentinel
from django_q.conf import Conf, logger
from django_q.queues import Queue


class QueueSentinel(Sentinel):  # type: ignore[misc]  # django-q2 has no types
    """What was in the pipes is still in the database, and is tried again after QUEUE_RETRY_SECONDS."""

    def reincarnate(self, process: Any) -> None:
        if process not in self._processes():
            # Replaced together with the one that was killed.
            return
        if process.exitcode is not None and process.exitcode < 0:
            logger.critical("A process of the queue was killed: all of them start anew.")
            self._start_anew()
        else:
            super().reincarnate(process)

    def _processes(self) -> list[Any]:
        return [*self.pool, self.monitor, self.pusher]

    def _start_anew(self) -> None:
        for each in self._processes():
            each.kill()
            each.join()
        self.task_queue, self.result_queue = Queue(maxsize=Conf.QUEUE_LIMIT), Queue()
        self.spawn_cluster()
