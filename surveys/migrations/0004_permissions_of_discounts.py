"""Administrators edit discounts and see gifts.

Groups of a new site get it from the table already (0002); this is for sites that are older, and leaves
whatever else somebody gave to the groups, or took from them, as it is.
"""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from home.permissions import ADMINISTRATORS

NEW = ("view_discount", "add_discount", "change_discount", "view_gift")


def give(apps, schema_editor):
    create_permissions(current_apps.get_app_config("consultations"), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="consultations", codename__in=NEW
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=ADMINISTRATORS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0003_administrators_see_payment_flags"),
        ("consultations", "0011_discounts_and_gifts"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
