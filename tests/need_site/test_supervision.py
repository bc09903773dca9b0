from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

# A program that starts another one, which ignores being asked to stop, as a worker's own children might.
STUBBORN = """
import signal, subprocess, sys, time
child = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
subprocess.Popen([sys.executable, "-c", child, sys.argv[1]])
time.sleep(60)
"""
MAIN = """
import sys
from pathlib import Path
from need_site.supervision import Supervisor
mark, lifetime = sys.argv[1], sys.argv[2]
commands = {
    "The first": [sys.executable, "-c", sys.argv[3], mark],
    "The second": [sys.executable, "-c", f"import time; time.sleep({lifetime})", mark],
}
supervisor = Supervisor(commands, folder=Path.cwd(), say=print)
sys.exit(supervisor.run(ready=lambda: True, announce=lambda: print("ready", flush=True)))
"""


def processes_with(mark: str) -> list[str]:
    """Command lines of all processes of this machine that were started with `mark`."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_text().replace("\0", " "))
        except OSError:
            continue  # It ended between being listed and being read.
    return [line for line in lines if mark in line]


@pytest.fixture
def mark() -> Iterator[str]:
    name = f"mark-{uuid.uuid4().hex}"
    yield name
    assert processes_with(name) == []


def start(mark: str, *, lifetime: float = 60) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", MAIN, mark, str(lifetime), STUBBORN]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="lists processes as Linux does")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_supervisor_leaves_no_process_behind_when_told_to_stop(mark, number):
    supervisor = start(mark)
    assert supervisor.stdout.readline() == "ready\n"
    while len(processes_with(mark)) < 4:
        time.sleep(0.05)

    supervisor.send_signal(number)
    output, _ = supervisor.communicate(timeout=10)

    assert supervisor.returncode == 0
    assert "Stopping." in output


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="lists processes as Linux does")
def test_supervisor_ends_the_rest_when_one_program_ends(mark):
    output, _ = start(mark, lifetime=0.5).communicate(timeout=10)

    assert "The second ended by itself (status 0); stopping the rest." in output
