"""Who may edit discounts and see gifts, for sites whose groups were made before there were any."""

from importlib import import_module

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

groups = import_module("surveys.migrations.0002_groups")


def give_permissions(apps, schema_editor):
    create_permissions(current_apps.get_app_config("consultations"), verbosity=0, apps=apps)
    groups.give_permissions(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0003_administrators_see_payment_flags"),
        ("consultations", "0011_discounts_and_gifts"),
    ]
    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
