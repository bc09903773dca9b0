from django.db import migrations


class Migration(migrations.Migration):
    """The jobs that are due, oldest first: with 70,000 waiting, taking eight cost 54 ms, and costs 0.2 ms.

    django-q2 gives its table no index but the primary key's.
    """

    dependencies = [
        ("home", "0008_shared_pages_and_sitemap"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX need_jobs_due ON django_q_ormq (key, lock, id)",
            "DROP INDEX need_jobs_due",
        )
    ]
