"""The programs that are measured, and killed: web, worker, stand-in, and a PostgreSQL of their own."""

from __future__ import annotations

import contextlib
import os
import pwd
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
RESTART_AFTER = 0.5


class Program:
    """One program and all it started, with its output in a file. `ready` says whether it does its work."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        log: Path,
        ready: Callable[[], bool] = lambda: True,
        user: str | None = None,
    ) -> None:
        self.name, self._command, self._environment, self._log = name, command, environment, log
        self._ready, self._user = ready, user
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT if self._user is None else "/",
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self._user,
                group=self._user,
                extra_groups=None if self._user is None else [],
            )

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def wait_until_ready(self, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while not self._ready():
            if time.monotonic() > deadline or not self.is_alive:
                raise SystemExit(f"{self.name} did not start:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        """SIGKILL, to it and to everything it started."""
        if self._process is None:
            return
        victims = [self._process.pid, *_descendants(self._process.pid)]
        for pid in victims:
            _send(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            # What lost its parent before still belongs to the group.
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def kill_one(self, dice: random.Random) -> bool:
        """SIGKILL to one process that it started; says whether there was one."""
        started = _descendants(self._process.pid) if self._process is not None else []
        if started:
            _send(dice.choice(sorted(started)), signal.SIGKILL)
        return bool(started)

    def stop(self) -> None:
        if self._process is None:
            return
        # SIGINT: how PostgreSQL is asked to end without waiting for who is connected.
        self._process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(15)
        self.kill()


class Keeper:
    """Starts again what died, as a service manager does."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs, self._stopping = programs, threading.Event()
        self.lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Keeper:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._stopping.wait(RESTART_AFTER):
            for program in self._programs:
                with self.lock:
                    if not program.is_alive:
                        program.kill()
                        program.start()


def make_cluster(folder: Path, port: int) -> Program:
    """A new PostgreSQL, all at its defaults, fsync too; under the user postgres where we are root."""
    binaries = _postgresql()
    user = "postgres" if os.geteuid() == 0 else None
    data = folder / "postgresql"
    data.mkdir()
    if user is not None:
        os.chown(data, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        # The folder around it is the temporary one: to be passed through, not to be read.
        folder.chmod(0o711)
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C"],
        cwd="/",
        check=True,
        capture_output=True,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    return Program(
        "PostgreSQL",
        [str(binaries / "postgres"), "-D", str(data), "-p", str(port), *options],
        environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        log=folder / "postgresql.log",
        ready=lambda: _answers(port),
        user=user,
    )


def _postgresql() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    if found:
        return found[-1]
    if on_path:
        return Path(on_path).resolve().parent
    raise SystemExit("PostgreSQL's initdb and postgres are needed (on Debian: the package postgresql).")


def _answers(port: int) -> bool:
    try:
        psycopg.connect(f"postgres://postgres@127.0.0.1:{port}/postgres", connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def _descendants(root: int) -> set[int]:
    """PostgreSQL's backends lead sessions of their own: a process group does not name them all."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError, IndexError, ValueError):
                told = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(told[1])
    found: set[int] = set()
    while new := {pid for pid, parent in parents.items() if parent in found | {root}} - found:
        found |= new
    return found


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
