"""Workers take different jobs, the oldest first, and outlive a database that is started again."""

from __future__ import annotations

import datetime

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ

from need_site.queue_broker import QueueBroker

pytestmark = pytest.mark.django_db
KEY = "the-queue-of-this-test"


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> QueueBroker:
    monkeypatch.setattr(Conf, "BULK", 2)
    monkeypatch.setattr(Conf, "POLL", 0)
    return QueueBroker(list_key=KEY)


def queue(minutes: int, key: str = KEY) -> int:
    """A job that was due so many minutes ago."""
    return int(OrmQ.objects.create(key=key, payload="x", lock=_ago(minutes)).pk)


def _ago(minutes: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(minutes=minutes)


def test_jobs_are_taken_once_and_the_oldest_first(broker: QueueBroker) -> None:
    newest, oldest, middle = queue(1), queue(3), queue(2)
    assert broker.dequeue() == [(oldest, "x"), (middle, "x")]
    assert broker.dequeue() == [(newest, "x")]
    assert not broker.dequeue()


def test_jobs_of_others_and_of_later_are_left_alone(broker: QueueBroker) -> None:
    queue(1, key="another-queue")
    queue(-1)
    assert not broker.dequeue()


def test_job_comes_back_when_its_worker_is_gone(broker: QueueBroker) -> None:
    lost = queue(1)
    broker.dequeue()
    job = OrmQ.objects.get(pk=lost)
    assert job.lock <= timezone.now() + datetime.timedelta(seconds=Conf.RETRY)
    OrmQ.objects.update(lock=_ago(0))
    assert broker.dequeue() == [(lost, "x")]


def test_job_that_is_done_is_gone(broker: QueueBroker) -> None:
    done = queue(1)
    broker.acknowledge(done)
    assert not OrmQ.objects.filter(pk=done).exists()


@pytest.mark.django_db(transaction=True)
def test_worker_asks_again_when_the_database_does_not_answer(
    broker: QueueBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = queue(1)
    with monkeypatch.context() as down:
        down.setattr(broker, "get_connection", _does_not_answer)
        assert not broker.dequeue()
        broker.acknowledge(waiting)
    assert broker.dequeue() == [(waiting, "x")]


def _does_not_answer() -> None:
    raise OperationalError


def test_due_jobs_are_found_by_an_index_however_many_wait() -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, OrmQ._meta.db_table)
    assert ["key", "lock", "id"] in [each["columns"] for each in constraints.values() if each["index"]]


def test_job_is_tried_for_two_days() -> None:
    tried_for = Conf.MAX_ATTEMPTS * Conf.RETRY
    assert tried_for >= 2 * 24 * 60 * 60, "an e-mail provider may be away for long"
