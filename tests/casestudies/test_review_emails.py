"""Who is told of a review: reviewers that a text waits, its sender that it was decided, and nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core import mail
from django.db import transaction
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import workflow_approved

from casestudies.jobs import send_page_reviewed, send_page_to_review
from casestudies.models import CasePage
from home.models import SentEmail, User
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
TITLE = "Camila Soto y su hijo"


@pytest.fixture
def draft(make_case: MakeCase, editor: User) -> CasePage:
    case = make_case("borrador", title=TITLE, live=False, owner=editor)
    case.save_revision(user=editor)
    return case


def told(template: str) -> list[str]:
    return [each.to[0] for each in mail.outbox if SentEmail.objects.filter(template=template).exists()]


def test_reviewers_learn_that_a_text_waits_and_nothing_of_it(
    draft: CasePage, editor: User, psychologist: User, colleague: User, run_jobs: RunJobs
) -> None:
    draft.get_workflow().start(draft, editor)
    assert mail.outbox == []
    run_jobs()
    send_page_to_review(TaskState.objects.get().pk, editor.pk)

    assert sorted(told("page_to_review")) == sorted([psychologist.email, colleague.email])
    for message in mail.outbox:
        assert message.subject == "Tienes un mensaje en Need"
        assert f"/admin/pages/{draft.pk}/edit/" in message.body
        assert "Camila" not in str(message.message())


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_sender_learns_that_it_was_decided_without_the_remark(
    decision: str, draft: CasePage, editor: User, psychologist: User, run_jobs: RunJobs
) -> None:
    state = draft.get_workflow().start(draft, editor)
    run_jobs()
    mail.outbox.clear()
    remark = "Quita el nombre de Camila"
    if decision == "reject":
        state.current_task_state.reject(user=psychologist, comment=remark)
    else:
        WorkflowState.objects.filter(pk=state.pk).update(status=WorkflowState.STATUS_APPROVED)
        workflow_approved.send(sender=WorkflowState, instance=state, user=psychologist)
    run_jobs()
    send_page_reviewed(state.pk)

    [message] = mail.outbox
    assert message.to == [editor.email]
    assert "Camila" not in str(message.message())


def test_review_that_is_rolled_back_tells_nobody(draft: CasePage, editor: User, run_jobs: RunJobs) -> None:
    with suppress(RuntimeError), transaction.atomic():
        draft.get_workflow().start(draft, editor)
        raise RuntimeError

    assert "casestudies.jobs.send_page_to_review" not in run_jobs()
    assert mail.outbox == []


def test_text_that_was_taken_back_asks_nobody(draft: CasePage, editor: User, run_jobs: RunJobs) -> None:
    draft.get_workflow().start(draft, editor).cancel(user=editor)
    run_jobs()

    assert mail.outbox == []
