"""The second step at sign-in: setting it up, being asked for it, and who must have it."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from home.models import User
from tests.fixtures.people import PASSWORD
from tests.home.test_signing_in import assert_ours, sign_in

pytestmark = pytest.mark.django_db
ACTIVATE = "/cuenta/seguridad/aplicacion/activar/"


def code_for(secret: str) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time()))))


def ask_to_activate(client: Client, person: User) -> Any:
    """Sign `person` in, who is asked for the password again before anything about security changes."""
    sign_in(client, person.email)
    confirm = client.get(ACTIVATE).url
    assert confirm.startswith("/cuenta/confirmar-clave/")
    return client.post(confirm, {"password": PASSWORD}, follow=True)


def activate(client: Client, person: User) -> str:
    """Sign `person` in and turn the second step on; give the secret."""
    page = ask_to_activate(client, person)
    secret: str = page.context["form"].secret
    client.post(ACTIVATE, {"code": code_for(secret)})
    return secret


def test_activating_shows_a_drawing_that_the_policy_allows(client: Client, client_user: User) -> None:
    answer = ask_to_activate(client, client_user)

    assert_ours(answer)
    assert 'src="data:image/svg+xml;base64,' in answer.content.decode()
    assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]


def test_activating_gives_recovery_codes(client: Client, client_user: User) -> None:
    activate(client, client_user)

    kinds = Authenticator.objects.filter(user=client_user).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "totp"]
    codes = client.get("/cuenta/seguridad/codigos/")
    assert_ours(codes)
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/cuenta/seguridad/codigos/descargar/").headers["Content-Type"].startswith("text/plain")


def test_second_step_is_asked_for_and_a_wrong_code_stays_out(client: Client, client_user: User) -> None:
    activate(client, client_user)
    elsewhere = Client()
    ask = sign_in(elsewhere, client_user.email).url

    assert ask == "/cuenta/seguridad/ingresar/"
    assert_ours(elsewhere.get(ask))
    assert "no es correcto" in elsewhere.post(ask, {"code": "000000"}).content.decode()
    assert "_auth_user_id" not in elsewhere.session


def test_secret_is_encrypted_at_rest(client: Client, client_user: User) -> None:
    secret = activate(client, client_user)

    stored = Authenticator.objects.filter(user=client_user).values_list("data", flat=True)
    assert secret not in str(list(stored))


def test_recovery_code_opens_once(client: Client, client_user: User) -> None:
    activate(client, client_user)
    code = client.get("/cuenta/seguridad/codigos/").context["unused_codes"][0]

    for expected in (True, False):
        elsewhere = Client()
        ask = sign_in(elsewhere, client_user.email).url
        elsewhere.post(ask, {"code": code})
        assert ("_auth_user_id" in elsewhere.session) is expected


def test_pages_of_the_second_step_are_ours(client: Client, client_user: User) -> None:
    activate(client, client_user)

    for address in ("", "aplicacion/desactivar/", "codigos/", "codigos/nuevos/", "confirmar/"):
        assert_ours(client.get(f"/cuenta/seguridad/{address}"))


@pytest.mark.parametrize("address", ["/profesional/", "/admin/"])
def test_team_must_set_it_up_where_it_is_required(
    client: Client, psychologist: User, settings: Any, address: str
) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    sign_in(client, psychologist.email, PASSWORD)

    assert client.get(address).url == ACTIVATE


def test_clients_are_never_made_to(client: Client, client_user: User, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    sign_in(client, client_user.email)

    assert client.get("/cuenta/").status_code == 200


@pytest.fixture
def required(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


def forget_the_second_step(client: Client) -> None:
    """Leave the session as a password alone would have made it."""
    session = client.session
    session["account_authentication_methods"] = [
        record for record in session["account_authentication_methods"] if record["method"] != "mfa"
    ]
    session.save()


@pytest.mark.parametrize("address", ["/profesional/", "/admin/"])
@pytest.mark.usefixtures("required")
def test_session_that_set_up_the_second_step_has_passed_it(
    client: Client, psychologist: User, address: str
) -> None:
    activate(client, psychologist)

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/profesional/?pagina=2", "/admin/", "/cuenta/seguridad/codigos/"])
@pytest.mark.usefixtures("required")
def test_session_without_the_second_step_is_asked_for_a_code_and_then_goes_on(
    client: Client, psychologist: User, address: str
) -> None:
    secret = activate(client, psychologist)
    forget_the_second_step(client)

    ask = client.get(address).url
    assert ask.startswith("/cuenta/seguridad/confirmar/?next=")
    client.post(ask, {"code": "000000"})
    assert client.get(address).status_code == 302

    assert client.post(ask, {"code": code_for(secret)}).url == address
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("required")
def test_session_without_the_second_step_cannot_turn_it_off(client: Client, psychologist: User) -> None:
    activate(client, psychologist)
    forget_the_second_step(client)

    client.post("/cuenta/seguridad/aplicacion/desactivar/")

    assert Authenticator.objects.filter(user=psychologist, type="totp").exists()


@pytest.mark.usefixtures("required")
def test_signing_in_with_a_code_opens_the_desk(client: Client, psychologist: User) -> None:
    secret = activate(client, psychologist)
    elsewhere = Client()
    ask = sign_in(elsewhere, psychologist.email).url
    elsewhere.post(ask, {"code": code_for(secret)})

    assert elsewhere.get("/profesional/").status_code == 200


@pytest.mark.usefixtures("required")
def test_session_of_no_known_origin_opens_nothing(client: Client, psychologist: User) -> None:
    activate(client, psychologist)
    elsewhere = Client()
    elsewhere.force_login(psychologist)

    assert elsewhere.get("/profesional/").url.startswith("/cuenta/seguridad/confirmar/")
