"""A survey's link is a key: no log holds it, however the request ends."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from surveys.actions.planning import stop_follow_up
from tests.surveys.conftest import survey_path


def incomplete(invitation, monkeypatch):
    return 422


def cancelled(invitation, monkeypatch):
    stop_follow_up(by=invitation.user)
    return 410


def broken(invitation, monkeypatch):
    def fail(token):
        raise RuntimeError(f"cannot serve /encuestas/{token}/")

    monkeypatch.setattr("surveys.views.invitation_to_answer", fail)
    return 500


@pytest.mark.parametrize("circumstance", [incomplete, cancelled, broken])
def test_link_of_a_survey_is_not_logged(circumstance, invitation, monkeypatch, caplog):
    path = survey_path(invitation)
    token = path.split("/")[2]
    status = circumstance(invitation, monkeypatch)
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        answer = Client(raise_request_exception=False).post(path, {})
    assert answer.status_code == status
    told = [record for record in caplog.records if record.name == "django.request"]
    assert [record.getMessage().partition(": ")[2] for record in told] == ["/encuestas/[…]/"]
    assert token not in caplog.text
    assert not [each for each in caplog.records if token in str({**vars(each), "exc_info": None})]
