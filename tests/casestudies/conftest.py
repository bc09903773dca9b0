from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from casestudies.models import CasePage, PageTopic, Topic
from home.models import BlogPage, ProfessionalPage
from tests.fixtures.pages import SiteTree, reviewed

TURNS = (
    ("consultation", "Me despierto a las tres y repaso el día.\n\nNo sé qué hacer."),
    ("orientation", "Primero pongamos orden en la noche."),
    ("reply", "Dormí mejor cuatro noches."),
    ("orientation", "Cuatro noches son un comienzo."),
)
MakeCase = Callable[..., CasePage]


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(
        name="No puedo dormir por la ansiedad",
        slug="ansiedad-e-insomnio",
        feeling="Estoy dando vueltas en la cama",
        introduction="Noches largas y una cabeza que repasa.",
        illustration="ansiedad-e-insomnio",
    )


@pytest.fixture
def other_topic(db: None) -> Topic:
    return Topic.objects.create(name="Perdí a alguien que quiero", slug="duelo", sort_order=1)


@pytest.fixture
def make_case(site_tree: SiteTree, topic: Topic) -> MakeCase:
    """A function that adds a case, reviewed as it then is and published; any field can be given."""

    def make(slug: str = "no-puedo-dormir", *, topics: list[Topic] | None = None, **fields: Any) -> CasePage:
        today = timezone.localdate()
        fields = {
            "title": f"No puedo dormir: {slug}",
            "summary": f"Resumen de {slug}.",
            "age_band": "25-34",
            "country": "CL",
            "author": site_tree.professional,
            "reviewer": site_tree.professional,
            "reviewed_on": today,
            "next_review_on": today + datetime.timedelta(days=180),
            "turns": [("turn", {"kind": kind, "text": text}) for kind, text in TURNS],
            "plan": [("step", {"title": "Apaga la pantalla", "detail": "A las diez."})],
            "takeaways": "La noche se prepara de día.\nUn paso basta.",
            "topic_links": [PageTopic(topic=each) for each in topics or [topic]],
        } | fields
        live = fields.pop("live", True)
        case = reviewed(site_tree.cases.add_child(instance=CasePage(slug=slug, live=False, **fields)))
        if live:
            case.live = True
            case.save()
        return case

    return make


@pytest.fixture
def other_author(site_tree: SiteTree) -> ProfessionalPage:
    """A colleague of the one who reviews: nobody reviews what they wrote."""
    known = {
        name: getattr(site_tree.professional, name)
        for name in ("job_title", "registration", "country", "bio")
    }
    return site_tree.team.add_child(instance=ProfessionalPage(title="Luis Soto", slug="luis-soto", **known))


@pytest.fixture
def case(make_case: MakeCase) -> CasePage:
    return make_case()


@pytest.fixture
def post(site_tree: SiteTree) -> BlogPage:
    return site_tree.blog.add_child(
        instance=BlogPage(
            title="Una noche de ansiedad",
            slug="noche-de-ansiedad",
            introduction="Qué hacer mientras pasa.",
            body=[("heading", "Respira"), ("paragraph", "<p>La ola sube y baja.</p>")],
            author=site_tree.professional,
        )
    )


@pytest.fixture
def second_professional(site_tree: SiteTree) -> ProfessionalPage:
    return site_tree.team.add_child(
        instance=ProfessionalPage(
            title="Tomás Vidal",
            slug="tomas-vidal",
            job_title="Psicólogo",
            registration="RNPI 000009",
            country="CL",
            bio="Acompaña duelos.",
        )
    )
