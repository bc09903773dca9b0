"""A case exists once: a copy would carry no consent, and would outlive its withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from casestudies.actions.withdrawing import withdraw_case
from casestudies.models import CasePage, CopyRefused
from home.models import User
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
REASON = "Un caso no se copia"


def by_copy(case: CasePage) -> None:
    case.copy(update_attrs={"slug": "copia"}, keep_live=True)


def by_draft_copy(case: CasePage) -> None:
    case.copy(update_attrs={"slug": "copia"}, keep_live=False)


def by_bare_copy(case: CasePage) -> None:
    Page.objects.get(pk=case.pk).copy(update_attrs={"slug": "copia"})


def by_alias(case: CasePage) -> None:
    case.create_alias(update_slug="copia")


def by_translation(case: CasePage) -> None:
    locale = Locale.objects.create(language_code="en")
    case.copy_for_translation(locale, copy_parents=True)


def by_alias_of_the_library(case: CasePage) -> None:
    case.get_parent().specific.create_alias(recursive=True, update_slug="copia")


def by_new_page_that_follows(case: CasePage) -> None:
    new = CasePage(title="Nueva", slug="copia", summary="Resumen.", age_band="25-34", country="CL")
    new.live, new.alias_of = False, case.page_ptr
    case.get_parent().add_child(instance=new)


ROUTES = [
    *(by_copy, by_draft_copy, by_bare_copy, by_alias, by_translation, by_alias_of_the_library),
    by_new_page_that_follows,
]


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("route", ROUTES)
def test_case_is_not_copied_by_any_route_in_code(
    route: Callable[[CasePage], None], live: bool, make_case: MakeCase
) -> None:
    case = make_case(live=live)
    case.save_revision()

    with pytest.raises(CopyRefused, match=REASON):
        route(case)

    assert CasePage.objects.count() == 1


COPY_FORM = {"new_title": "Copia", "new_slug": "copia"}
BACK_OFFICE: dict[str, tuple[str, dict[str, Any]]] = {
    "copy": ("/admin/pages/{}/copy/", COPY_FORM),
    "copy that stays live": ("/admin/pages/{}/copy/", COPY_FORM | {"publish_copies": "on"}),
    "alias": ("/admin/pages/{}/copy/", COPY_FORM | {"alias": "on"}),
    "API's copy": ("/admin/api/main/pages/{}/action/copy/", {"slug": "copia", "keep_live": "true"}),
    "API's alias": ("/admin/api/main/pages/{}/action/create_alias/", {"update_slug": "copia"}),
}


@pytest.mark.parametrize("route", BACK_OFFICE)
def test_back_office_refuses_to_copy_a_case(
    route: str, case: CasePage, site_tree: SiteTree, administrator: User, client: Client
) -> None:
    client.force_login(administrator)
    address, data = BACK_OFFICE[route]

    answer = client.post(
        address.format(case.pk), {"new_parent_page": site_tree.cases.pk, **data}, follow=True
    )

    assert answer.status_code == (403 if "API" in route else 200), answer.content
    assert CasePage.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["/admin/pages/{case}/edit/", "/admin/pages/{case}/history/", "/admin/pages/{library}/"]
)
def test_back_office_offers_no_copy_of_a_case(
    address: str, case: CasePage, site_tree: SiteTree, administrator: User, client: Client
) -> None:
    client.force_login(administrator)

    page = client.get(address.format(case=case.pk, library=site_tree.cases.pk)).content.decode()

    assert f"/admin/pages/{case.pk}/" in page
    assert f"/admin/pages/{case.pk}/copy/" not in page


def test_pages_above_cases_are_not_copied_with_them(
    case: CasePage, site_tree: SiteTree, administrator: User, client: Client
) -> None:
    home = site_tree.cases.get_parent()
    form = COPY_FORM | {"new_parent_page": home.get_parent().pk, "copy_subpages": "on"}
    client.force_login(administrator)

    answer = client.post(f"/admin/pages/{home.pk}/copy/", form, follow=True)

    assert REASON in answer.content.decode()
    assert not Page.objects.filter(slug="copia").exists()


def test_other_pages_are_copied_as_before(
    case: CasePage, post: Page, site_tree: SiteTree, administrator: User, client: Client
) -> None:
    client.force_login(administrator)

    client.post(f"/admin/pages/{post.pk}/copy/", COPY_FORM | {"new_parent_page": site_tree.blog.pk})

    assert Page.objects.filter(slug="copia").exists()


def test_alias_from_before_is_withdrawn_with_its_case(make_case: MakeCase, client: Client) -> None:
    case, alias = make_case("original"), make_case("copia-de-antes")
    CasePage.objects.filter(pk=alias.pk).update(alias_of=case.pk)

    withdraw_case(by=None, case=case)

    assert client.get("/casos/copia-de-antes/").status_code == 410
    assert not CasePage.objects.exists()
