from django.db import migrations, models
from django.db.models import Max


def take_from_their_pages(apps, schema_editor):
    """A topic's page last changed, as far as is known, when one of the pages it lists was last published."""
    topics = apps.get_model("casestudies", "Topic")
    links = apps.get_model("casestudies", "PageTopic").objects.filter(page__live=True)
    newest = links.order_by().values("topic").annotate(newest=Max("page__last_published_at"))
    for row in newest:
        topics.objects.filter(pk=row["topic"]).update(changed_at=row["newest"])


class Migration(migrations.Migration):
    dependencies = [
        ("casestudies", "0005_shared_pages"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="changed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(take_from_their_pages, migrations.RunPython.noop),
    ]
