"""The pages of whoever got the code of a gift: using it, and seeing neither its price nor its buyer."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from consultations.actions.consultations import submit_case
from consultations.actions.gifts import DOES_NOT_WORK, redeem
from consultations.actions.withdrawal import withdraw_gift
from consultations.enums import Money, Status
from consultations.models import Consultation, Gift, Service
from home.models import User
from tests.consultations.browsing import (
    REDEEM,
    address,
    order_page,
    send,
    signed_in,
    text_of,
    use,
    without_tokens,
)
from tests.fixtures.consultations import CASE, pay
from tests.fixtures.offers import buy_gift

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://\S+(/cuenta/verificar/\S+)")


def test_code_survives_signing_up(gift: Gift, service: Service, client: Client, run_jobs: Any) -> None:
    assert "Crear mi cuenta" in text_of(client.get(REDEEM))
    way = client.post(REDEEM, {"code": gift.code.lower(), "way": "signup"})["Location"]
    assert way == "/cuenta/registro/?next=%2Fconsultas%2Fcanjear%2F"
    person = {"email": "nueva@example.com", "password1": "tres-naranjas-en-la-mesa", "adult": "on"}
    client.post(way, {**person, "next": REDEEM})
    run_jobs()
    sent = next(LINK.search(each.body) for each in reversed(mail.outbox) if LINK.search(each.body))
    assert sent is not None
    assert client.post(sent[1])["Location"] == REDEEM
    page = text_of(client.get(REDEEM))
    assert f'value="{gift.code.lower()}"' in page
    opened = client.post(REDEEM, {"code": gift.code.lower(), "agrees": "on"})
    consultation = Consultation.objects.get()
    assert consultation.client.email == "nueva@example.com"
    assert opened["Location"] == address("detail", consultation)
    assert gift.code.lower() not in text_of(client.get(REDEEM))


def test_kept_code_is_no_plain_text_and_in_no_address(gift: Gift, client: Client) -> None:
    answer = client.post(REDEEM, {"code": gift.code, "way": "login"})
    assert answer["Location"] == "/cuenta/ingresar/?next=%2Fconsultas%2Fcanjear%2F"
    kept = Session.objects.get().get_decoded()
    assert gift.code not in str(kept)


def test_redeeming_needs_the_same_consent_as_buying(gift: Gift, other_client: User) -> None:
    browser = signed_in(other_client)
    answer = browser.post(REDEEM, {"code": gift.code})
    assert answer.status_code == 422
    assert "Sin tu acuerdo nadie puede leer" in text_of(answer)
    assert f'value="{gift.code}"' in text_of(answer)
    assert not Consultation.objects.exists()
    assert use(browser, gift.code)["Location"] == address("detail", Consultation.objects.get())


def test_double_click_opens_one_consultation(gift: Gift, other_client: User) -> None:
    browser = signed_in(other_client)
    assert use(browser, gift.code)["Location"] == use(browser, gift.code)["Location"]
    assert Consultation.objects.count() == 1


def test_code_that_does_not_work_is_said_at_its_field_whatever_the_reason(
    gift: Gift, redeemed: Consultation, colleague: User
) -> None:
    browser = signed_in(colleague)
    pages = []
    for code in (gift.code, "7KQM-2HXA-9TRD-CW4P"):
        refused = use(browser, code)
        assert refused.status_code == 422
        assert DOES_NOT_WORK in text_of(refused)
        assert f'value="{code}"' in text_of(refused)
        pages.append(without_tokens(text_of(refused)).replace(code, ""))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("code", ["", " ", "x" * 5000, "\x00", "ñandú", "🎁" * 16])
def test_any_text_in_the_field_of_the_code_is_answered_at_the_field(code: str, other_client: User) -> None:
    answer = use(signed_in(other_client), code)
    assert answer.status_code == 422
    assert 'id="id_code_error"' in text_of(answer)
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("code", ["", " ", "x" * 5000, "\x00"])
def test_visitor_hears_at_the_field_of_a_text_that_cannot_be_kept(code: str, db: None) -> None:
    answer = use(Client(), code, way="signup")
    assert answer.status_code == 422
    assert 'id="id_code_error"' in text_of(answer)


@pytest.mark.parametrize("code", ["ñandú", "🎁" * 16, "7KQM-2HXA-9TRD-CW4P\x00"])
def test_any_other_text_of_a_visitor_waits_for_them_as_they_typed_it(code: str, db: None) -> None:
    browser = Client()
    assert use(browser, code, way="signup")["Location"].startswith("/cuenta/registro/")
    assert f'value="{code.replace(chr(0), "")}"' in text_of(browser.get(REDEEM))


@pytest.mark.parametrize("sent", [{"agrees": "on"}, {"way": "login"}])
def test_client_whose_session_ended_is_sent_to_sign_in_and_not_to_sign_up(
    sent: dict[str, str], gift: Gift
) -> None:
    answer = Client().post(REDEEM, {"code": gift.code, **sent})
    assert answer["Location"] == "/cuenta/ingresar/?next=%2Fconsultas%2Fcanjear%2F"


def test_visitor_who_sends_too_much_is_told_to_wait_and_keeps_what_they_typed(
    gift: Gift, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATELIMIT_ENABLE = True
    monkeypatch.setattr("consultations.views.access.POSTS_ALLOWED", "1/h")
    browser, form = Client(), {"code": gift.code, "way": "signup"}
    assert browser.post(REDEEM, form).status_code == 302
    answer = browser.post(REDEEM, form)
    assert answer.status_code == 422
    assert "Hubo muchos intentos seguidos" in text_of(answer)
    assert f'value="{gift.code}"' in text_of(answer)


def test_visitor_reads_where_the_code_waits(db: None) -> None:
    assert "Tu código te espera en este navegador." in text_of(Client().get(REDEEM))


def test_recipient_sees_neither_price_nor_order_nor_buyer(
    gift: Gift, redeemed: Consultation, client_user: User
) -> None:
    browser = signed_in(redeemed.client)
    own_order = order_page(redeemed.order)
    assert browser.get(own_order).status_code == 404
    pages = [browser.get(address("detail", redeemed)), browser.get("/consultas/")]
    pages.append(browser.get(address("withdraw", redeemed)))
    send(browser, redeemed)
    pages.append(browser.get(address("detail", redeemed)))
    for each in pages:
        page = text_of(each)
        assert each.status_code == 200
        for hidden in ("CLP", gift.order.reference, client_user.pseudonym, client_user.email, "dinero"):
            assert hidden not in page
    assert "un regalo" not in text_of(pages[1])


def test_recipient_withdraws_and_reads_that_the_code_works_again(redeemed: Consultation) -> None:
    browser = signed_in(redeemed.client)
    page = text_of(browser.post(address("withdraw", redeemed), follow=True))
    assert "Tu código vuelve a servirte" in page
    assert "dinero" not in page
    redeemed.refresh_from_db()
    assert redeemed.status == Status.WITHDRAWN
    assert "Retirada el" in text_of(browser.get("/consultas/"))


def test_paused_recipient_reads_of_no_dispute(gift: Gift, redeemed: Consultation) -> None:
    pay(gift.order, id=77, status="charged_back", status_detail="in_process", date_last_updated=later())
    gift.order.refresh_from_db()
    assert gift.order.money == Money.FROZEN
    page = text_of(signed_in(redeemed.client).get(address("detail", redeemed)))
    assert "Hay un problema administrativo con esta orientación, no tuyo" in page
    for word in ("disputa", "contracargo", "pago", "Mercado Pago"):
        assert word not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_the_same_queries_for_any_number_of_gifts(
    count: int, psychologist: User, client_user: User, service: Service, django_assert_num_queries: Any
) -> None:
    from tests.fixtures.people import make_person

    for number in range(count):
        gift = buy_gift(client_user, service)
        opened = redeem(by=make_person(f"r{number}@example.com"), code=gift.code)
        submit_case(by=opened.client, consultation=opened, content=dict(CASE), mood=None)
    browser = signed_in(psychologist)
    browser.get("/profesional/")
    with django_assert_num_queries(13):
        browser.get("/profesional/")


def test_withdrawn_gift_opens_nothing_for_whoever_has_its_code(
    gift: Gift, client_user: User, other_client: User
) -> None:
    withdraw_gift(by=client_user, order=gift.order)
    for browser in (signed_in(client_user), signed_in(other_client)):
        answer = use(browser, gift.code)
        assert answer.status_code == 422
        assert "no se puede usar" in text_of(answer)
    assert not Consultation.objects.exists()


def test_code_that_a_visitor_kept_is_dead_once_the_gift_is_withdrawn(
    gift: Gift, client_user: User, other_client: User
) -> None:
    browser = Client()
    browser.post(REDEEM, {"code": gift.code, "way": "login"})
    withdraw_gift(by=client_user, order=gift.order)
    browser.force_login(other_client)
    assert f'value="{gift.code}"' in text_of(browser.get(REDEEM))
    assert "no se puede usar" in text_of(use(browser, gift.code))
    assert not Consultation.objects.exists()


def later() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(minutes=1)
