"""Where two roles or two screens meet: one's own case, and a consent withdrawn elsewhere."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from consultations.actions.consultations import change_publication_wish, publication_wish_now, take
from consultations.actions.errors import NotAllowed
from consultations.enums import PublicationWish, Status
from consultations.models import Consultation
from home.actions.consents import withdraw_consent
from home.enums import ConsentPurpose
from home.models import User
from home.permissions import PSYCHOLOGISTS

pytestmark = pytest.mark.django_db


def test_psychologist_cannot_take_a_case_of_their_own(
    waiting_consultation: Consultation, client_user: User
) -> None:
    client_user.groups.add(Group.objects.get(name=PSYCHOLOGISTS))
    with pytest.raises(NotAllowed):
        take(by=client_user, consultation=waiting_consultation)
    waiting_consultation.refresh_from_db()
    assert waiting_consultation.status == Status.WAITING


def test_wish_to_publish_ends_when_its_consent_is_withdrawn_on_the_account(
    closed_consultation: Consultation, client_user: User, client: Client
) -> None:
    change_publication_wish(by=client_user, consultation=closed_consultation, wish=PublicationWish.YES)
    assert publication_wish_now(closed_consultation) == PublicationWish.YES
    subject = str(closed_consultation.pk)
    withdraw_consent(by=client_user, purpose=ConsentPurpose.PUBLICATION, subject=subject)
    assert publication_wish_now(closed_consultation) == PublicationWish.NO
    client.force_login(client_user)
    page = client.get(reverse("consultations:detail", args=[closed_consultation.pk]))
    assert page.context["publication_form"]["publication"].value() == PublicationWish.NO
