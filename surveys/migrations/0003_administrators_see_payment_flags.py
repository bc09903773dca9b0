"""Administrators look after the payments that need a person.

Groups of a new site get it from the table already (0002); this is for sites that are older, and leaves
whatever else somebody gave to the group as it is.
"""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from home.permissions import ADMINISTRATORS

SEES = "view_paymentflag"


def give(apps, schema_editor):
    create_permissions(current_apps.get_app_config("consultations"), verbosity=0, apps=apps)
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="consultations", codename=SEES
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=ADMINISTRATORS):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_groups"), ("consultations", "0009_payment_events")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
