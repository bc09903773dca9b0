"""Publishing a case while its person takes it back. Only PostgreSQL lets two write at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import ModelSignal, pre_delete, pre_save
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from casestudies.actions.publishing import PublicationRefused
from casestudies.models import CasePage
from consultations.actions.case_drafts import approve_case, case_of, digest_of, prepare_case
from consultations.actions.consultations import change_publication_wish
from consultations.enums import PublicationWish
from consultations.models import Consultation
from home.models import User
from tests.fixtures.pages import SiteTree, reviewed

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer at a time"
    ),
]
# Long enough for the other to come as far as it can, short enough to wait for.
A_MOMENT = 1.0


@pytest.fixture
def approved(
    closed_consultation: Consultation, psychologist: User, editor: User, site_tree: SiteTree
) -> Revision:
    """The version of a case that its client approved, ready to be published."""
    client, consultation = closed_consultation.client, closed_consultation
    change_publication_wish(by=client, consultation=consultation, wish=PublicationWish.YES)
    page = prepare_case(by=psychologist, consultation=consultation)
    page.turns = [("turn", {"kind": "consultation", "text": "No duermo y repaso el día."})]
    page.title, page.summary, page.age_band = "No puedo dormir", "No duermo.", "25-34"
    page.author = page.reviewer = site_tree.professional
    page.reviewed_on = timezone.localdate()
    # With its title comes its address, which the review and the client then see.
    draft = page.save_revision(user=editor).as_object()
    version = reviewed(draft).save_revision(user=editor)
    source = case_of(consultation)
    assert source is not None
    approve_case(by=client, consultation=consultation, seen=digest_of(source))
    return version


@contextmanager
def stopped_at(signal: ModelSignal, version: Revision) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Whoever sends `signal` for the case first waits there, after the gate: "is there" and "go on"."""
    there, go_on = threading.Event(), threading.Event()

    def stop(instance: CasePage, **kwargs: Any) -> None:
        if str(instance.pk) == str(version.object_id) and not there.is_set():
            there.set()
            go_on.wait(20)

    signal.connect(stop, sender=CasePage)
    try:
        yield there, go_on
    finally:
        go_on.set()
        signal.disconnect(stop, sender=CasePage)


def on_its_own(act: Callable[[], object]) -> object:
    """What `act` gives or raises, on a connection of its own."""
    try:
        return act()
    except Exception as error:
        return error
    finally:
        connection.close()


def withdraw(consultation: Consultation) -> None:
    known = Consultation.objects.get(pk=consultation.pk)
    change_publication_wish(by=known.client, consultation=known, wish=PublicationWish.NO)


def second_waits_for_first(
    signal: ModelSignal, version: Revision, first: Callable[[], object], second: Callable[[], object]
) -> tuple[object, object]:
    """Let `second` begin while `first` stands at `signal`; give what both came to."""
    with ThreadPoolExecutor(2) as pool, stopped_at(signal, version) as (there, go_on):
        one: Future[object] = pool.submit(on_its_own, first)
        assert there.wait(10), one.result(10)
        other: Future[object] = pool.submit(on_its_own, second)
        threading.Event().wait(A_MOMENT)
        waited = not other.done()
        go_on.set()
        results = one.result(30), other.result(30)
    assert waited
    return results


def publishing(version: Revision) -> Callable[[], object]:
    return lambda: Revision.objects.get(pk=version.pk).publish()


def test_withdrawal_waits_for_who_is_publishing_and_takes_it_off(
    approved: Revision, closed_consultation: Consultation, client: Client
) -> None:
    slug = CasePage.objects.get().slug

    _, withdrawn = second_waits_for_first(
        pre_save, approved, publishing(approved), lambda: withdraw(closed_consultation)
    )

    assert withdrawn is None
    assert not CasePage.objects.exists()
    assert client.get(f"/casos/{slug}/").status_code == 410


def test_who_publishes_again_waits_for_a_withdrawal_and_finds_it_gone(
    approved: Revision, closed_consultation: Consultation, client: Client
) -> None:
    slug = CasePage.objects.get().slug
    approved.publish()

    _, published = second_waits_for_first(
        pre_save, approved, lambda: withdraw(closed_consultation), publishing(approved)
    )

    assert isinstance(published, PublicationRefused)
    assert "ya no existe" in published.missing[0]
    assert not CasePage.objects.exists()
    assert client.get(f"/casos/{slug}/").status_code == 410


def test_draft_that_is_saved_during_a_withdrawal_leaves_no_version(
    approved: Revision, closed_consultation: Consultation, editor: User
) -> None:
    page = CasePage.objects.get()

    _, saved = second_waits_for_first(
        pre_delete,
        approved,
        lambda: withdraw(closed_consultation),
        lambda: page.save_revision(user=editor, clean=False),
    )

    assert isinstance(saved, PublicationRefused)
    assert not Revision.objects.filter(object_id=approved.object_id).exists()
