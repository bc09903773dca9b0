"""Starts the product as `make run` does, on free ports, with a folder and a database of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import psycopg

from home.mailbox import Mail, list_mails

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 600
SECONDS_TO_STOP = 15
LINK = re.compile(r"https?://\S+")


class TookTooLong(AssertionError):
    """What was waited for did not come."""


@dataclass(frozen=True)
class Product:
    """The running site: its address, that of its stand-in Mercado Pago, and the folder it writes to."""

    url: str
    standin_url: str
    folder: Path
    environment: dict[str, str]

    def mails_to(self, address: str) -> list[Mail]:
        """What was sent to `address` so far, newest first."""
        return [mail for mail in list_mails(self.folder / "mail") if address in mail.to]

    def wait_for_mail(self, address: str, subject: str, seconds: float = 30) -> Mail:
        """The newest e-mail to `address` whose subject has `subject` in it."""

        def arrived() -> Mail | None:
            return next((mail for mail in self.mails_to(address) if subject in mail.subject), None)

        return wait_for(arrived, f"the e-mail «{subject}» to {address}", seconds)

    def link_in(self, mail: Mail) -> str:
        """The first link of an e-mail that leads to this site."""
        links = [link.rstrip(".,)>") for link in LINK.findall(mail.text)]
        return next(link for link in links if link.startswith(self.url))

    def manage(self, *arguments: str) -> str:
        """What manage.py prints, run beside the site with the same settings."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stderr[-4000:]}")
        return done.stdout


def wait_for(found: Callable[[], T | None], what: str, seconds: float = 30) -> T:
    """What `found` gives once it gives something. Raises TookTooLong after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (value := found()) is not None:
            return value
        time.sleep(0.1)
    raise TookTooLong(f"{what} did not come within {seconds:.0f} seconds")


@contextlib.contextmanager
def running(folder: Path, **changes: str) -> Iterator[Product]:
    """The product, from before its first request until all of its processes have ended.

    `changes` are variables of its environment.
    """
    port = free_ports()
    with own_database(folder) as database_url:
        environment = {
            **os.environ,
            "DEBUG": "1",
            "BUILT_ASSETS": "1",
            "PORT": str(port),
            "SITE_URL": f"http://localhost:{port}",
            "LOCAL_DIR": str(folder),
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "need_site.settings",
            # The stand-in's, as `make run` has it: tests/settings.py points elsewhere.
            "MERCADOPAGO_API_URL": f"http://127.0.0.1:{port + 1}",
            "RATELIMIT_ENABLE": "0",
            # A job that failed is tried again within the patience of a test.
            "QUEUE_RETRY_SECONDS": "65",
            "PYTHONUNBUFFERED": "1",
            **changes,
        }
        product = Product(environment["SITE_URL"], environment["MERCADOPAGO_API_URL"], folder, environment)
        with _served(product):
            yield product


@contextlib.contextmanager
def _served(product: Product) -> Iterator[None]:
    log = product.folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=product.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_up(product, process, log)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(SECONDS_TO_STOP)


def _wait_until_up(product: Product, process: subprocess.Popen[bytes], log: Path) -> None:
    def up() -> bool | None:
        if process.poll() is not None:
            raise RuntimeError(f"the site did not start:\n{log.read_text()[-4000:]}")
        return True if _answers(f"{product.url}/healthz") else None

    wait_for(up, "the site", SECONDS_TO_START)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def free_ports() -> int:
    """A port that is free, as is the one after it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port


@contextlib.contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The address of an empty database that goes afterwards: a file, or beside the one in DATABASE_URL."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'need.sqlite3'}"
        return
    name = f"need_journeys_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
