"""Runs several programs as one: all start together, and when one ends, the others end too."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

SECONDS_TO_STOP = 8.0
PAUSE = 0.1


class Supervisor:
    """Programs by name, each in a process group of its own, so that nothing it started outlives it.

    Takes the commands, the folder they run in, and what is told of them (a line of text) goes to `say`.
    """

    def __init__(
        self, commands: Mapping[str, Sequence[str]], *, folder: Path, say: Callable[[str], None]
    ) -> None:
        self._commands, self._folder, self._say = commands, folder, say
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_stop = False

    def run(self, *, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Start everything, call `announce` once `ready` says so, and stay until a signal or an end.

        Gives the exit status: 0 after Ctrl-C or SIGTERM, 1 when a program ended by itself.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            self._start()
            return self._watch(ready, announce)
        finally:
            self._stop()

    def _ask_to_stop(self, *_: object) -> None:
        self._asked_to_stop = True

    def _start(self) -> None:
        for name, command in self._commands.items():
            # A group of its own: Ctrl-C reaches this process alone, which then ends them in order.
            self._running[name] = subprocess.Popen(  # noqa: S603 (commands of our own)
                command, cwd=self._folder, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def _watch(self, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        announced = False
        while not self._asked_to_stop:
            for name, process in self._running.items():
                if process.poll() is not None:
                    self._say(f"{name} ended by itself (status {process.returncode}); stopping the rest.")
                    return 1
            if not announced and ready():
                announce()
                announced = True
            time.sleep(PAUSE)
        self._say("Stopping.")
        return 0

    def _stop(self) -> None:
        """Ask every program to end, wait, and then end by force whatever is left of its group."""
        for process in self._running.values():
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
