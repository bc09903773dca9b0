"""The pages of a gift: what its buyer sees, what its recipient sees, and that neither sees the other."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions.consultations import answer, submit_case, take
from consultations.actions.gifts import DOES_NOT_WORK, redeem
from consultations.actions.withdrawal import withdraw_gift
from consultations.enums import Money, Status
from consultations.models import Consultation, Gift, Order, Refund, Service
from home.models import User
from tests.consultations.browsing import address, form_for, order_page, send, signed_in, text_of
from tests.fixtures.consultations import CASE, ORIENTATION, pay
from tests.fixtures.offers import buy_gift
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
GIVE, REDEEM = "/consultas/regalar/", "/consultas/canjear/"
LINK = re.compile(r"http://\S+(/cuenta/verificar/\S+)")


def end_gift(gift: Gift) -> str:
    return reverse("consultations:withdraw_gift", args=[gift.order.return_token])


def use(browser: Client, code: str, **fields: str) -> Any:
    return browser.post(REDEEM, {"code": code, "agrees": "on", **fields})


# --- the buyer ------------------------------------------------------------------------------------
def test_gift_is_bought_like_anything_else(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    browser = signed_in(client_user)
    page = text_of(browser.get(GIVE))
    assert "$25.000 CLP" in page
    assert 'name="agrees"' not in page
    answer = browser.post(GIVE, form_for(service))
    order = Order.objects.get()
    assert answer["Location"] == order.checkout_url
    assert "verás aquí el código de tu regalo" in text_of(browser.get(order_page(order)))
    pay(order)
    page = text_of(browser.get(order_page(order)))
    assert Gift.objects.get().code in page
    assert "Tu regalo está listo" in page


def test_same_form_for_oneself_and_as_a_gift_are_two_orders_told_apart(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    browser = signed_in(client_user)
    browser.post("/consultas/nueva/", form_for(service))
    browser.post(GIVE, form_for(service))
    assert sorted(Order.objects.values_list("kind", flat=True)) == ["gift", "own"]
    assert " · un regalo" in text_of(browser.get("/consultas/"))


@pytest.mark.parametrize("page", [GIVE, REDEEM])
def test_pages_are_not_for_an_unconfirmed_address(page: str, client_user: User, service: Service) -> None:
    EmailAddress.objects.filter(user=client_user).update(verified=False)
    assert signed_in(client_user).get(page)["Location"] == reverse("account_email")


def test_giving_asks_visitors_to_sign_in(client: Client) -> None:
    assert client.get(GIVE)["Location"] == f"/cuenta/ingresar/?next={GIVE}"


def test_ways_to_gifts_stand_where_one_chooses(client_user: User, service: Service, site_tree: Any) -> None:
    for page in ("/orientacion/", "/consultas/nueva/"):
        text = text_of(signed_in(client_user).get(page))
        assert GIVE in text
        assert REDEEM in text


@pytest.mark.parametrize("who", ["other_client", "psychologist", "administrator", None])
def test_code_is_for_the_buyers_eyes_alone(who: str | None, gift: Gift, request: Any) -> None:
    browser = signed_in(request.getfixturevalue(who)) if who else Client()
    page = text_of(browser.get(order_page(gift.order)))
    assert gift.code not in page
    assert gift.order.reference not in page


def test_buyer_sees_that_it_was_used_and_no_more(
    gift: Gift, redeemed: Consultation, client_user: User, psychologist: User
) -> None:
    browser = signed_in(client_user)
    before = text_of(browser.get(order_page(gift.order)))
    submit_case(by=redeemed.client, consultation=redeemed, content=dict(CASE), mood=None)
    take(by=psychologist, consultation=redeemed)
    answer(by=psychologist, consultation=redeemed, text=ORIENTATION, steps=["Uno."])
    after = text_of(browser.get(order_page(gift.order)))
    assert "Tu regalo se usó" in after
    assert without_tokens(before) == without_tokens(after)
    mine = text_of(browser.get("/consultas/"))
    assert "Usado" in mine
    for page in (after, mine):
        assert str(redeemed.pk) not in page
        assert redeemed.client.pseudonym not in page
        assert gift.code not in page
    assert browser.get(address("detail", redeemed)).status_code == 404
    assert browser.get(address("withdraw", redeemed)).status_code == 404


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_any_number_of_gifts(
    count: int, client_user: User, service: Service, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        buy_gift(client_user, service)
    browser = signed_in(client_user)
    browser.get("/consultas/")
    with django_assert_num_queries(9):
        page = text_of(browser.get("/consultas/"))
    assert page.count("Sin usar") == count


def test_buyer_withdraws_with_one_click(gift: Gift, client_user: User) -> None:
    browser = signed_in(client_user)
    page = text_of(browser.get(order_page(gift.order)))
    assert end_gift(gift) in page
    for _ in range(2):
        page = text_of(browser.post(end_gift(gift), follow=True))
    assert "Te estamos devolviendo tu dinero" in page
    assert gift.code not in page
    assert Refund.objects.count() == 1


def test_withdrawing_too_late_says_why(gift: Gift, redeemed: Consultation, client_user: User) -> None:
    browser = signed_in(client_user)
    assert end_gift(gift) not in text_of(browser.get(order_page(gift.order)))
    assert "El código ya se usó" in text_of(browser.post(end_gift(gift), follow=True))
    assert not Refund.objects.exists()


@pytest.mark.parametrize("who", ["other_client", "psychologist", "administrator"])
def test_others_who_withdraw_a_gift_find_nothing(who: str, gift: Gift, request: Any) -> None:
    assert signed_in(request.getfixturevalue(who)).post(end_gift(gift)).status_code == 404


def test_order_that_is_no_gift_cannot_be_withdrawn_as_one(paid_order: Order, client_user: User) -> None:
    place = reverse("consultations:withdraw_gift", args=[paid_order.return_token])
    assert signed_in(client_user).post(place).status_code == 404


def test_expired_and_doubted_gifts_say_so(gift: Gift, client_user: User) -> None:
    browser = signed_in(client_user)
    Gift.objects.update(expires_at=timezone.now())
    assert "venció" in text_of(browser.get(order_page(gift.order)))
    Order.objects.update(fraud_alert_at=timezone.now())
    page = text_of(browser.get(order_page(gift.order)))
    assert "Tu regalo está en pausa" in page
    assert gift.code not in page


# --- the recipient --------------------------------------------------------------------------------
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
@pytest.mark.parametrize("inside", [True, False])
def test_any_text_in_the_field_of_the_code_is_answered(code: str, inside: bool, other_client: User) -> None:
    browser = signed_in(other_client) if inside else Client()
    assert use(browser, code).status_code in (302, 422)


def test_guessing_is_slowed_down_also_for_a_right_code(
    gift: Gift, other_client: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATELIMIT_ENABLE = True
    monkeypatch.setattr("consultations.views.guessing.WRONG_CODES_ALLOWED", "2/h")
    browser = signed_in(other_client)
    for guess in ("7KQM-2HXA-9TRD-CW4P", "7KQM-2HXA-9TRD-CW4Q", "x"):
        assert DOES_NOT_WORK in text_of(use(browser, guess))
    answer = use(browser, gift.code)
    assert "Hubo muchos intentos con códigos" in text_of(answer)
    assert not Consultation.objects.exists()


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
    assert "Tu código vuelve a servir" in page
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


def test_withdrawn_gift_of_a_buyer_who_signs_out_stays_dead(gift: Gift, client_user: User) -> None:
    withdraw_gift(by=client_user, order=gift.order)
    assert "no se puede usar" in text_of(use(signed_in(client_user), gift.code))


def later() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(minutes=1)
