"""Makes the migrated database that tests on PostgreSQL copy, unless it is there (fixtures/database.py)."""

from __future__ import annotations

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

    from tests.fixtures.database import postgres_template

    postgres_template()
