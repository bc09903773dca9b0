"""Generated content beyond the demonstration, for measuring: cases, consultations, touchpoints."""

from __future__ import annotations

import random

from casestudies.models import CaseIndexPage, CasePage, PageTopic, Topic
from consultations.actions.consultations import submit_case
from consultations.models import Service
from home.enums import AgeBand, Country
from home.models import ProfessionalPage, User
from need_site.demo.conversations import paid_consultation
from need_site.demo.loader import load_folder, paragraphs
from need_site.demo.pages import days_ago


def make_cases(count: int) -> None:
    """Add `count` generated cases: the demonstration's letters, shuffled together."""
    chance = random.Random(count)  # noqa: S311 (filler, not a secret)
    texts = load_folder("cases")
    topics, professionals = list(Topic.objects.all()), list(ProfessionalPage.objects.all())
    index, existing = CaseIndexPage.objects.get(), CasePage.objects.count()
    for number in range(existing + 1, existing + count + 1):
        case = _case(number, chance, texts, professionals)
        case.topic_links = [PageTopic(topic=chance.choice(topics), sort_order=0)]
        index.add_child(instance=case)


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
