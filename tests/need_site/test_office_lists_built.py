"""Every page of a back-office list opens with built assets, where a file that nobody installed is an error.

Elsewhere the tests serve files as they are, and any name goes.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from consultations.models import Discount
from home.models import User
from need_site.storage import BuiltStaticFilesStorage
from tests.casestudies.conftest import case, make_case, topic  # noqa: F401
from tests.need_site.test_office_lists_closed import PAGES, lists, rows  # noqa: F401
from tests.surveys.conftest import invitation  # noqa: F401

pytestmark = pytest.mark.django_db


class ManifestOfWhatIsInstalled(BuiltStaticFilesStorage):
    """As production's, which knows the files that were collected and no other; nothing is copied."""

    def load_manifest(self) -> tuple[dict[str, str], str]:
        names = [name for finder in get_finders() for name, _ in finder.list([])]
        return {name: name for name in names}, ""


@pytest.fixture(autouse=True)
def built(settings: Any) -> None:
    here = {"BACKEND": f"{__name__}.{ManifestOfWhatIsInstalled.__name__}"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": here}


def test_file_that_is_not_installed_is_an_error_here() -> None:
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        staticfiles_storage.url("admin/img/icon-yes.svg")


def test_every_list_and_its_pages_open_with_built_assets(
    rows: dict[str, object],  # noqa: F811
    client: Client,
    administrator: User,
) -> None:
    client.force_login(administrator)
    assert set(rows) == lists()
    for each, pk in rows.items():
        page = client.get(f"/admin/{each}/")
        assert (page.status_code, f'data-object-pk="{pk}"' in page.content.decode()) == (200, True), each
        for address in PAGES:
            client.get(f"/admin/{each}/{address.format(pk)}")


def test_list_of_discounts_says_in_words_which_are_on(
    rows: dict[str, object],  # noqa: F811
    client: Client,
    administrator: User,
) -> None:
    client.force_login(administrator)
    for active, word in ((True, "Activo"), (False, "Apagado")):
        Discount.objects.update(active=active)
        cell = client.get("/admin/descuentos/").content.decode().partition('class="field-state')[2]
        assert cell.partition(">")[2].partition("<")[0].strip() == word
