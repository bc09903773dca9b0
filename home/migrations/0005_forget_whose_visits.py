"""Takes out of the log what it should not have held: whose visits to public pages those were."""

from django.db import migrations

VISITS = (
    "circle_arrival",
    "facebook_arrival",
    "post_read",
    "youtube_arrival",
    "video_watched",
    "recommendation_arrival",
    "search_engine_arrival",
    "other_site_arrival",
    "home_visited",
    "service_viewed",
    "cases_listed",
    "cases_searched",
    "case_read",
)


def forget_whose_visits(apps, schema_editor):
    log = apps.get_model("home", "TouchpointLog")
    log.objects.filter(name__in=VISITS).exclude(person="").update(person="")
    acts = log.objects.exclude(person="").exclude(name="signed_up")
    acts.exclude(visitor="").update(visitor="")


class Migration(migrations.Migration):
    dependencies = [("home", "0004_account_emails_and_team")]
    operations = [migrations.RunPython(forget_whose_visits, migrations.RunPython.noop)]
