"""From the sign-up form to being signed in, by the link in the e-mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ, Success

from home.models import Consent, TouchpointLog, User

ADDRESS = "nueva@example.com"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
PASSWORD = "tres-naranjas-en-la-mesa"
FORM = {"email": ADDRESS, "password1": PASSWORD, "adult": "on"}

pytestmark = pytest.mark.django_db
Link = Callable[[], str]


def sign_up(client: Client, *, following: str = "", **changes: str) -> Any:
    data = {**FORM, **changes} | ({"next": following} if following else {})
    return client.post(reverse("account_signup"), {key: value for key, value in data.items() if value})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_up_by_link_signs_the_person_in_and_shows_their_page(client: Client, link_in_mail: Link) -> None:
    answer = sign_up(client, country="PE")

    assert answer.url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    confirmation = link_in_mail()
    assert mail.outbox[-1].to == [ADDRESS]
    assert client.post(confirmation).url == reverse("home:account")
    assert is_signed_in(client)
    person = User.objects.get(email=ADDRESS)
    assert person.country == "PE"
    assert person.get_short_name() == person.pseudonym
    assert person.pseudonym in client.get(reverse("home:account")).content.decode()


def test_opening_the_link_alone_confirms_nothing(client: Client, link_in_mail: Link) -> None:
    # Mail programs open links to look at them.
    sign_up(client)

    assert client.get(link_in_mail()).status_code == 200
    assert not EmailAddress.objects.get(email=ADDRESS).verified


def test_sign_up_on_the_way_to_buy_goes_on_to_buy(client: Client, link_in_mail: Link) -> None:
    sign_up(client, following="/consultas/nueva/")

    assert client.post(link_in_mail()).url == "/consultas/nueva/"


def test_sign_up_never_leads_to_another_site(client: Client, link_in_mail: Link) -> None:
    sign_up(client, following="https://example.org/")

    assert client.post(link_in_mail()).url == reverse("home:account")


def test_link_opened_in_another_browser_confirms_without_signing_in(
    client: Client, link_in_mail: Link
) -> None:
    sign_up(client)
    elsewhere = Client()

    answer = elsewhere.post(link_in_mail())

    assert answer.url == reverse("account_login")
    assert not is_signed_in(elsewhere)
    assert EmailAddress.objects.get(email=ADDRESS).verified


def test_sign_up_asks_for_being_of_age_and_for_nothing_about_attention(client: Client) -> None:
    answer = sign_up(client, adult="")

    assert "18 años" in answer.context["form"].errors["adult"][0]
    assert not User.objects.exists()
    assert set(answer.context["form"].fields) == {"email", "password1", "country", "adult"}
    sign_up(client)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("password", ["corta", "1234567890123", "contraseña", ""])
def test_sign_up_refuses_a_weak_password_next_to_the_field(client: Client, password: str) -> None:
    if password == "contraseña":
        password = "password123"
    answer = sign_up(client, password1=password)

    assert list(answer.context["form"].errors) == ["password1"]
    assert not User.objects.exists()


def test_sign_up_with_a_taken_address_answers_the_same(
    client: Client, client_user: User, run_jobs: Callable[[], list[str]]
) -> None:
    fresh, taken = Client(), client
    first = sign_up(fresh)
    second = sign_up(taken, email=client_user.email)

    assert (second.status_code, second.url) == (first.status_code, first.url)
    pages = [TOKEN.sub("", each.get(first.url).content.decode()) for each in (fresh, taken)]
    assert pages[0] == pages[1]
    run_jobs()
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([ADDRESS], "Confirma tu correo"),
        ([client_user.email], "Ya tienes una cuenta"),
    ]


def test_sign_up_is_one_touchpoint(client: Client) -> None:
    sign_up(client)

    assert list(TouchpointLog.objects.values_list("name", flat=True)) == ["signed_up"]


def test_the_queue_keeps_no_address_once_the_mail_is_sent(client: Client, link_in_mail: Link) -> None:
    sign_up(client)
    link_in_mail()

    assert not OrmQ.objects.exists()
    assert not Success.objects.exists()


def test_account_mail_has_text_and_html_and_names_nothing_of_health(
    client: Client, link_in_mail: Link
) -> None:
    sign_up(client)
    link = link_in_mail()
    message = mail.outbox[0]
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]

    assert link in message.body
    assert link in html
    for word in ("psicol", "consulta", "terapia", "ánimo"):
        assert word not in (message.subject + message.body + html).lower()


def test_show_password_needs_no_script(client: Client) -> None:
    hidden = client.get(reverse("account_signup"), {"next": "/consultas/nueva/"}).content.decode()
    assert 'type="password"' in hidden
    assert 'href="?next=%2Fconsultas%2Fnueva%2F&amp;clave=visible"' in hidden

    shown = client.get(reverse("account_signup"), {"clave": "visible"}).content.decode()
    assert 'type="password"' not in shown


SENT_BEFORE = "todavía no enviamos otro correo"


def test_link_asked_for_within_three_minutes_is_not_said_to_be_sent(
    client: Client, client_user: User, settings: Any, run_jobs: Callable[[], list[str]]
) -> None:
    settings.RATELIMIT_ENABLE = True
    pages = []
    for address in (ADDRESS, client_user.email):
        browser = Client()
        first = sign_up(browser, email=address)
        assert SENT_BEFORE not in browser.get(first.url).content.decode()
        again = sign_up(browser, email=address)
        pages.append(browser.get(again.url).content.decode())
    # Whether the address has an account shows in neither.
    assert [SENT_BEFORE in page for page in pages] == [True, True]
    run_jobs()
    assert len(mail.outbox) == 2


def test_unverified_sign_in_within_three_minutes_says_so_too(client: Client) -> None:
    sign_up(client)
    answer = client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD}, follow=True)
    assert SENT_BEFORE in answer.content.decode()


def test_link_is_sent_again_when_the_wait_is_over(
    client: Client, run_jobs: Callable[[], list[str]], empty_cache: Callable[[], None]
) -> None:
    again = reverse("account_send_verification_again")
    page = client.get(sign_up(client).url).content.decode()
    assert "Enviar otra vez" in page
    assert f'action="{again}"' in page
    assert SENT_BEFORE in client.post(again, follow=True).content.decode()
    empty_cache()  # three minutes later
    assert SENT_BEFORE not in client.post(again, follow=True).content.decode()
    run_jobs()
    assert [message.to for message in mail.outbox] == [[ADDRESS], [ADDRESS]]


def test_link_is_not_sent_again_to_nobody(client: Client) -> None:
    again = reverse("account_send_verification_again")
    assert client.post(again).url == reverse("account_login")
    assert client.get(again).url == reverse("account_login")
    assert not OrmQ.objects.exists()


def test_who_is_under_age_is_led_to_the_lines(client: Client) -> None:
    page = sign_up(client, adult="").content.decode()
    assert 'en <a href="/ayuda-ahora/">Ayuda ahora</a> hay líneas gratuitas' in page
