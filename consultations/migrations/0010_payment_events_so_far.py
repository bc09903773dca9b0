"""What is known of the payments there are: one step each, the newest. The ones before were not kept."""

from django.db import migrations


def note_newest(apps, schema_editor):
    payments = apps.get_model("consultations", "Payment").objects
    events = apps.get_model("consultations", "PaymentEvent")
    known = events.objects.values("payment_id")
    rows = (_event(events, each) for each in payments.exclude(payment_id__in=known).iterator())
    events.objects.bulk_create(rows, batch_size=500)


def _event(events, payment):
    return events(
        order_id=payment.order_id,
        payment_id=payment.payment_id,
        kind="report",
        status=payment.status,
        status_detail=payment.status_detail,
        amount=payment.amount,
        refunded=payment.refunded,
        currency=payment.currency,
        at=payment.last_updated,
        seen_at=payment.last_updated,
    )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0009_payment_events")]
    operations = [migrations.RunPython(note_newest, migrations.RunPython.noop)]
