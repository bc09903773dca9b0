"""The back-office list of invitations: moments and a pseudonym, for administrators, and nothing to change."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

ADDRESS = "/admin/invitaciones/"


def test_administrators_see_moments_and_pseudonyms_only(answered_invitation, administrator, client):
    client.force_login(administrator)
    page = client.get(ADDRESS)
    text = page.content.decode()

    assert page.status_code == 200
    assert answered_invitation.user.pseudonym in text
    assert "Al cerrar" in text
    assert answered_invitation.user.email not in text
    assert "de 27" not in text
    assert "gAAAA" not in text


@pytest.mark.parametrize("who", ["client_user", "psychologist", "editor", "moderator", "marketer"])
def test_nobody_else_sees_the_list(invitation, request, client, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(ADDRESS).status_code in (302, 403)


@pytest.mark.parametrize(
    ("state", "waves"),
    [
        ("por-enviar", ["A las dos semanas", "A las seis semanas", "A las doce semanas"]),
        ("enviada", []),
        ("respondida", ["Al cerrar"]),
        ("cancelada", []),
    ],
)
def test_the_list_is_filtered_by_state(answered_invitation, administrator, client, state, waves):
    client.force_login(administrator)
    rows = client.get(ADDRESS, {"estado": state}).context["object_list"]
    assert sorted(row.get_wave_display() for row in rows) == sorted(waves)


@pytest.mark.parametrize("action", ["create/", "edit/{pk}/", "delete/{pk}/", "inspect/{pk}/"])
def test_administrators_change_nothing_by_hand(invitation, administrator, client, action):
    client.force_login(administrator)
    answer = client.post(ADDRESS + action.format(pk=invitation.pk))
    assert answer.status_code in (302, 403, 404)
    invitation.refresh_from_db()
    assert invitation.cancelled_at is None


def test_the_list_asks_the_database_the_same_for_one_and_for_four(
    invitation, administrator, client, django_assert_num_queries
):
    client.force_login(administrator)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as with_four:
        client.get(ADDRESS)
    invitation.consultation.invitations.exclude(pk=invitation.pk).delete()
    with django_assert_num_queries(len(with_four)):
        client.get(ADDRESS)
