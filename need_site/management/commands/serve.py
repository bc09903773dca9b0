from __future__ import annotations

import hashlib
import io
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from need_site.demo.people import ACCOUNTS, PASSWORD
from need_site.page_tree import follow_site_url
from need_site.schedules import sync_schedules
from need_site.supervision import Supervisor

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Runs the whole site on this machine: web, queue worker and, with DEBUG, a stand-in Mercado Pago."

    def handle(self, *args: Any, **options: Any) -> None:
        self._check_ports()
        self._prepare()
        connections.close_all()
        supervisor = Supervisor(_commands(), folder=settings.BASE_DIR, say=self._say)
        status = supervisor.run(ready=_answers, announce=self._announce)
        if status:
            raise SystemExit(status)

    def _check_ports(self) -> None:
        ports = {"PORT": settings.PORT}
        if settings.MERCADOPAGO_STANDIN:
            ports["STANDIN_PORT"] = settings.STANDIN_PORT
        for name, port in ports.items():
            if not _is_free(port):
                raise CommandError(
                    f"Port {port} is taken by another program. Stop it, or choose another one: "
                    f"make run PORT={port + 100}"
                    + ("" if name == "PORT" else " (the stand-in Mercado Pago takes the port after PORT)")
                )

    def _prepare(self) -> None:
        if _has_pending_migrations():
            self._say("Preparing the database.")
            call_command("migrate", interactive=False, verbosity=0)
        sync_schedules()
        # PORT may be another one than last time.
        follow_site_url()
        if settings.DEBUG and not apps.get_model("home", "HomePage").objects.exists():
            self._say("Writing the demo content.")
            call_command("seed_demo")
        # Pages published before there was an index, or brought in past the site's own code.
        call_command("index_pages", stdout=io.StringIO())
        if settings.BUILT_ASSETS:
            self._build_assets()

    def _build_assets(self) -> None:
        """Build styles and scripts, unless nothing they are made of changed since the last time."""
        stamp, fingerprint = settings.LOCAL_DIR / "assets.stamp", _fingerprint_of_assets()
        if stamp.exists() and stamp.read_text() == fingerprint:
            return
        self._say("Building styles and scripts.")
        call_command("build_assets")
        stamp.write_text(fingerprint)

    def _announce(self) -> None:
        self._say(f"\nNeed is running at {settings.SITE_URL}/")
        if settings.DEBUG:
            self._say(f"E-mails it sends: {settings.SITE_URL}/correo/")
            self._say(f"Demo accounts, all with the password {PASSWORD}:")
            self._say("\n".join(f"  {email}" for email in ACCOUNTS))
        self._say("Ctrl-C stops it.\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _commands() -> dict[str, list[str]]:
    python = sys.executable
    web = [python, "-m", "gunicorn", "need_site.wsgi:application", "--bind", f"{HOST}:{settings.PORT}"]
    # No access log: addresses carry survey tokens and what people search for.
    web += ["--workers", "2", "--threads", "4", "--log-level", "warning", "--graceful-timeout", "3"]
    commands = {
        "The web server": [*web, "--no-control-socket"],
        "The queue worker": [python, "manage.py", "qcluster"],
    }
    if settings.MERCADOPAGO_STANDIN:
        commands["The stand-in Mercado Pago"] = [
            python,
            "-m",
            "tests.standins.mercadopago",
            *_standin_options(),
        ]
    return commands


def _standin_options() -> list[str]:
    return [
        *("--port", str(settings.STANDIN_PORT)),
        *("--webhook-url", f"http://{HOST}:{settings.PORT}/mercadopago/notificaciones/"),
        *("--webhook-secret", settings.MERCADOPAGO_WEBHOOK_SECRET),
        *("--access-token", settings.MERCADOPAGO_ACCESS_TOKEN),
        *("--state-file", str(settings.LOCAL_DIR / "standin.sqlite3")),
    ]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers bind: a port that a server has just left counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _has_pending_migrations() -> bool:
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _fingerprint_of_assets() -> str:
    """A name for the present state of all that assets are built from: paths, sizes and times."""
    seen = hashlib.sha256()
    for path in sorted(_asset_sources()):
        facts = path.stat()
        seen.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _asset_sources() -> Iterator[Path]:
    base = settings.BASE_DIR
    # Libraries bring assets too, and requirements.txt tells when one of them changes.
    yield base / "requirements.txt"
    # Not .local/static, which is what is built.
    for folder in [base / "templates", *base.glob("[a-z]*/static"), *base.glob("[a-z]*/templates")]:
        yield from (path for path in folder.rglob("*") if path.is_file())


def _answers() -> bool:
    """Whether the web server is up and well."""
    address = f"http://{HOST}:{settings.PORT}/healthz"
    host = {"Host": settings.ALLOWED_HOSTS[0].lstrip(".")}
    request = urllib.request.Request(address, headers=host)
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
