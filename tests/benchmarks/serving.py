"""Starts what is measured: Need with a database of its own, and the bare view, on the same kind of server."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.product import free_ports, own_database, wait_for

ROOT = Path(__file__).resolve().parents[2]
SERVER = ("--workers", "2", "--threads", "4", "--log-level", "error", "--no-control-socket")
FIELD_KEY = "RGVsIGRpY2hvIGFsIGhlY2hvIGhheSB0cmVjaG8tLTE="


@dataclass(frozen=True)
class Need:
    """A site with demo content: its address, and the environment its commands run in."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str, **changes: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        environment = {**self.environment, **changes}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"manage.py {' '.join(arguments)} failed:\n{done.stderr[-3000:]}")

    def grow(self, cases: int) -> None:
        """Have that many generated cases more."""
        # Demo content exists only with DEBUG; what is measured runs as in production.
        self.manage("seed_demo", "--cases", str(cases), DEBUG="1")
        self.manage("shell", "-c", "from home.page_cache import purge_pages; purge_pages()")


@contextlib.contextmanager
def need(folder: Path) -> Iterator[Need]:
    """Need as in production, with the demonstration's content, on DATABASE_URL's server or on SQLite."""
    port = free_ports()
    with own_database(folder) as database_url:
        site = Need(f"http://127.0.0.1:{port}", _environment(folder, port, database_url))
        site.manage("migrate", "--verbosity", "0")
        site.manage("seed_demo", DEBUG="1")
        site.manage("build_assets")
        with _gunicorn("need_site.wsgi:application", port, site.environment):
            _wait_until_up(f"{site.url}/healthz")
            yield site


def _environment(folder: Path, port: int, database_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DEBUG": "0",
        "BUILT_ASSETS": "1",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "LOCAL_DIR": str(folder),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "secret-key-of-the-benchmarks",
        "FIELD_ENCRYPTION_KEYS": FIELD_KEY,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "MERCADOPAGO_ACCESS_TOKEN": "none",
        "MERCADOPAGO_WEBHOOK_SECRET": "none",
        "DJANGO_SETTINGS_MODULE": "need_site.settings",
    }


@contextlib.contextmanager
def bare_view(folder: Path, body: bytes) -> Iterator[str]:
    """The address of the bare view that answers with `body`."""
    file, port = folder / "body", free_ports()
    file.write_bytes(body)
    with _gunicorn("tests.benchmarks.bare:application", port, {**os.environ, "BARE_BODY": str(file)}):
        _wait_until_up(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def _gunicorn(application: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *SERVER]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def fetch(url: str) -> bytes:
    """The body of `url`, not compressed."""
    with urllib.request.urlopen(url, timeout=300) as answer:
        content: bytes = answer.read()
        return content


def seconds_for(url: str) -> float:
    """How long one visitor waits for `url`."""
    began = time.perf_counter()
    fetch(url)
    return time.perf_counter() - began


def _wait_until_up(url: str) -> None:
    def up() -> bool | None:
        with contextlib.suppress(OSError):
            return bool(fetch(url)) or None
        return None

    wait_for(up, url, seconds=120)
