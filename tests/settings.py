"""The settings of the tests: nothing of the developer's own environment, nothing slow, nothing lasting.

`DATABASE_URL` and `REDIS_URL` alone come from outside: `make test` runs everything on SQLite, and again
on PostgreSQL with Redis.
"""

import os
import tempfile
from pathlib import Path

# Removed when the process ends; every worker of pytest-xdist has its own.
_folder = tempfile.TemporaryDirectory(prefix="need-tests-")

# Set rather than left out, so that a developer's .env does not fill them in.
os.environ |= {
    "DEBUG": "1",
    "BUILT_ASSETS": "0",
    "PORT": "8000",
    "LOCAL_DIR": _folder.name,
    "SECRET_KEY": "secret-key-of-the-tests",
    "SITE_URL": "http://localhost:8000",
    "ALLOWED_HOSTS": "",
    "FIELD_ENCRYPTION_KEYS": "RGVsIGRpY2hvIGFsIGhlY2hvIGhheSB0cmVjaG8tLTE=",
    "EMAIL_URL": "",
    "MEDIA_BUCKET_URL": "",
    "MERCADOPAGO_ACCESS_TOKEN": "",
    "MERCADOPAGO_WEBHOOK_SECRET": "webhook-secret-of-the-tests",
    "MERCADOPAGO_API_URL": "http://127.0.0.1:8001",
    "GA_MEASUREMENT_ID": "",
    "GA_API_SECRET": "",
    "GA_API_URL": "http://127.0.0.1:8002",
    "RATELIMIT_ENABLE": "0",
}

from need_site.settings import *  # noqa: E402, F403
from need_site.settings import DATABASES, STATIC_ROOT  # noqa: E402

# Nothing here asks what Wagtail keeps beside a page: its index of references, and its own search.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir()  # WhiteNoise warns without it.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as on a real machine: a database in memory locks by other rules.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder.name) / "test.sqlite3")}
