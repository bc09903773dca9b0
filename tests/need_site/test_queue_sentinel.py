"""A killed process of the queue takes no other one along for ever."""

from __future__ import annotations

import multiprocessing
import os
import time
import uuid
from collections.abc import Callable, Iterator
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import get_commands
from django_q import cluster

from need_site.management.commands.qcluster import _stand_back
from need_site.queue_sentinel import QueueSentinel

MUCH_TOO_LONG = 20  # seconds


@pytest.fixture
def sentinel(monkeypatch: pytest.MonkeyPatch) -> Iterator[QueueSentinel]:
    """Watches over two workers, a monitor and a pusher, none of which has anything to do."""
    monkeypatch.setattr(cluster, "worker", _idle)
    monkeypatch.setattr(cluster, "monitor", _aside)
    monkeypatch.setattr(cluster, "pusher", _aside)
    event = multiprocessing.Event
    broker = SimpleNamespace(list_key="need", set_stat=lambda *_: None)
    watching = QueueSentinel(event(), event(), uuid.uuid4(), broker, start=False)
    monkeypatch.setattr(watching, "stop", lambda: None)
    watching.spawn_cluster()
    yield watching
    for process in watching._processes():
        process.kill()
        process.join()


def _idle(*_: Any) -> None:
    time.sleep(60)


def _aside(*_: Any) -> None:
    time.sleep(60)


def _keeps_its_timer(tasks: Any, results: Any, timer: Any, timeout: Any) -> None:
    with timer.get_lock():
        timer.get_obj().value = -5  # for the test to see
        time.sleep(60)


def _keeps_the_count(tasks: Any, results: Any, timer: Any, timeout: Any) -> None:
    with results.size.count.get_lock():
        timer.value = -5
        time.sleep(60)


def _killed(watching: QueueSentinel, doing: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Any:
    """A worker that is killed while it holds a lock."""
    monkeypatch.setattr(cluster, "worker", doing)
    watching.spawn_worker()
    monkeypatch.setattr(cluster, "worker", _idle)
    process = watching.pool[-1]
    _wait_for_its_lock(process)
    process.kill()
    process.join()
    return process


def _wait_for_its_lock(process: Any) -> None:
    timer = getattr(process.timer, "_timer", process.timer)
    while timer.get_obj().value != -5:
        time.sleep(0.01)


def _done_in_time(work: Callable[[], object]) -> bool:
    """Whether it ends at all: what hangs is left behind."""
    thread = Thread(target=work, daemon=True)
    thread.start()
    thread.join(MUCH_TOO_LONG)
    return not thread.is_alive()


def _guard_once(watching: QueueSentinel) -> bool:
    watching.stop_event.set()
    return _done_in_time(watching.guard)


def test_worker_killed_while_it_holds_its_timer_is_replaced(
    sentinel: QueueSentinel, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = _killed(sentinel, _keeps_its_timer, monkeypatch)

    assert _guard_once(sentinel)

    assert killed not in sentinel.pool
    assert len(sentinel.pool) == sentinel.pool_size
    assert all(each.is_alive() for each in sentinel._processes())


def test_watch_goes_on_past_a_worker_that_never_gives_its_timer_back(
    sentinel: QueueSentinel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "worker", _keeps_its_timer)
    sentinel.spawn_worker()
    monkeypatch.setattr(cluster, "worker", _idle)
    stuck = sentinel.pool[-1]
    _wait_for_its_lock(stuck)
    sentinel.pool.insert(0, sentinel.pool.pop())
    sentinel.pool[-1].kill()
    sentinel.pool[-1].join()

    assert _guard_once(sentinel)

    assert all(each.is_alive() for each in sentinel._processes())
    assert not stuck.is_alive()


def test_watch_waits_for_no_count_that_a_killed_worker_holds(
    sentinel: QueueSentinel, monkeypatch: pytest.MonkeyPatch
) -> None:
    _killed(sentinel, _keeps_the_count, monkeypatch)
    sentinel.start_event.set()

    assert _done_in_time(sentinel.status)


def test_worker_that_took_too_long_and_left_is_replaced_alone(
    sentinel: QueueSentinel, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [*sentinel.pool, sentinel.monitor, sentinel.pusher]
    monkeypatch.setattr(cluster, "worker", lambda *_: time.sleep(0.5))
    sentinel.spawn_worker()
    late = sentinel.pool[-1]
    late.timer.value = 0

    sentinel.reincarnate(late)

    assert late.exitcode == 0
    assert late not in sentinel.pool
    assert all(each.is_alive() for each in others)


def test_all_processes_start_anew_when_a_worker_took_too_long_and_stays(
    sentinel: QueueSentinel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("need_site.queue_sentinel.LEAVING_SECONDS", 0.2)
    before = sentinel._processes()
    before[0].timer.value = 0

    sentinel.reincarnate(before[0])

    assert not any(each.is_alive() for each in before)
    assert all(each.is_alive() for each in sentinel._processes())


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
