"""Generated content beyond the demonstration, for measuring: cases, consultations, touchpoints."""

from __future__ import annotations

import random

from django.db import connection
from wagtail.models import Page

from casestudies.actions.signing import sign_as_reviewed
from casestudies.models import CaseIndexPage, CasePage, PageTopic, Topic
from consultations.actions.consultations import submit_case
from consultations.models import Service
from home.enums import AgeBand, Country
from home.models import ProfessionalPage, User
from need_site.demo.conversations import paid_consultation
from need_site.demo.loader import load_folder, paragraphs
from need_site.demo.pages import days_ago

AT_ONCE = 500


def make_cases(count: int) -> None:
    """Add `count` generated cases: the demonstration's letters, shuffled together.

    Wagtail would take minutes for thousands, page by page; here they go past its revisions, references and
    own index, which only the back office uses.
    """
    chance = random.Random(count)  # noqa: S311 (filler, not a secret)
    texts = load_folder("cases")
    topics, professionals = list(Topic.objects.all()), list(ProfessionalPage.objects.all())
    index, existing = CaseIndexPage.objects.get(), CasePage.objects.count()
    for start in range(0, count, AT_ONCE):
        numbers = range(existing + start + 1, existing + min(start + AT_ONCE, count) + 1)
        cases = [_case(number, chance, texts, professionals) for number in numbers]
        _add_children(index, cases)
        for case in cases:
            case.topic_links = [PageTopic(page_id=case.pk, topic=chance.choice(topics))]
        PageTopic.objects.bulk_create(link for case in cases for link in case.topic_links.all())
        sign_as_reviewed(*cases)
    Topic.touch(topic.pk for topic in topics)
    if connection.vendor == "postgresql":
        # As its autovacuum does a minute later: until then it plans as if there were a few dozen cases.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _add_children(parent: CaseIndexPage, cases: list[CasePage]) -> None:
    """Hang live pages under `parent`, after its other children."""
    previous = parent.get_last_child()
    for case in cases:
        case.path = previous._inc_path() if previous else parent._get_path(parent.path, parent.depth + 1, 1)
        previous = case
        case.depth, case.locale_id = parent.depth + 1, parent.locale_id
        case.draft_title = case.title
        case.set_url_path(parent)
    fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = [Page(**{name: getattr(case, name) for name in fields}) for case in cases]
    for case, page in zip(cases, Page.objects.bulk_create(pages), strict=True):
        case.pk = case.id = page.pk
        case.save_base(raw=True, force_insert=True)
    parent.numchild += len(cases)
    CaseIndexPage.objects.filter(pk=parent.pk).update(numchild=parent.numchild)


def _case(number: int, chance: random.Random, texts: list, professionals: list) -> CasePage:  # type: ignore[type-arg]
    author, reviewer = chance.sample(professionals, 2)
    turns = [chance.choice(texts)["turns"][place] for place in range(4)]
    return CasePage(
        title=f"{chance.choice(texts)['title']} ({number})",
        slug=f"caso-generado-{number}",
        summary=chance.choice(texts)["summary"],
        age_band=chance.choice(AgeBand.values),
        country=chance.choice(Country.values),
        turns=[
            ("turn", {"kind": t["kind"], "text": "\n\n".join(paragraphs(t["paragraphs"]))}) for t in turns
        ],
        plan=[("step", {"title": s["title"], "detail": s["detail"]}) for s in chance.choice(texts)["plan"]],
        takeaways="\n".join(chance.choice(texts)["takeaways"]),
        author=author,
        reviewer=reviewer,
        published_on=days_ago(chance.randrange(1, 400)),
        reviewed_on=days_ago(10),
        next_review_on=days_ago(-170),
        fictitious=True,
    )


def make_consultations(count: int) -> None:
    """Add `count` paid consultations whose case is written and waits."""
    service = Service.objects.filter(active=True)[0]
    existing = User.objects.filter(email__startswith="generada-").count()
    for number in range(existing + 1, existing + count + 1):
        client = User.objects.create_user(f"generada-{number}@example.com")
        text = {
            "happening": f"Texto generado número {number}, para medir.",
            "since": "",
            "tried": "",
            "hopes": "",
        }
        submit_case(by=client, consultation=paid_consultation(client, service), content=text, mood=None)
