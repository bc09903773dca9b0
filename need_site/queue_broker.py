"""The queue's table as django-q2 reads it, made for several workers on PostgreSQL and for its restarts."""

from __future__ import annotations

import time
from typing import Any

from django.db import DatabaseError, InterfaceError, connections, transaction
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.conf import Conf, logger

NOT_ANSWERING = (DatabaseError, InterfaceError)


class QueueBroker(ORM):  # type: ignore[misc]  # django-q2 has no types
    """Workers take different jobs, the oldest first, instead of running after the same one.

    While the database does not answer they ask again as often as ever; django-q2 alone would end its pusher
    for ten seconds each time.
    """

    def dequeue(self) -> list[tuple[int, str]] | None:
        try:
            found = self._take()
        except NOT_ANSWERING as error:
            logger.warning("The queue cannot be read: %s", type(error).__name__)
            connections[Conf.ORM].close()
            found = []
        if not found:
            time.sleep(Conf.POLL)
        return found

    def acknowledge(self, task_id: int) -> None:
        try:
            super().acknowledge(task_id)
        except NOT_ANSWERING as error:
            # The job is done and stays in the queue: it runs again, as jobs may.
            logger.warning("A job could not be taken off the queue: %s", type(error).__name__)
            connections[Conf.ORM].close()

    def _take(self) -> list[tuple[int, str]]:
        """Some due jobs, each taken until it is done or its time to be tried again comes."""
        jobs: Any = self.get_connection().filter(key=self.list_key)
        due = jobs.filter(lock__lt=timezone.now()).order_by("lock", "pk")
        # Asked first: on SQLite a transaction is the one writer's place, which no idle worker needs.
        if not due.exists():
            return []
        with transaction.atomic(using=Conf.ORM):
            rows = list(due.select_for_update(skip_locked=True).values_list("pk", "payload")[: Conf.BULK])
            if rows:
                jobs.filter(pk__in=[pk for pk, _ in rows]).update(lock=self.timeout(None))
        return rows
