"""What was decided about a payment is free text: it is encrypted, what is there already with it."""

from django.db import migrations, models

import home.encryption


def encrypt(apps, schema_editor):
    _rewrite(apps, home.encryption.encrypt)


def decrypt(apps, schema_editor):
    _rewrite(apps, lambda token: home.encryption.decrypt(token)[:300])


def _rewrite(apps, into):
    flags = apps.get_model("consultations", "PaymentFlag").objects
    # All of them first: none may be met a second time.
    for pk, text in list(flags.values_list("pk", "resolution")):
        flags.filter(pk=pk).update(resolution=into(text))


class Migration(migrations.Migration):
    dependencies = [("consultations", "0013_indexes_and_differences")]
    operations = [
        # Room first, then the text, then the field that reads it: the last step changes no column.
        migrations.AlterField("PaymentFlag", "resolution", models.TextField("qué se decidió", blank=True)),
        migrations.RunPython(encrypt, decrypt),
        migrations.AlterField(
            "PaymentFlag",
            "resolution",
            home.encryption.EncryptedTextField("qué se decidió", blank=True, default=""),
        ),
    ]
