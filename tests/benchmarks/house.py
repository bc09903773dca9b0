"""Need as in production, with two web and two worker processes, on a PostgreSQL and a stand-in of its own."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import clock
from tests.benchmarks.programs import ROOT, Program, make_cluster
from tests.benchmarks.serving import FIELD_KEY, SERVER
from tests.journeys.product import free_ports
from tests.standins.mercadopago.records import Account

ACCESS_TOKEN = "APP_USR-0000000000000000-000000-none"
SECRET = "webhook-secret-of-the-benchmarks"
WORKERS = "2"


@dataclass
class House:
    """The running programs; this process has the same settings and speaks to the same database."""

    folder: Path
    port: int
    standin_url: str
    database: Program
    standin: Program
    web: Program
    worker: Program

    @property
    def programs(self) -> list[Program]:
        return [self.database, self.standin, self.web, self.worker]

    @property
    def ledger(self) -> Path:
        return self.folder / "standin.sqlite3"

    @property
    def account(self) -> Account:
        return Account(self.standin_url)


@contextlib.contextmanager
def house(folder: Path) -> Iterator[House]:
    """Everything started and answering; ended afterwards, whatever happened."""
    database_port, port, standin_port = (free_ports() for _ in range(3))
    environment = _environment(folder, database_port, port, standin_port)
    made = House(
        folder,
        port,
        environment["BENCHMARK_STANDIN_URL"],
        make_cluster(folder, database_port),
        _standin(folder, standin_port, environment),
        _web(folder, port, environment),
        _worker(folder, environment),
    )
    try:
        _start(made, environment)
        yield made
    finally:
        for program in reversed(made.programs):
            program.stop()


def _start(made: House, environment: dict[str, str]) -> None:
    made.database.start()
    made.database.wait_until_ready()
    for command in (["migrate", "--verbosity", "0"], ["make_site"], ["sync_schedules"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"manage.py {command[0]} failed:\n{done.stderr[-3000:]}")
    for program in (made.standin, made.web, made.worker):
        program.start()
    _set_up_django(environment)
    for program in (made.standin, made.web):
        program.wait_until_ready()


def _set_up_django(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    clock.install()
    import django

    django.setup()
    # What the product says while it is made to fail is in the programs' own files.
    logging.disable(logging.ERROR)


def _environment(folder: Path, database_port: int, port: int, standin_port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DEBUG": "0",
        "BUILT_ASSETS": "0",
        "PAGE_CACHE": "1",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "LOCAL_DIR": str(folder / "local"),
        "DATABASE_URL": f"postgres://postgres@127.0.0.1:{database_port}/postgres",
        "SECRET_KEY": "secret-key-of-the-benchmarks",
        "FIELD_ENCRYPTION_KEYS": FIELD_KEY,
        "EMAIL_URL": "dummymail://",
        "MERCADOPAGO_API_URL": "https://api.mercadopago.com",
        "MERCADOPAGO_ACCESS_TOKEN": ACCESS_TOKEN,
        "MERCADOPAGO_WEBHOOK_SECRET": SECRET,
        "MERCADOPAGO_COLLECTOR_ID": str(Account("").collector_id),
        "QUEUE_WORKERS": WORKERS,
        "BENCHMARK_STANDIN_URL": f"http://127.0.0.1:{standin_port}",
        "BENCHMARK_CACHE_PREFIX": f"benchmark-{uuid.uuid4().hex[:12]}",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.payment_settings",
        "PYTHONUNBUFFERED": "1",
    }


def _web(folder: Path, port: int, environment: dict[str, str]) -> Program:
    command = [sys.executable, "-m", "gunicorn", "need_site.wsgi:application"]
    return Program(
        "The web server",
        [*command, "--bind", f"127.0.0.1:{port}", *SERVER],
        environment=environment,
        log=folder / "web.log",
        ready=lambda: _answers(f"http://127.0.0.1:{port}/healthz"),
    )


def _worker(folder: Path, environment: dict[str, str]) -> Program:
    command = [sys.executable, "manage.py", "qcluster"]
    return Program("The queue worker", command, environment=environment, log=folder / "worker.log")


def _standin(folder: Path, port: int, environment: dict[str, str]) -> Program:
    command = [sys.executable, "-m", "tests.standins.mercadopago", "--port", str(port)]
    command += ["--access-token", ACCESS_TOKEN, "--state-file", str(folder / "standin.sqlite3")]
    return Program(
        "The stand-in Mercado Pago",
        command,
        environment=environment,
        log=folder / "standin.log",
        ready=lambda: _answers(f"http://127.0.0.1:{port}/healthz"),
    )


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
        return bool(answer.status == 200)
    return False
