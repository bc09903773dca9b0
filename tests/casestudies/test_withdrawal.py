"""A withdrawn case is gone at once, from everywhere, for good."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from casestudies.actions.withdrawing import withdraw_case
from casestudies.models import CasePage, WithdrawnAddress
from home.models.sitemap_section import PAGES_A_SECTION
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn(make_case: MakeCase) -> CasePage:
    make_case("otro-caso")
    case = make_case("retirado", title="Un caso que se retira")
    case.save_revision()
    Redirect.add_redirect("/casos/antes-se-llamaba/", redirect_to=case)
    withdraw_case(by=None, case=case)
    return case


@pytest.mark.parametrize("slug", ["retirado", "antes-se-llamaba"])
def test_address_of_a_withdrawn_case_answers_410(slug: str, withdrawn: CasePage, client: Client) -> None:
    answer = client.get(f"/casos/{slug}/")

    assert answer.status_code == 410
    assert "Este caso ya no está" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/casos/",
        "/buscar/?q=no puedo dormir",
        "/casos/feed/",
        "/sitemap-paginas-{}.xml",
        "/api/v2/pages/?limit=50",
    ],
)
def test_withdrawn_case_is_listed_nowhere(address: str, withdrawn: CasePage, client: Client) -> None:
    standing = CasePage.objects.get(slug="otro-caso")
    page = client.get(address.format(standing.pk // PAGES_A_SECTION), follow=True).content.decode()

    assert "otro-caso" in page
    assert "retirado" not in page
    assert "Un caso que se retira" not in page


def test_no_version_of_a_withdrawn_case_remains(withdrawn: CasePage) -> None:
    assert not Revision.objects.filter(object_id=str(withdrawn.pk)).exists()
    assert not CasePage.objects.filter(slug="retirado").exists()


def test_address_of_a_withdrawn_case_is_not_given_again(withdrawn: CasePage, make_case: MakeCase) -> None:
    with pytest.raises(ValidationError, match="se retiró"):
        make_case("retirado")


def test_withdrawal_leaves_a_former_address_to_the_case_that_bears_it_now(make_case: MakeCase) -> None:
    first = make_case("duelo-antiguo")
    Redirect.add_redirect("/casos/duelo/", redirect_to=first)
    second = make_case("duelo")

    withdraw_case(by=None, case=first)

    second.full_clean()
    assert not WithdrawnAddress.objects.filter(slug="duelo").exists()
    assert WithdrawnAddress.objects.filter(slug="duelo-antiguo").exists()


def test_withdrawing_twice_changes_nothing(make_case: MakeCase) -> None:
    case = make_case("dos-veces")
    WithdrawnAddress.objects.create(slug="dos-veces")

    withdraw_case(by=None, case=case)

    assert WithdrawnAddress.objects.count() == 1
