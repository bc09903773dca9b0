"""What is due is published and what has ended taken down, each page for itself."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from casestudies.jobs import publish_due
from casestudies.models import CasePage, WithdrawnAddress
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db


def due(page: Page, minutes_ago: int) -> None:
    page.save_revision()
    then = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=then)


def test_page_that_is_refused_holds_up_no_other(
    make_case: MakeCase, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    refused, whole = make_case("uno", live=False), make_case("dos", live=False)
    due(refused, 5)
    due(whole, 1)
    WithdrawnAddress.objects.create(slug="uno")

    assert publish_due() == 1

    assert client.get("/casos/dos/").status_code == 200
    assert not CasePage.objects.get(pk=refused.pk).live
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    told = [each.getMessage() for each in caplog.records if each.name == "casestudies.jobs"]
    assert told == [f"A schedule was not kept: page {refused.pk}, ValidationError"]


def test_page_that_fails_otherwise_is_tried_again(make_case: MakeCase) -> None:
    broken, whole = make_case("uno", live=False), make_case("dos", live=False)
    due(broken, 5)
    due(whole, 1)
    Revision.objects.filter(pk=broken.latest_revision_id).update(content={"pk": broken.pk, "turns": 7})

    assert publish_due() == 1

    assert CasePage.objects.get(pk=whole.pk).live
    assert Revision.objects.filter(approved_go_live_at__isnull=False).get().pk == broken.latest_revision_id


def test_page_that_cannot_be_taken_down_holds_up_no_other(make_case: MakeCase) -> None:
    ended = timezone.now() - datetime.timedelta(minutes=1)
    stuck, whole = make_case("uno"), make_case("dos")
    Page.objects.filter(pk__in=[stuck.pk, whole.pk]).update(expire_at=ended)
    CasePage.objects.filter(pk=stuck.pk).update(turns="[7]")

    assert publish_due() == 1

    assert Page.objects.get(pk=stuck.pk).live
    assert not Page.objects.get(pk=whole.pk).live
