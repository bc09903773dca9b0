"""Pages: what lists show, what a page alone shows, and what nobody is shown."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from casestudies.actions.comments import moderate_comment, post_comment
from casestudies.enums import CommentStatus
from casestudies.models import CasePage, PageTopic, Topic
from home.models import BlogPage, ProfessionalPage, User
from need_site.api.page_fields import DETAIL_ONLY
from tests.fixtures.pages import SiteTree
from tests.need_site.api.conftest import MakeCase, Reader

pytestmark = pytest.mark.django_db
CASES = "pages/?type=casestudies.CasePage&fields=*"


def titles(answer: Any) -> list[str]:
    return [item["title"] for item in answer["items"]]


# --- a page alone ---------------------------------------------------------------------------------
def test_case_alone_brings_its_text_and_who_stands_for_it(api: Reader, case: CasePage, topic: Topic) -> None:
    page = api(f"pages/{case.pk}/")

    assert (
        page["turns"][0]["html"]
        == "<p>Me despierto a las tres y repaso el día.</p>\n\n<p>No sé qué hacer.</p>"
    )
    assert [turn["value"]["title"] for turn in page["turns"]][:2] == ["La consulta", "La orientación"]
    assert page["plan"][0]["html"] == "<h3>Apaga la pantalla</h3><p>A las diez.</p>"
    assert page["takeaway_points"] == ["La noche se prepara de día.", "Un paso basta."]
    assert page["author"]["title"] == page["reviewer"]["title"] == "Elena Rojas"
    assert page["author"]["html_url"] == "http://localhost/equipo/elena-rojas/"
    assert page["topics"][0]["slug"] == topic.slug
    assert page["meta"]["parent"]["title"] == "Casos"


def test_case_with_a_content_note_is_told_alone_and_quoted_in_no_list(
    api: Reader, make_case: MakeCase
) -> None:
    noted = make_case("uno", content_note="Habla de una muerte.", search_description="Resumen de uno.")
    make_case("dos")

    alone, dos = api(f"pages/{noted.pk}/"), api(CASES + "&slug=dos")["items"][0]

    assert alone["content_note"] == "Habla de una muerte."
    assert "a las tres" in alone["turns"][0]["html"]
    assert dos["excerpt"] == "Resumen de dos."
    assert b"Resumen de uno" not in api.answer(CASES).content
    assert api(f"pages/{dos['id']}/")["related"][0]["excerpt"] == ""


@pytest.mark.parametrize("field", sorted(DETAIL_ONLY | {"search_description", "parent"}))
def test_lists_serve_no_texts(api: Reader, case: CasePage, field: str) -> None:
    for kind in ("casestudies.CasePage", "home.BlogPage", "home.ProfessionalPage"):
        assert api.answer(f"pages/?type={kind}&fields={field}").status_code == 400


def test_rich_text_is_finished_and_harmless_html(api: Reader, site_tree: SiteTree, post: BlogPage) -> None:
    post.body = [
        (
            "paragraph",
            f'<p onclick="x()">Lee <a linktype="page" id="{site_tree.cases.pk}">los casos</a>, '
            '<a href="javascript:alert(1)">no</a> <script>alert(2)</script><b>ya</b>.</p><!-- nota -->',
        ),
        ("quote", {"text": "1 < 2", "attribution": ""}),
        ("video", {"youtube_id": "abcdefghijk", "title": "Calma", "description": ""}),
    ]
    post.save()

    paragraph, quote, video = api(f"pages/{post.pk}/")["body"]

    expected = '<p>Lee <a href="http://localhost/casos/">los casos</a>, <a>no</a> <b>ya</b>.</p>'
    assert paragraph["value"] == paragraph["html"] == expected
    assert quote["value"] == {"text": "1 < 2", "attribution": ""}
    assert quote["html"] == "<blockquote><p>1 &lt; 2</p></blockquote>"
    assert "https://www.youtube.com/watch?v=abcdefghijk" in video["html"]


def test_comments_are_the_approved_ones_without_their_accounts(
    api: Reader, case: CasePage, client_user: User, moderator: User
) -> None:
    shown, _waiting, hidden = (
        post_comment(by=client_user, page=case, body=f"Comentario <{number}>.") for number in (1, 2, 3)
    )
    moderate_comment(by=moderator, comment=shown, status=CommentStatus.APPROVED)
    moderate_comment(by=moderator, comment=hidden, status=CommentStatus.HIDDEN)

    (comment,) = api(f"pages/{case.pk}/")["comments"]

    assert set(comment) == {"pseudonym", "text", "html", "written_at"}
    assert comment["html"] == "<p>Comentario &lt;1&gt;.</p>"
    assert comment["pseudonym"] == client_user.pseudonym


def test_author_without_a_public_page_is_not_named(api: Reader, case: CasePage, site_tree: SiteTree) -> None:
    PageViewRestriction.objects.create(page=site_tree.team, restriction_type="login")

    answer = api.answer(f"pages/{case.pk}/")

    assert answer.json()["author"] is None
    assert "Elena Rojas" not in answer.content.decode()


# --- drafts and restricted pages ------------------------------------------------------------------
def test_drafts_and_restricted_pages_are_nowhere(api: Reader, make_case: MakeCase) -> None:
    draft, secret, shown = make_case("uno", live=False), make_case("dos"), make_case("tres")
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="clave")

    assert titles(api("pages/?type=casestudies.CasePage")) == [shown.title]
    for page in (draft, secret):
        assert api.answer(f"pages/{page.pk}/").status_code == 404
        assert api.answer(f"pages/find/?html_path=/casos/{page.slug}/").status_code == 404
        assert titles(api(f"pages/?search={page.slug}")) == []
        assert api.answer(f"pages/?child_of={page.pk}").status_code == 400
    assert [each["id"] for each in api(f"pages/{shown.pk}/")["related"]] == []


def test_unsaved_changes_of_a_public_page_are_not_served(api: Reader, case: CasePage) -> None:
    case.summary = "Lo nuevo, sin publicar."
    case.save_revision()

    assert api(f"pages/{case.pk}/")["summary"] == "Resumen de no-puedo-dormir."


# --- finding --------------------------------------------------------------------------------------
def test_page_is_found_by_its_path(api: Reader, case: CasePage) -> None:
    answer = api.answer("pages/find/?html_path=/casos/no-puedo-dormir/&fields=_,id")

    assert (answer.status_code, answer.url) == (
        302,
        f"http://localhost/api/v2/pages/{case.pk}/?fields=_%2Cid",
    )
    assert api.client.get(answer.url).json() == {"id": case.pk}


@pytest.mark.parametrize("path", ["/casos/tema/ansiedad-e-insomnio/", "/casos/nada/", "/../admin/", "//["])
def test_path_without_a_page_is_not_found(api: Reader, case: CasePage, path: str) -> None:
    assert api.answer(f"pages/find/?html_path={path}").status_code == 404


def test_topic_filters_cases_and_posts(
    api: Reader, make_case: MakeCase, topic: Topic, other_topic: Topic, post: BlogPage
) -> None:
    both, _ = make_case("uno", topics=[topic, other_topic]), make_case("dos", topics=[topic])
    PageTopic.objects.create(page=post, topic=other_topic)

    assert titles(api("pages/?topic=duelo")) == [post.title, both.title]
    assert titles(api("pages/?topic=duelo&type=home.BlogPage")) == [post.title]
    assert titles(api("pages/?topic=nada")) == []


@pytest.mark.parametrize(
    ("order", "slugs"),
    [("published_on", "uno dos tres"), ("-published_on", "tres dos uno"), ("-title", "uno tres dos")],
)
def test_lists_keep_the_order_asked_for(api: Reader, make_case: MakeCase, order: str, slugs: str) -> None:
    for number, slug in enumerate(("uno", "dos", "tres"), 1):
        make_case(slug, published_on=f"2026-01-0{number}")

    found = [item["meta"]["slug"] for item in api(f"{CASES}&order={order}")["items"]]

    assert found == slugs.split()


def test_pages_of_a_list_follow_each_other(api: Reader, make_case: MakeCase) -> None:
    for slug in ("uno", "dos", "tres"):
        make_case(slug, title="Igual")

    pages = [api(f"{CASES}&order=title&limit=1&offset={offset}") for offset in range(4)]

    assert {page["meta"]["total_count"] for page in pages} == {3}
    assert [item["meta"]["slug"] for page in pages for item in page["items"]] == ["uno", "dos", "tres"]


def test_fields_of_cases_can_be_filtered_by(
    api: Reader, make_case: MakeCase, second_professional: ProfessionalPage
) -> None:
    make_case("uno", country="PE", published_on="2026-01-01")
    make_case("dos", author=second_professional)

    assert len(api(f"{CASES}&country=PE&published_on=2026-01-01&fictitious=false")["items"]) == 1
    assert len(api(f"{CASES}&author={second_professional.pk}")["items"]) == 1
    assert api(f"{CASES}&published_on=2020-01-01")["items"] == []


def test_search_finds_by_words_and_keeps_to_the_filters(api: Reader, case: CasePage, post: BlogPage) -> None:
    assert titles(api("pages/?search=noche")) != []
    assert titles(api("pages/?search=noche&type=home.BlogPage")) == [post.title]
    assert titles(api("pages/?search=xilofono")) == []


# --- what a list costs ----------------------------------------------------------------------------
@pytest.mark.parametrize("cases", [1, 3])
def test_list_costs_the_same_for_one_case_and_for_three(
    api: Reader, make_case: MakeCase, cases: int, django_assert_num_queries: Any,
    second_professional: ProfessionalPage, other_topic: Topic, topic: Topic,
) -> None:  # fmt: skip
    for number in range(cases):
        make_case(f"caso-{number}", reviewer=second_professional, topics=[topic, other_topic])
    api(CASES)  # fills the cache of the sites' addresses

    # The site, how many there are, the cases with their people, their topics, the restricted sections.
    with django_assert_num_queries(5):
        found = api(CASES)["items"]

    assert len(found) == cases
    assert {item["reviewer"]["title"] for item in found} == {"Tomás Vidal"}
    assert all(len(item["topics"]) == 2 for item in found)
