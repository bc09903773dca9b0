"""The address of a case says no more of anybody than its text."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from casestudies.actions.anonymising import Choice, apply_decisions, decide, groups_of
from casestudies.actions.publishing import missing_for_publication
from casestudies.checking import check_case
from casestudies.enums import Decision
from casestudies.models import CasePage, WithdrawnAddress
from home.models import User
from tests.casestudies.conftest import MakeCase

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
    return apply_decisions(by=editor, case=case)


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
        named.save_revision(user=editor).publish()

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
