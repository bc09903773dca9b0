"""The picture of a shared link: what it looks like, when it is made, and when it goes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from PIL import Image
from wagtail.models import Revision

from casestudies.models import Topic
from home.actions.share_pictures import draw_picture
from home.jobs import PICTURES_A_RUN, draw_missing_share_pictures, draw_share_picture
from home.models import BlogPage, HomePage
from home.models.shared_page import ShareCard
from home.share_pictures import draw, name_of
from tests.fixtures.pages import SiteTree
from tests.home.conftest import add_post

RunJobs = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def pictures() -> set[str]:
    folders, _ = default_storage.listdir("")
    return set(default_storage.listdir("tarjetas")[1]) if "tarjetas" in folders else set()


# --- drawing -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "title",
    ["", "Corto", "Palabra " * 60, "x" * 255, "😀 مرحبا 漢字", "\n\t", "</script>", "A\u0301 e\u200bmoji"],
)
def test_any_words_get_a_picture_of_the_size_that_links_show(title: str) -> None:
    picture = draw(ShareCard("Un caso", title, title))

    with Image.open(io.BytesIO(picture)) as opened:
        assert (opened.format, opened.size) == ("PNG", (1200, 630))
    assert len(picture) < 60_000


def test_picture_stays_within_its_margins_and_off_the_thread() -> None:
    empty = draw(ShareCard("", " "))
    full = draw(ShareCard("", "Mmmmm wwwww " * 20, "Mmmmm wwwww " * 40))

    for picture in (empty, full):
        with Image.open(io.BytesIO(picture)).convert("L") as grey:
            assert grey.crop((1110, 140, 1200, 440)).getextrema()[0] > 200, "the right margin"
            assert grey.crop((300, 452, 1200, 480)).getextrema()[0] > 200, "above the thread"


def test_same_words_have_the_same_name_and_others_another() -> None:
    names = {name_of(ShareCard(*words)) for words in (("a", "b"), ("a", "b"), ("ab", ""), ("a", "b", "c"))}

    assert len(names) == 3


# --- when ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_picture_is_drawn_after_publishing_and_by_no_visit(
    client: Client, site_tree: SiteTree, run_jobs: RunJobs
) -> None:
    post = add_post(site_tree)
    post.save_revision().publish()
    assert "og-default.png" in client.get(post.url).content.decode()
    assert pictures() == set()

    run_jobs()
    post.refresh_from_db()

    assert {f"tarjetas/{name}" for name in pictures()} == {post.share_picture}
    assert (
        f'content="http://localhost:8000/media/{post.share_picture}"' in client.get(post.url).content.decode()
    )


@pytest.mark.django_db
def test_another_title_gets_another_picture_and_the_old_one_goes(
    site_tree: SiteTree, run_jobs: RunJobs
) -> None:
    post = add_post(site_tree)
    post.save_revision().publish()
    run_jobs()
    before = pictures()
    post.refresh_from_db()
    post.title = "Otro título"
    post.save_revision().publish()
    run_jobs()

    assert len(pictures()) == 1
    assert pictures() != before


@pytest.mark.django_db
def test_picture_drawn_twice_is_drawn_once(site_tree: SiteTree) -> None:
    post = add_post(site_tree)
    draw_share_picture("home.blogpage", post.pk)
    written = {path: path.stat().st_mtime_ns for path in Path(default_storage.location).rglob("*.png")}

    draw_share_picture("home.blogpage", post.pk)

    assert {path: path.stat().st_mtime_ns for path in written} == written
    draw_share_picture("home.blogpage", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_picture_goes_with_its_page(site_tree: SiteTree, run_jobs: RunJobs, way: str) -> None:
    post = add_post(site_tree)
    draw_share_picture("home.blogpage", post.pk)
    assert len(pictures()) == 1

    getattr(BlogPage.objects.get(pk=post.pk), way)()
    run_jobs()

    assert pictures() == set()


@pytest.mark.django_db
def test_picture_that_another_page_shows_stays(site_tree: SiteTree, run_jobs: RunJobs) -> None:
    twins = [add_post(site_tree, number, title="La misma") for number in (1, 2)]
    for twin in twins:
        draw_share_picture("home.blogpage", twin.pk)
    BlogPage.objects.get(pk=twins[0].pk).delete()
    run_jobs()

    assert len(pictures()) == 1


@pytest.mark.django_db
def test_copy_and_older_revision_bring_no_picture_of_their_own(site_tree: SiteTree) -> None:
    post = add_post(site_tree)
    old = post.save_revision()
    draw_share_picture("home.blogpage", post.pk)
    drawn = BlogPage.objects.get(pk=post.pk).share_picture

    assert Revision.objects.get(pk=old.pk).as_object().share_picture == drawn
    copied = BlogPage.objects.get(pk=post.pk).copy(update_attrs={"slug": "copia"})
    assert BlogPage.objects.get(pk=copied.pk).share_picture == ""


@pytest.mark.django_db
def test_missing_pictures_are_drawn_a_few_at_a_time(site_tree: SiteTree) -> None:
    for number in range(PICTURES_A_RUN):
        add_post(site_tree, number, title="La misma")
    Topic.objects.create(name="Duelo", slug="duelo")

    assert draw_missing_share_pictures() == PICTURES_A_RUN
    assert draw_missing_share_pictures() > 0
    assert draw_missing_share_pictures() == 0
    assert not HomePage.objects.filter(share_picture="").exists()
    assert not Topic.objects.filter(share_picture="").exists()


@pytest.mark.django_db
def test_command_draws_what_is_missing_or_old_and_then_nothing(site_tree: SiteTree, capsys: Any) -> None:
    post = add_post(site_tree)
    BlogPage.objects.filter(pk=post.pk).update(share_picture="tarjetas/antigua.png")
    for _ in range(2):
        call_command("draw_share_pictures")

    assert capsys.readouterr().out == "Pictures drawn: 7\nPictures drawn: 0\n"


@pytest.mark.django_db
def test_picture_of_a_row_that_went_meanwhile_does_not_stay() -> None:
    topic = Topic.objects.create(name="Duelo", slug="duelo")
    Topic.objects.filter(pk=topic.pk).delete()

    with pytest.raises(DatabaseError):
        draw_picture(topic)

    assert pictures() == set()
