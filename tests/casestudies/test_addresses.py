"""The address of a case says no more of anybody than its text."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from casestudies.actions.anonymising import Choice, apply_decisions, decide, groups_of
from casestudies.actions.publishing import missing_for_publication
from casestudies.checking import check_case
from casestudies.enums import Decision
from casestudies.models import CasePage, WithdrawnAddress
from home.models import User
from tests.casestudies.conftest import MakeCase
from tests.casestudies.editing import editing_form
from tests.fixtures.pages import reviewed

pytestmark = pytest.mark.django_db
NAMING = "lo-de-camila-soto"


@pytest.fixture
def named(make_case: MakeCase, editor: User) -> CasePage:
    """A draft that was titled, and so addressed, with a name."""
    case = make_case(NAMING, title="Lo de Camila Soto", summary="Resumen.", live=False, owner=editor)
    case.save_revision(user=editor)
    return case


def anonymise(case: CasePage, editor: User) -> CasePage:
    groups = groups_of(check_case(case.get_latest_revision_as_object()))
    choices = [Choice(each, Decision.REPLACE, replacement="una amiga") for each in groups]
    decide(by=editor, case=case, choices=choices)
    return reviewed(apply_decisions(by=editor, case=case))


def test_gate_finds_a_name_in_the_address(make_case: MakeCase) -> None:
    case = make_case("camila-soto-no-duerme", title="No duermo", summary="Resumen.", live=False)

    assert missing_for_publication(case) == ["El anonimizador tiene un hallazgo sin resolver."]


def test_draft_is_addressed_by_its_anonymised_title(named: CasePage, editor: User, client: Client) -> None:
    draft = anonymise(named, editor)

    assert (draft.title, draft.slug) == ("Lo de una amiga", "lo-de-una-amiga")
    draft.get_latest_revision().publish()
    assert client.get("/casos/lo-de-una-amiga/").status_code == 200
    assert client.get(f"/casos/{NAMING}/").status_code == 404


def test_old_address_of_a_draft_stays_nowhere(
    named: CasePage, editor: User, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        anonymise(named, editor).get_latest_revision().publish()

    assert not Redirect.objects.exists()
    assert not CasePage.objects.filter(url_path__contains="camila").exists()


def test_address_changed_by_hand_before_publishing_leaves_no_redirect(
    named: CasePage, editor: User, django_capture_on_commit_callbacks: object
) -> None:
    named.title, named.slug = "No duermo", "no-duermo"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        reviewed(named).save_revision(user=editor).publish()

    assert CasePage.objects.get(pk=named.pk).url_path.endswith("/no-duermo/")
    assert not Redirect.objects.exists()


def test_proposed_address_is_free(named: CasePage, make_case: MakeCase, editor: User) -> None:
    make_case("lo-de-una-amiga")
    WithdrawnAddress.objects.create(slug="lo-de-una-amiga-1")

    assert anonymise(named, editor).slug == "lo-de-una-amiga-2"


def test_address_that_readers_know_stays(make_case: MakeCase, editor: User) -> None:
    case = make_case("lo-de-la-noche", owner=editor)
    case.takeaways = "Escribe a camila.soto@example.com."
    case.save_revision(user=editor)

    assert anonymise(case, editor).slug == "lo-de-la-noche"


def test_name_in_a_known_address_is_replaced_as_decided(make_case: MakeCase, editor: User) -> None:
    case = make_case("lo-de-la-noche", title="No duermo", owner=editor)
    CasePage.objects.filter(pk=case.pk).update(slug="camila-no-duerme")
    case.refresh_from_db()
    case.save_revision(user=editor)

    assert anonymise(case, editor).slug == "una-amiga-no-duerme"


@pytest.fixture
def naming(make_case: MakeCase) -> CasePage:
    """A published case whose address names somebody: nobody noticed."""
    case = make_case("lo-de-la-noche", title="No duermo")
    CasePage.objects.filter(pk=case.pk).update(slug="camila-no-duerme", first_published_at=timezone.now())
    case = CasePage.objects.get(pk=case.pk)
    case.set_url_path(case.get_parent())
    CasePage.objects.filter(pk=case.pk).update(url_path=case.url_path)
    case.save_revision()
    return case


def redirects(client: Client) -> str:
    return client.get("/api/v2/redirects/").content.decode()


def test_published_address_that_named_somebody_is_left_for_good(
    naming: CasePage, editor: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(naming, editor).get_latest_revision().publish()

    assert client.get("/casos/una-amiga-no-duerme/").status_code == 200
    assert client.get("/casos/camila-no-duerme/").status_code == 410
    assert "camila" not in redirects(client)
    assert WithdrawnAddress.objects.filter(slug="camila-no-duerme").exists()


def test_older_redirect_from_a_name_goes_with_the_next_publication(
    naming: CasePage, editor: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    harmless = Redirect.add_redirect("/casos/no-duermo", redirect_to=naming)
    Redirect.add_redirect("/casos/lo-de-camila-soto", redirect_to=naming)

    with django_capture_on_commit_callbacks(execute=True):
        anonymise(naming, editor).get_latest_revision().publish()

    assert list(Redirect.objects.all()) == [harmless]
    assert client.get("/casos/lo-de-camila-soto/").status_code == 410


def test_address_of_a_draft_changed_in_its_form_leaves_no_redirect(
    named: CasePage, editor: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(editor)
    form = editing_form(named) | {"title": "No duermo", "slug": "no-duermo"}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/pages/{named.pk}/edit/", form)

    assert CasePage.objects.get(pk=named.pk).slug == "no-duermo"
    assert not Redirect.objects.exists()


def test_address_of_a_case_taken_off_is_left_for_good_too(
    naming: CasePage, editor: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    naming.unpublish()
    client.force_login(editor)
    form = editing_form(CasePage.objects.get(pk=naming.pk)) | {"slug": "no-duermo"}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/pages/{naming.pk}/edit/", form)

    assert not Redirect.objects.exists()
    assert client.get("/casos/camila-no-duerme/").status_code == 410
