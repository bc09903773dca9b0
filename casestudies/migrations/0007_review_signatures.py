from collections import defaultdict

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.utils.crypto import salted_hmac

PLAIN = ("title", "seo_title", "search_description", "summary", "content_note", "takeaways")


def sign_what_is_live(apps, schema_editor):
    """Take what readers see now as signed: it was published through the gate as that was then.

    A copy of `casestudies.digests.review_digest` as it is in this version. Were it to change one day, these
    cases would stay where they are, and ask for a review when they change.
    """
    cases = apps.get_model("casestudies", "CasePage").objects.filter(
        live=True, reviewer__isnull=False, reviewed_on__isnull=False
    )
    topics = defaultdict(list)
    links = apps.get_model("casestudies", "PageTopic").objects.order_by()
    for page_id, topic_id in links.values_list("page_id", "topic_id"):
        topics[page_id].append(topic_id)
    signatures = apps.get_model("casestudies", "ReviewSignature").objects
    signatures.bulk_create(
        [
            signatures.model(page_id=case.pk, digest=_digest(case, topics[case.pk]))
            for case in cases.iterator()
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _digest(case, topics):
    said = [f"{key}={value}" for key, value in _appearance(case, topics)]
    text = "\0".join(["review", *said, f"reviewer={case.reviewer_id}", f"reviewed_on={case.reviewed_on}"])
    return salted_hmac("casestudies.checking", text, algorithm="sha256").hexdigest()


def _appearance(case, topics):
    turns, steps = list(enumerate(case.turns)), list(enumerate(case.plan))
    texts = [(name, getattr(case, name)) for name in PLAIN]
    texts.append(("slug", case.slug.replace("-", " ")))
    texts += [(f"turn:{index}", turn.value["text"]) for index, turn in turns]
    for index, step in steps:
        texts += [(f"step:{index}:{part}", step.value[part]) for part in ("title", "detail")]
    yield from ((key, text) for key, text in texts if text)
    yield from ((f"turn:{index}:kind", turn.value["kind"] or "") for index, turn in turns)
    yield "author", str(case.author_id or "")
    yield "age_band", case.age_band
    yield "country", case.country
    yield "topics", ",".join(map(str, sorted(topics)))


class Migration(migrations.Migration):
    dependencies = [
        ("casestudies", "0006_topic_changed_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="clave del texto")),
                (
                    "signed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="firmado"),
                ),
                (
                    "page",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="casestudies.casepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "firma de una revisión",
                "verbose_name_plural": "firmas de revisiones",
                "constraints": [models.UniqueConstraint(fields=("page", "digest"), name="text_signed_once")],
            },
        ),
        migrations.RunPython(sign_what_is_live, migrations.RunPython.noop),
    ]
