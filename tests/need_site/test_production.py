"""Starts the site as production would, in processes of their own: settings are read once a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from home.checks import check_payments_go_to_mercado_pago

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "k3Yq0w8uN1sZr5vT9xB2mJ6hP4cL7dFaGeQiUoXyRtWzVbMnSdLpKjHg",
    "SITE_URL": "https://need.example",
    "ALLOWED_HOSTS": "need.example",
    "FIELD_ENCRYPTION_KEYS": "RGVsIGRpY2hvIGFsIGhlY2hvIGhheSB0cmVjaG8tLTE=",
    "MERCADOPAGO_ACCESS_TOKEN": "APP_USR-0000000000000000-000000-none",
    "MERCADOPAGO_WEBHOOK_SECRET": "a-secret-of-mercado-pago",
    "EMAIL_URL": "postmark://token-of-nobody",
}
REQUIRED = (
    "SECRET_KEY",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "FIELD_ENCRYPTION_KEYS",
    "MERCADOPAGO_ACCESS_TOKEN",
    "MERCADOPAGO_WEBHOOK_SECRET",
    "EMAIL_URL",
)


def manage(tmp_path: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with production's variables, some of them changed; "" is as good as missing."""
    environment = {
        "PATH": os.environ["PATH"],
        "LOCAL_DIR": str(tmp_path),
        "DEBUG": "0",
        **PRODUCTION,
        **changes,
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_check_deploy_finds_nothing_under_production_settings(tmp_path):
    check = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")

    assert check.returncode == 0, check.stderr
    assert "no issues" in check.stdout


@pytest.mark.parametrize("debug", ["0", "1"])
def test_wagtail_tells_the_log_no_titles_of_drafts(tmp_path, debug):
    asked = "import logging; print(logging.getLogger('wagtail').isEnabledFor(logging.INFO))"
    told = manage(tmp_path, "shell", "--no-imports", "-c", asked, DEBUG=debug)

    assert told.stdout.strip() == "False", told.stderr


@pytest.mark.parametrize("name", REQUIRED)
def test_start_fails_with_a_hint_when_a_required_variable_is_missing(tmp_path, name):
    check = manage(tmp_path, "check", **{name: ""})

    assert check.returncode != 0
    assert f"{name} is not set. Without DEBUG, Need needs {name}: " in check.stderr


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("MERCADOPAGO_API_URL", "http://127.0.0.1:8001", "is not Mercado Pago's. Without DEBUG, unset it"),
        ("MERCADOPAGO_COLLECTOR_ID", "mine", "is the user number of the Mercado Pago account"),
        ("FIELD_ENCRYPTION_KEYS", "bad", "number 1 is not a key of 32 bytes"),
        ("TRUSTED_PROXIES", "-1", "is how many proxies of your own"),
    ],
)
def test_start_fails_with_a_hint_when_a_variable_makes_no_sense(tmp_path, name, value, hint):
    # Not `check`: the web server and the worker start without it.
    start = manage(tmp_path, "shell", "-c", "import need_site.wsgi", **{name: value})

    assert start.returncode != 0
    assert f"ImproperlyConfigured: {name}" in start.stderr
    assert hint in start.stderr


def test_check_refuses_any_mercado_pago_but_the_official_one(settings):
    settings.DEBUG = False
    settings.MERCADOPAGO_API_URL = "http://127.0.0.1:8001"

    assert [error.id for error in check_payments_go_to_mercado_pago()] == ["need.E001"]
