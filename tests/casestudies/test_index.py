"""The search index says what is published, and nothing else."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import PageViewRestriction

from casestudies.actions.indexing import weights_of
from casestudies.models import CasePage, PageTopic, SearchTerm, Topic
from casestudies.page_text import PageText, text_of
from casestudies.search import find_page_ids
from casestudies.words import fold, terms_of, words_of
from home.models import BlogPage
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree, reviewed

pytestmark = pytest.mark.django_db


def found(query: str, topic: Topic | None = None) -> list[int]:
    return find_page_ids(words_of(query), topic)


def entries() -> list[tuple[int, str, int]]:
    return sorted(SearchTerm.objects.values_list("page_id", "term", "weight"))


def index_pages(*options: str) -> str:
    out = StringIO()
    call_command("index_pages", *options, stdout=out)
    return out.getvalue().strip()


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("separación", "separándome"),
        ("depresión", "depresion"),
        ("depresion", "DEPRESIÓN"),
        ("separándome", "separacion"),
        ("niños", "nino"),
        ("lloraba", "llorar"),
        ("cafe\u0301", "café"),
    ],
)
def test_forms_and_spellings_of_a_word_find_each_other(make_case: MakeCase, written: str, asked: str) -> None:
    case = make_case(title=f"Sobre mi {written} de ayer")
    assert found(asked) == [case.pk]


def test_terms_are_short_folded_and_at_most_two() -> None:
    assert terms_of("Separándome") == ("separ",)
    assert [len(term) for term in terms_of("x" * 500)] == [40]
    assert fold("ÁÉÍÓÚÜÑ") == "aeiouun"


def test_weight_is_greatest_for_the_title_and_grows_less_with_each_repetition() -> None:
    def weight(**parts: str) -> int:
        text = PageText(**{"title": "", "summary": "", "topics": "", "body": "otra cosa"} | parts)
        return weights_of(text)["ansied"]

    once, thrice, often = (weight(body="ansiedad " * times) for times in (1, 3, 100))
    assert weight(title="ansiedad") > weight(summary="ansiedad") > once
    assert once < thrice < often <= 1000
    assert weight(body="ansiedad " + "otra cosa " * 500) < once


def test_pages_most_about_the_word_come_first(make_case: MakeCase) -> None:
    in_text = make_case("texto", turns=[("turn", {"kind": "reply", "text": "Una mudanza."})])
    in_title = make_case("titulo", title="Mi mudanza")
    in_summary = make_case("resumen", summary="Una mudanza.")
    assert found("mudanza") == [in_title.pk, in_summary.pk, in_text.pk]


def test_rarer_word_decides_among_pages_with_any(make_case: MakeCase) -> None:
    for number in range(3):
        make_case(f"comun-{number}", title="Perro")
    rare = make_case("raro", title="Gato")
    assert found("perro gato jirafa")[0] == rare.pk


def test_topic_names_are_found_and_a_topic_keeps_to_its_own(
    make_case: MakeCase, post: BlogPage, topic: Topic, other_topic: Topic
) -> None:
    mine, others = make_case("una"), make_case("dos", title="Una noche", topics=[other_topic])
    assert found("perdí alguien") == [others.pk]
    assert set(found("noche")) == {mine.pk, others.pk, post.pk}
    assert found("noche", other_topic) == [others.pk]
    assert found("noche cabeza jirafa", other_topic) == [others.pk]


def test_publishing_indexes_and_a_draft_does_not(make_case: MakeCase) -> None:
    case = make_case(title="Antes")
    case.title = "Después"
    case.save_revision()
    assert (found("antes"), found("después")) == ([case.pk], [])
    reviewed(case).get_latest_revision().publish()
    assert (found("antes"), found("después")) == ([], [case.pk])


def test_unpublishing_and_deleting_take_a_page_out(make_case: MakeCase) -> None:
    kept, gone, deleted = make_case("uno"), make_case("dos"), make_case("tres")
    gone.unpublish()
    deleted.delete()
    assert set(SearchTerm.objects.values_list("page_id", flat=True)) == {kept.pk}
    assert found("dormir") == [kept.pk]
    gone.save_revision().publish()
    assert set(found("dormir")) == {kept.pk, gone.pk}


def test_index_is_rolled_back_with_the_page(make_case: MakeCase) -> None:
    case = make_case(title="Antes")
    before = entries()
    with transaction.atomic():
        case.title = "Después"
        reviewed(case).save_revision().publish()
        transaction.set_rollback(True)
    assert entries() == before


def test_page_taken_off_past_the_signals_is_not_found(make_case: MakeCase) -> None:
    case = make_case()
    CasePage.objects.filter(pk=case.pk).update(live=False)
    assert found("dormir") == []


def test_restricted_page_is_found_by_nobody_and_takes_no_place(
    make_case: MakeCase, site_tree: SiteTree, post: BlogPage
) -> None:
    private, public = make_case("uno", title="Dormir, dormir"), make_case("dos")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert find_page_ids(["dormir"], limit=1) == [public.pk]
    assert private.pk not in found("dormir noche")
    assert private.pk not in found("dormir jirafa")
    PageViewRestriction.objects.create(page=site_tree.cases, restriction_type=PageViewRestriction.LOGIN)
    assert found("dormir") == []
    assert found("ansiedad") == [post.pk]


def test_index_pages_fills_gaps_and_runs_twice(make_case: MakeCase, post: BlogPage) -> None:
    cases = [make_case("uno"), make_case("dos"), make_case("borrador", live=False)]
    whole = entries()
    SearchTerm.objects.filter(page__in=[cases[0].pk, post.pk]).delete()
    assert index_pages() == "Pages indexed: 2"
    assert entries() == whole
    assert index_pages() == "Pages indexed: 0"


def test_index_pages_all_makes_everything_anew(make_case: MakeCase, topic: Topic) -> None:
    make_case()
    Topic.objects.filter(pk=topic.pk).update(name="Jirafas")
    assert found("jirafas") == []
    assert index_pages("--all") == "Pages indexed: 1"
    assert len(found("jirafas")) == 1
    assert index_pages("--all") == "Pages indexed: 1"


def test_text_of_a_post_has_no_markup_and_keeps_words_apart(post: BlogPage, topic: Topic) -> None:
    PageTopic.objects.create(page=post, topic=topic)
    text = text_of(BlogPage.objects.get(pk=post.pk))
    assert "La ola sube y baja." in text.body
    assert "<" not in text.body
    assert topic.name in text.topics
