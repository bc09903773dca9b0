"""One button, or one click in a mail program, stops the follow-up; nothing else changes."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from home.actions.consents import has_consented
from home.enums import ConsentPurpose
from surveys.links import unsubscribe_url
from surveys.models import Invitation


@pytest.fixture
def path(invitation):
    return unsubscribe_url(invitation).removeprefix("http://localhost:8000")


def test_looking_at_the_page_stops_nothing(invitation, path, client):
    page = client.get(path)
    assert page.status_code == 200
    assert "No enviarme más encuestas" in page.content.decode()
    assert has_consented(invitation.user, ConsentPurpose.FOLLOW_UP)


def test_one_click_of_a_mail_program_stops_it_without_cookie_or_redirect(invitation, path):
    mail_program = Client(enforce_csrf_checks=True)
    done = mail_program.post(path, {"List-Unsubscribe": "One-Click"})

    assert done.status_code == 200
    assert not has_consented(invitation.user, ConsentPurpose.FOLLOW_UP)
    assert not Invitation.objects.filter(answered_at=None, cancelled_at=None).exists()


def test_stopping_twice_says_the_same(path, client):
    client.post(path)
    again = client.post(path)
    assert again.status_code == 200
    assert "No te enviaremos más encuestas" in again.content.decode()


def test_the_link_works_however_old(path, client, monkeypatch):
    monkeypatch.setattr("time.time", (timezone.now() + datetime.timedelta(days=900)).timestamp)
    assert client.post(path).status_code == 200


def test_a_tampered_link_stops_nothing(invitation, path, client):
    assert client.post(path[:-2] + "/").status_code == 404
    assert has_consented(invitation.user, ConsentPurpose.FOLLOW_UP)


def test_the_page_names_nobody(invitation, path, client):
    text = client.get(path).content.decode()
    assert invitation.user.email not in text
    assert invitation.user.pseudonym not in text
