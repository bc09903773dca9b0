"""Cases beside a case: computed when it is published, gone at once when one is withdrawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from casestudies.actions.related import STORED
from casestudies.jobs import relate_case
from casestudies.models import CasePage, RelatedCase, Topic
from casestudies.related import related_cases
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


def letter(text: str) -> list:
    return [("turn", {"kind": "consultation", "text": text})]


def beside(case: CasePage) -> list[str]:
    return [each.slug for each in related_cases(CasePage.objects.get(pk=case.pk))]


@pytest.fixture
def cases(make_case: MakeCase, topic: Topic, other_topic: Topic) -> dict[str, CasePage]:
    """Three about one topic, two of which share words; one about another topic that shares them too."""
    words = {
        "turno": "El hospital y los turnos de noche.",
        "guardia": "Las guardias del hospital, turnos y más turnos.",
        "examen": "Los exámenes de la universidad.",
        "ajeno": "El hospital donde murió, y sus turnos.",
    }
    return {
        slug: make_case(
            slug,
            turns=letter(text),
            topics=[other_topic if slug == "ajeno" else topic],
            plan=[],
            takeaways="",
        )
        for slug, text in words.items()
    }


def test_nearest_case_shares_topic_and_words(cases: dict[str, CasePage]) -> None:
    relate_case(cases["turno"].pk)
    assert beside(cases["turno"]) == ["guardia", "examen", "ajeno"]


def test_publishing_a_case_computes_its_neighbours_and_theirs(
    cases: dict[str, CasePage], run_jobs: RunJobs
) -> None:
    cases["turno"].save_revision().publish()
    assert "casestudies.jobs.relate_case" in run_jobs()
    assert beside(cases["turno"])[0] == "guardia"
    assert set(RelatedCase.objects.values_list("case__slug", flat=True)) == set(cases)


def test_job_that_runs_twice_or_for_nobody_leaves_the_same(cases: dict[str, CasePage]) -> None:
    def rows() -> list[tuple[int, int, int]]:
        return sorted(RelatedCase.objects.values_list("case", "other", "rank"))

    relate_case(cases["turno"].pk)
    once = rows()
    relate_case(cases["turno"].pk)
    relate_case(999_999)
    assert rows() == once


def test_case_keeps_a_few_neighbours_in_reserve_and_never_itself(make_case: MakeCase) -> None:
    cases = [make_case(f"caso-{number}") for number in range(STORED + 4)]
    case = cases[0]
    relate_case(case.pk)
    assert case.nearest.count() == STORED
    assert not case.nearest.filter(other=case).exists()
    assert len(beside(case)) == 3


def test_withdrawn_case_vanishes_at_once_and_the_next_takes_its_place(
    cases: dict[str, CasePage], client: Client
) -> None:
    relate_case(cases["turno"].pk)
    cases["guardia"].unpublish()
    assert beside(cases["turno"]) == ["examen", "ajeno"]
    assert not RelatedCase.objects.filter(other=cases["guardia"]).exists()
    CasePage.objects.filter(slug="examen").update(live=False)
    assert beside(cases["turno"]) == ["ajeno"]
    PageViewRestriction.objects.create(page=cases["ajeno"], restriction_type=PageViewRestriction.LOGIN)
    assert "parecidos" not in client.get(cases["turno"].url).content.decode()


def test_case_without_computed_neighbours_shows_those_of_its_topic(cases: dict[str, CasePage]) -> None:
    assert set(beside(cases["turno"])) == {"guardia", "examen"}


def test_deleted_case_leaves_no_rows(cases: dict[str, CasePage]) -> None:
    relate_case(cases["turno"].pk)
    pk = cases["turno"].pk
    cases["turno"].delete()
    assert not RelatedCase.objects.filter(case=pk).exists()
    assert not RelatedCase.objects.filter(other=pk).exists()
