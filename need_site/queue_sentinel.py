"""Watches over the queue's processes as django-q2 does, and replaces all of them when one was killed.

They pass jobs through pipes with locks. A process that is killed (by the machine's memory keeper, by hand)
may hold one: django-q2 alone replaces that process, and the new one waits for the lock for ever. So would
the one that watches, and nothing would be replaced or scheduled any more: it waits for no lock of theirs.
"""

from __future__ import annotations

from multiprocessing import Event
from typing import Any

from django_q.cluster import Sentinel
from django_q.conf import Conf, logger
from django_q.queues import Queue

# A worker holds its timer's lock while it hands over one result.
LOCK_SECONDS = 1.0
# How long a worker whose job took too long has for handing over that result and ending by itself.
LEAVING_SECONDS = 3.0


class Timer:
    """A worker's timer as its watcher uses it: without the lock where the worker does not give it back."""

    def __init__(self, timer: Any) -> None:
        self._timer = timer
        self._locked = False

    def get_lock(self) -> Timer:
        return self

    def __enter__(self) -> None:
        self._locked = self._timer.get_lock().acquire(timeout=LOCK_SECONDS)

    def __exit__(self, *_: object) -> None:
        if self._locked:
            self._timer.get_lock().release()

    @property
    def value(self) -> float:
        return float(self._timer.get_obj().value)

    @value.setter
    def value(self, seconds: float) -> None:
        self._timer.get_obj().value = seconds


class Pipe(Queue):  # type: ignore[misc]  # django-q2 has no types
    """A queue whose length is read without the lock of those who change it."""

    def qsize(self) -> int:
        return int(self.size.count.get_obj().value)


class QueueSentinel(Sentinel):  # type: ignore[misc]  # django-q2 has no types
    """What was in the pipes is still in the database, and is tried again after QUEUE_RETRY_SECONDS."""

    def spawn_cluster(self) -> None:
        self.task_queue, self.result_queue = Pipe(maxsize=Conf.QUEUE_LIMIT or 0), Pipe()
        self.event_out = Event()
        super().spawn_cluster()

    def spawn_process(self, target: Any, *args: Any) -> Any:
        process = super().spawn_process(target, *args)
        if process in self.pool:
            process.timer = Timer(process.timer)
        return process

    def reincarnate(self, process: Any) -> None:
        if process not in self._processes():
            # Replaced together with the one that was killed.
            return
        if self._took_too_long(process):
            process.join(LEAVING_SECONDS)
        # Where it still runs, django-q2 would end it now, whatever it holds.
        if process.exitcode is None or process.exitcode < 0:
            logger.critical("A process of the queue was killed: all of them start anew.")
            self._start_anew()
        else:
            super().reincarnate(process)

    def _took_too_long(self, process: Any) -> bool:
        return process in self.pool and process.timer.value == 0

    def _processes(self) -> list[Any]:
        return [*self.pool, self.monitor, self.pusher]

    def _start_anew(self) -> None:
        for each in self._processes():
            each.kill()
            each.join()
        self.spawn_cluster()
