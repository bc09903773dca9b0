"""What Google Analytics knows somebody by comes from the consent, not from the person's key in the log."""

import secrets

from django.db import migrations, models


def give_each_live_consent_its_own(apps, schema_editor):
    consents = apps.get_model("home", "Consent").objects
    for consent in consents.filter(purpose="analytics", withdrawn_at=None, analytics_id=""):
        consent.analytics_id = secrets.token_hex(16)
        consent.save(update_fields=["analytics_id"])


class Migration(migrations.Migration):
    dependencies = [("home", "0005_forget_whose_visits")]
    operations = [
        migrations.AddField(
            model_name="consent",
            name="analytics_id",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(give_each_live_consent_its_own, migrations.RunPython.noop),
    ]
