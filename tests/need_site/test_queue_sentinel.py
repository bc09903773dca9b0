"""A killed process of the queue takes no other one along for ever."""

from __future__ import annotations

import multiprocessing
import os
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import get_commands

from need_site.management.commands.qcluster import _stand_back
from need_site.queue_sentinel import QueueSentinel


@pytest.fixture
def sentinel(monkeypatch: pytest.MonkeyPatch) -> Iterator[QueueSentinel]:
    """Watches over two workers, a monitor and a pusher, none of which has anything to do."""
    event = multiprocessing.Event
    watching = QueueSentinel(event(), event(), uuid.uuid4(), object(), start=False)
    monkeypatch.setattr(watching, "spawn_cluster", lambda: _spawn(watching))
    _spawn(watching)
    yield watching
    for process in watching._processes():
        process.kill()
        process.join()


def _spawn(watching: QueueSentinel) -> None:
    first, second, watching.monitor, watching.pusher = (_idle() for _ in range(4))
    watching.pool = [first, second]


def _idle() -> Any:
    process = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,), daemon=True)
    process.timer = multiprocessing.Value("f", -1)  # type: ignore[attr-defined]
    process.start()
    return process


def test_all_processes_start_anew_when_one_was_killed(sentinel: QueueSentinel) -> None:
    before, pipe = sentinel._processes(), sentinel.task_queue
    before[0].kill()
    before[0].join()

    sentinel.reincarnate(before[0])

    assert not any(each.is_alive() for each in before)
    assert all(each.is_alive() for each in sentinel._processes())
    assert sentinel.task_queue is not pipe


def test_those_replaced_along_are_not_replaced_again(sentinel: QueueSentinel) -> None:
    before = sentinel._processes()
    os.kill(before[2].pid, 9)
    before[2].join()
    sentinel.reincarnate(before[2])
    after = sentinel._processes()

    for each in before:
        sentinel.reincarnate(each)

    assert sentinel._processes() == after


def test_the_sites_own_command_starts_the_queue() -> None:
    assert get_commands()["qcluster"] == "need_site"


def test_queue_stands_back_behind_the_web_server() -> None:
    told = multiprocessing.get_context("fork").SimpleQueue()
    process = multiprocessing.get_context("fork").Process(target=_tell_niceness, args=(told,))
    process.start()
    process.join()
    assert told.get() == min(os.nice(0) + 3, 19)


def _tell_niceness(told: Any) -> None:
    _stand_back(3)
    told.put(os.nice(0))
