"""Who may change what of another account: nothing that would let them sign in as somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import ModelLogEntry

from home import permissions
from home.models import User
from tests.fixtures.people import PASSWORD, make_person
from tests.home.test_signing_in import sign_in

pytestmark = pytest.mark.django_db
STOLEN = {"password1": "una-clave-robada-1", "password2": "una-clave-robada-1"}


@pytest.fixture(params=["administrator by group", "superuser"])
def by(request: pytest.FixtureRequest, administrator: User) -> User:
    administrator.is_superuser = request.param == "superuser"
    administrator.save()
    return administrator


@pytest.fixture
def office(client: Client, by: User) -> Client:
    client.force_login(by)
    return client


def group(name: str) -> str:
    return str(Group.objects.get(name=name).pk)


def edit(office: Client, person: User, **fields: Any) -> Any:
    kept = {"email": person.email, "first_name": "", "last_name": "", "is_active": "on"}
    return office.post(f"/admin/users/edit/{person.pk}/", {**kept, **fields})


def names(person: User) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


@pytest.mark.parametrize("whose", ["client_user", "psychologist", "administrator"])
def test_email_and_password_of_an_account_are_its_owners(
    office: Client, request: pytest.FixtureRequest, whose: str
) -> None:
    person: User = request.getfixturevalue(whose)
    email = person.email

    edit(office, person, email="intruso@example.com", first_name="N", last_name="N", **STOLEN)

    person.refresh_from_db()
    assert person.first_name == "N", "the form was taken"
    assert person.email == email
    assert person.check_password(PASSWORD)
    page = office.get(f"/admin/users/edit/{person.pk}/").content.decode()
    assert "password" not in page


def test_nobody_gives_themselves_a_group(office: Client, by: User) -> None:
    mine = names(by)

    edit(office, by, groups=[group(permissions.PSYCHOLOGISTS)], first_name="Ada", last_name="Nueva")

    by.refresh_from_db()
    assert by.last_name == "Nueva", "the form was taken"
    assert names(by) == mine


def test_nobody_gives_themselves_a_group_among_many(office: Client, by: User, editor: User) -> None:
    address = f"/admin/bulk/home/user/assign_role/?next=/admin/users/&id={by.pk}&id={editor.pk}"

    office.post(address, {"role": group(permissions.PSYCHOLOGISTS)})

    assert permissions.PSYCHOLOGISTS not in names(by)
    assert permissions.PSYCHOLOGISTS in names(editor)
    entry = ModelLogEntry.objects.get(action="home.access")
    assert (entry.object_id, entry.user_id) == (str(editor.pk), by.pk)


def test_group_given_to_another_is_recorded(office: Client, by: User, editor: User) -> None:
    edit(office, editor, groups=[group(permissions.MODERATORS)])

    assert names(editor) == {permissions.MODERATORS}
    entry = ModelLogEntry.objects.get(action="home.access")
    assert (entry.object_id, entry.user_id) == (str(editor.pk), by.pk)
    assert entry.data == {"given": [permissions.MODERATORS], "taken": [permissions.EDITORS]}
    assert entry.message == "Recibió: Moderadores. Perdió: Editores"
    assert "Recibió: Moderadores" in office.get("/admin/reports/site-history/").content.decode()


def test_edit_that_changes_no_access_records_none(office: Client, editor: User) -> None:
    edit(office, editor, groups=[group(permissions.EDITORS)], first_name="Elena")

    editor.refresh_from_db()
    assert editor.first_name == "Elena"
    assert not ModelLogEntry.objects.filter(action="home.access").exists()


def test_account_closed_among_many_is_recorded(office: Client, editor: User) -> None:
    address = f"/admin/bulk/home/user/set_active_state/?next=/admin/users/&id={editor.pk}"

    office.post(address, {"mark_as_active": "False"})

    editor.refresh_from_db()
    assert not editor.is_active
    assert ModelLogEntry.objects.get(action="home.access").data["taken"] == ["Cuenta activa"]


def test_client_is_edited_without_a_name(office: Client, client_user: User) -> None:
    assert edit(office, client_user, is_active="").status_code == 302

    client_user.refresh_from_db()
    assert not client_user.is_active


@pytest.mark.parametrize("by", ["administrator by group"], indirect=True)
def test_administrator_makes_no_superuser(office: Client, by: User, editor: User) -> None:
    edit(office, editor, is_superuser="on", groups=[group(permissions.EDITORS)])
    edit(office, by, is_superuser="on")
    new = {"email": "nueva@example.com", "first_name": "N", "last_name": "N", "is_superuser": "on"}
    office.post("/admin/users/new/", new)

    assert User.objects.filter(email="nueva@example.com").exists()
    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize("by", ["administrator by group"], indirect=True)
def test_administrator_cannot_touch_a_superuser(office: Client, db: None) -> None:
    above = make_person("arriba@example.com", is_superuser=True)

    answer = edit(office, above, is_active="")
    office.post(
        f"/admin/bulk/home/user/set_active_state/?next=/admin/users/&id={above.pk}",
        {"mark_as_active": "False"},
    )

    above.refresh_from_db()
    assert answer.url == "/admin/", "refused, as Wagtail refuses"
    assert above.is_active


def test_account_cannot_be_copied(office: Client, client_user: User) -> None:
    assert office.get(f"/admin/users/copy/{client_user.pk}/").status_code == 404


def test_existing_email_makes_no_second_account(office: Client, client_user: User) -> None:
    office.post(
        "/admin/users/new/", {"email": client_user.email.upper(), "first_name": "N", "last_name": "N"}
    )

    assert User.objects.filter(email__iexact=client_user.email).count() == 1


def test_new_member_chooses_a_password_by_email_and_gets_in(
    office: Client, by: User, link_in_mail: Callable[[], str]
) -> None:
    new = {"email": "Nueva.Psicologa@example.com", "first_name": "Nora", "last_name": "Nueva", **STOLEN}
    office.post("/admin/users/new/", {**new, "groups": [group(permissions.PSYCHOLOGISTS)]})
    person = User.objects.get(email="nueva.psicologa@example.com")
    assert ModelLogEntry.objects.get(action="home.access").data["given"] == ["Cuenta activa", "Psicólogos"]
    assert not person.has_usable_password()

    herself = Client()
    herself.post("/cuenta/clave/recuperar/", {"email": person.email})
    form = herself.get(link_in_mail()).url
    herself.post(form, {"password1": "una-clave-propia-77", "password2": "una-clave-propia-77"})
    sign_in(herself, person.email, "una-clave-propia-77")
    herself.post(link_in_mail())
    sign_in(herself, person.email, "una-clave-propia-77")

    assert herself.get("/profesional/").status_code == 200
