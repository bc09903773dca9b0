from django.db import migrations, models


def note_first_time(apps, schema_editor):
    """Of what is redeemed now. Who withdrew before this left nothing that could be found again."""
    gifts = apps.get_model("consultations", "Gift").objects
    redemption = apps.get_model("consultations", "Order").objects.filter(pk=models.OuterRef("redemption_id"))
    since = models.Subquery(redemption.values("created_at")[:1])
    gifts.filter(redemption__isnull=False).update(first_redeemed_at=since)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0011_discounts_and_gifts")]

    operations = [
        migrations.AddField(
            model_name="gift",
            name="first_redeemed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="canjeado por primera vez"),
        ),
        migrations.RunPython(note_first_time, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="gift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("redemption__isnull", True), ("first_redeemed_at__isnull", False), _connector="OR"
                ),
                name="redeemed_gift_has_its_first_time",
            ),
        ),
    ]
