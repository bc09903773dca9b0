"""The groups and what each may do. It stands in the last room, where every room's permissions exist.

The table is home.permissions.GROUP_PERMISSIONS; a later change to it needs a migration that runs
`give_permissions` again.
"""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from home.permissions import ADMINISTRATORS, EDITORS, GROUP_PERMISSIONS

ROOMS = ["home", "casestudies", "consultations", "surveys", "wagtailcore", "wagtailimages", "wagtailadmin"]
PAGE_PERMISSIONS = {
    EDITORS: ["add_page", "change_page"],
    ADMINISTRATORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
IMAGE_PERMISSIONS = ["add_image", "change_image", "choose_image"]
WAGTAIL_OWN_GROUPS = ["Editors", "Moderators"]


def make_groups(apps, schema_editor):
    # Permissions are normally made after all migrations; here they are needed at once.
    for label in ROOMS:
        create_permissions(current_apps.get_app_config(label), verbosity=0, apps=apps)
    group = apps.get_model("auth", "Group")
    group.objects.filter(name__in=WAGTAIL_OWN_GROUPS, user__isnull=True).delete()
    give_permissions(apps)
    give_page_permissions(apps)


def give_permissions(apps):
    group = apps.get_model("auth", "Group")
    for name, permissions in GROUP_PERMISSIONS.items():
        own, _ = group.objects.get_or_create(name=name)
        own.permissions.set([find_permission(apps, each) for each in permissions])


def find_permission(apps, dotted):
    app_label, codename = dotted.split(".")
    permission = apps.get_model("auth", "Permission")
    return permission.objects.get(content_type__app_label=app_label, codename=codename)


def give_page_permissions(apps):
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    group = apps.get_model("auth", "Group")
    for name, codenames in PAGE_PERMISSIONS.items():
        own = group.objects.get(name=name)
        for codename in codenames:
            permission = find_permission(apps, f"wagtailcore.{codename}")
            own.page_permissions.get_or_create(page=root, permission=permission)
        for codename in IMAGE_PERMISSIONS:
            permission = find_permission(apps, f"wagtailimages.{codename}")
            own.collection_permissions.get_or_create(collection=collection, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_initial"),
        ("consultations", "0001_initial"),
        ("casestudies", "0001_initial"),
        ("home", "0003_crisis_lines"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailadmin", "0006_formstate"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
