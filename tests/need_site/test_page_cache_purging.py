"""What makes kept pages old, at once and everywhere; and what does not."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from casestudies.actions.comments import moderate_comment, post_comment
from casestudies.enums import CommentStatus
from casestudies.models import CasePage, Comment, Topic
from consultations.actions.orders import place_order
from consultations.models import Service
from home import generations
from home.models import CrisisLine, SiteSettings, User
from home.page_cache import LONGEST_LIFE, purge_pages, remember
from tests.casestudies.conftest import *  # noqa: F403  (cases and topics)
from tests.fixtures.pages import SiteTree, reviewed
from tests.home.conftest import add_post
from tests.need_site.visiting import CachedSite

pytestmark = pytest.mark.django_db
Committed = Callable[..., Any]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """A function that does something as if in a transaction of its own, committed after it."""

    def do(act: Callable[[], Any]) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return do


@pytest.fixture
def site(site_tree: SiteTree, case: CasePage, service: Service) -> CachedSite:
    return CachedSite()


def _new_number() -> None:
    for line in CrisisLine.objects.filter(country="CL"):
        line.number = f"{line.number}0"
        line.save()


def _publish(page: Page, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    if isinstance(page, CasePage):
        reviewed(page)
    page.save_revision().publish()


EVENTS: dict[str, tuple[str, Callable[[SiteTree, CasePage], Any]]] = {
    "publish": ("/casos/no-puedo-dormir/", lambda tree, case: _publish(case, title="Otro título")),
    "publish anew": ("/blog/", lambda tree, case: add_post(tree)),
    "unpublish": ("/casos/", lambda tree, case: case.unpublish()),
    "move": ("/casos/", lambda tree, case: case.move(tree.home, pos="last-child")),
    "slug": ("/casos/", lambda tree, case: _publish(case, slug="otra-direccion")),
    "delete": ("/casos/", lambda tree, case: case.delete()),
    "professional": (
        "/casos/no-puedo-dormir/",
        lambda tree, case: _publish(tree.professional, title="E. R."),
    ),
    "restriction": (
        "/casos/",
        lambda tree, case: PageViewRestriction.objects.create(page=case, restriction_type="login"),
    ),
    "site settings": (
        "/",
        lambda tree, case: SiteSettings.objects.update_or_create(
            site=tree.site, defaults={"exit_url": "https://clima.example/"}
        ),
    ),
    "topic": ("/casos/", lambda tree, case: Topic.objects.create(name="Otro tema", slug="otro")),
    "crisis line": ("/", lambda tree, case: _new_number()),
    "price": ("/orientacion/", lambda tree, case: _new_price()),
}


def _new_price() -> None:
    service = Service.objects.get()
    service.price = 31000
    service.save()


@pytest.mark.parametrize("event", EVENTS)
def test_event_shows_in_the_next_answer_of_every_process(
    site: CachedSite, site_tree: SiteTree, case: CasePage, committed: Committed, event: str
) -> None:
    address, happen = EVENTS[event]
    other_process = CachedSite()
    before = [each.get(address) for each in (site, other_process, site, other_process)][-1]

    committed(lambda: happen(site_tree, case))

    # Through Redis the second one gets what the first one made.
    assert site.get(address).made_anew
    for each in (site, other_process):
        after = each.get(address)
        assert after.body != before.body
        assert each.get(address).body == after.body
        assert not each.get(address).made_anew


def test_redirect_purges(site: CachedSite, committed: Committed) -> None:
    site.get("/")
    committed(lambda: Redirect.add_redirect("/viejo", "/nuevo"))

    assert site.get("/").made_anew


@pytest.mark.parametrize("status", [CommentStatus.APPROVED, CommentStatus.HIDDEN])
def test_moderation_renews_that_page_alone(
    site: CachedSite,
    case: CasePage,
    committed: Committed,
    client_user: User,
    moderator: User,
    status: CommentStatus,
) -> None:
    comment = committed(lambda: post_comment(by=client_user, page=case, body="A mí me sirvió."))
    for address in (case.url, "/casos/", "/"):
        site.get(address)

    committed(lambda: moderate_comment(by=moderator, comment=comment, status=status))

    assert ("A mí me sirvió." in site.get(case.url).text) is (status == CommentStatus.APPROVED)
    assert not site.get("/casos/").made_anew
    assert not site.get("/").made_anew


def test_comment_goes_with_its_author(
    site: CachedSite, case: CasePage, committed: Committed, client_user: User, moderator: User
) -> None:
    comment = post_comment(by=client_user, page=case, body="A mí me sirvió.")
    committed(lambda: moderate_comment(by=moderator, comment=comment, status=CommentStatus.APPROVED))
    assert "A mí me sirvió." in site.get(case.url).text

    committed(client_user.delete)

    assert "A mí me sirvió." not in site.get(case.url).text


def _draft(case: CasePage) -> None:
    case.title = "Un borrador"
    case.save_revision()


NOTHING: dict[str, Callable[[SiteTree, CasePage, User], Any]] = {
    "draft of a live page": lambda tree, case, user: _draft(case),
    "new draft": lambda tree, case, user: add_post(tree, 7, live=False),
    "comment nobody has read": lambda tree, case, user: Comment.objects.create(
        page=case, author=user, pseudonym="P", body="B"
    ),
    "order": lambda tree, case, user: place_order(
        by=user, service=Service.objects.get(), attempt=uuid.uuid4()
    ),
    "person": lambda tree, case, user: user.save(),
    "schedule": lambda tree, case, user: case.save(update_fields=["go_live_at"]),
}


@pytest.mark.parametrize("event", NOTHING)
def test_nothing_else_makes_pages_old(
    site: CachedSite, site_tree: SiteTree, case: CasePage, client_user: User, committed: Committed, event: str
) -> None:
    for address in (case.url, "/"):
        site.get(address)

    committed(lambda: NOTHING[event](site_tree, case, client_user))

    assert not site.get(case.url).made_anew
    assert not site.get("/").made_anew


def test_page_made_while_somebody_published_is_not_kept(site: CachedSite, case: CasePage) -> None:
    make = site._django

    def publishing_meanwhile(environ: Any, start_response: Any) -> Any:
        response = make(environ, start_response)
        generations.generations().purge()
        return response

    site._django = publishing_meanwhile  # type: ignore[assignment]
    site.get(case.url)
    site._django = make

    assert site.get(case.url).made_anew
    assert not site.get(case.url).made_anew


def test_rolled_back_change_purges_nothing(site: CachedSite, case: CasePage, committed: Committed) -> None:
    site.get(case.url)

    def change_and_regret() -> None:
        with transaction.atomic():
            case.title = "Nunca"
            reviewed(case).save()
            transaction.set_rollback(True)

    committed(change_and_regret)

    assert not site.get(case.url).made_anew


def test_page_lives_ten_minutes_at_most(
    site: CachedSite, case: CasePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.get(case.url)
    now = timezone.now().timestamp()

    monkeypatch.setattr("need_site.page_cache.wsgi.time.time", lambda: now + LONGEST_LIFE - 5)
    assert not site.get(case.url).made_anew
    monkeypatch.setattr("need_site.page_cache.wsgi.time.time", lambda: now + LONGEST_LIFE + 5)
    assert site.get(case.url).made_anew


def test_review_that_is_overdue_shows(site: CachedSite, case: CasePage, committed: Committed) -> None:
    site.get(case.url)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    committed(lambda: _publish(case, next_review_on=yesterday))

    assert "ya pasó" in site.get(case.url).text


# --- the marks themselves -------------------------------------------------------------------------
def test_another_process_purges_this_one(settings: Any) -> None:
    marks = generations.generations()
    before, page = marks.stamp("/"), marks.stamp("/casos/a/")
    script = (
        "import django; django.setup();"
        "from django.conf import settings; from pathlib import Path;"
        f"settings.PAGE_CACHE_DIR = Path({str(settings.PAGE_CACHE_DIR)!r});"
        f"settings.CACHES['default']['KEY_PREFIX'] = {settings.CACHES['default']['KEY_PREFIX']!r};"
        "from home.generations import generations; assert generations().purge({path!r})"
    )
    for path, changed in (("/casos/a/", (False, True)), ("*", (True, True))):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        subprocess.run(
            [sys.executable, "-c", script.replace("{path!r}", repr(path))], check=True, env=environment
        )
        now = marks.stamp("/"), marks.stamp("/casos/a/")
        assert (now[0] != before, now[1] != page) == changed
        before, page = now


def test_marks_on_one_machine_stay_a_small_file(tmp_path: Path) -> None:
    marks = generations.LocalGenerations(tmp_path / "marks")
    reader = generations.LocalGenerations(tmp_path / "marks")
    seen = set()
    for number in range(4000):
        marks.purge(f"/casos/un-caso-cualquiera-{number}/")
        seen.add(reader.stamp(f"/casos/un-caso-cualquiera-{number}/"))

    assert (tmp_path / "marks").stat().st_size <= generations.LARGEST_FILE + 100
    assert len(list(tmp_path.iterdir())) == 1
    assert len(seen) == 4000


def test_marks_that_cannot_be_read_keep_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    marks = generations.LocalGenerations(tmp_path / "file" / "marks")

    assert marks.stamp("/") == ""
    assert not marks.purge()


def test_what_pages_share_is_made_once_until_a_purge(committed: Committed) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [remember("x", make), remember("x", make)] == [1, 1]
    committed(purge_pages)
    assert remember("x", make) == 2


# --- without Redis --------------------------------------------------------------------------------
@pytest.fixture
def redis_gone(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def test_pages_are_served_while_redis_is_gone(redis_gone: None, site: CachedSite, case: CasePage) -> None:
    for _ in range(3):
        answer = site.get(case.url, accept_encoding="br")
        assert (answer.status, answer.made_anew) == (200, True)
    site.views.flush()


def test_purge_that_redis_did_not_hear_is_tried_again(
    redis_gone: None, settings: Any, site: CachedSite, committed: Committed
) -> None:
    from home.jobs import CacheUnreachable
    from home.jobs import purge_pages as again

    waiting = OrmQ.objects.count()
    committed(purge_pages)

    assert OrmQ.objects.count() == waiting + 1
    with pytest.raises(CacheUnreachable):
        again()
    settings.REDIS_URL = ""
    again()
    again()


@pytest.mark.parametrize("event", ["unpublish", "move", "delete"])
def test_what_leaves_the_site_is_purged_by_the_queue_too(
    site: CachedSite, site_tree: SiteTree, case: CasePage, event: str
) -> None:
    OrmQ.objects.all().delete()

    EVENTS[event][1](site_tree, case)

    # Stored with the change itself: a process that dies after the commit leaves the work behind.
    assert "home.jobs.purge_pages" in [job.func() for job in OrmQ.objects.all()]
