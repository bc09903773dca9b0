"""What consultations do when something happens elsewhere, and which of their rows show on public pages."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django_q.tasks import async_task
from wagtail.models import Page, WorkflowState
from wagtail.signals import workflow_submitted

from casestudies.actions.letters import forget_letters
from consultations.actions import case_letters  # noqa: F401  (says who reads the letters of a case)
from consultations.actions.case_drafts import withdraw_consent_to_case
from consultations.models import CaseSource, Service
from home.enums import ConsentPurpose
from home.page_cache import purged_by
from home.signals import consent_changed

purged_by(Service)


@receiver(consent_changed)
def take_the_case_back(purpose: str, subject: str, stands: bool, **kwargs: Any) -> None:
    if purpose == ConsentPurpose.PUBLICATION and subject and not stands:
        withdraw_consent_to_case(consultation_id=subject)


@receiver(workflow_submitted)
def ask_the_client_of_the_case(instance: WorkflowState, **kwargs: Any) -> None:
    """An editor is done with the text: besides the psychologist, its client reads it before anybody else."""
    page = instance.content_object  # or a snippet
    source = CaseSource.objects.filter(page=page).first() if isinstance(page, Page) else None
    if source is not None:
        async_task("consultations.jobs.send_case_text_ready", source.pk)


@receiver(post_delete, sender=CaseSource)
def forget_the_letters_of_the_case(instance: CaseSource, **kwargs: Any) -> None:
    """Without its source nothing tells whose the letters are: they would be anybody's who edits the case."""
    if instance.page_id is not None:
        forget_letters([instance.page_id])
