"""The gate: what a case needs before anybody may read it; a refusal says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.auth.models import Group
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Revision, Task, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from casestudies.checking import Checked, open_findings
from casestudies.digests import review_digest
from casestudies.enums import TurnKind
from casestudies.models import CaseIndexPage, CasePage, CaseReviewTask, ReviewSignature
from home.permissions import PSYCHOLOGISTS

Requirement = Callable[[CasePage], list[str]]
_requirements: list[Requirement] = []


class PublicationRefused(ValidationError):
    """A case may not be published yet; the messages say, in Spanish, what is missing."""

    def __init__(self, case: CasePage | None, missing: list[str]) -> None:
        super().__init__({NON_FIELD_ERRORS: missing})
        self.case_id = case.pk if case else None
        self.missing = missing


def require(requirement: Requirement) -> Requirement:
    """Let a later room add what it asks of a case: a function that gives what is missing, in Spanish."""
    _requirements.append(requirement)
    return requirement


def missing_for_publication(case: CasePage, checked: Iterable[Checked] | None = None) -> list[str]:
    """What `case`, as it stands in memory, lacks before it may be published; empty when it may.

    `checked` is what the check of `case` has found, for who has it.
    """
    return [
        *missing_parts(case),
        *_missing_people(case),
        *_missing_days(case),
        *_missing_signature(case),
        *_open_findings(case, checked),
        *(each for requirement in _requirements for each in requirement(case)),
    ]


def missing_parts(case: CasePage) -> list[str]:
    """What the letters and the plan of `case` lack: a draft is saved with holes in them."""
    letters = [turn.value for turn in case.turns]
    missing = [] if letters else ["Faltan las cartas."]
    if any(letter["kind"] not in TurnKind for letter in letters):
        missing.append("Falta decir qué es cada carta.")
    if not all(_is_written(letter["text"]) for letter in letters):
        missing.append("Hay una carta sin texto.")
    if not all(_is_written(step.value["title"]) for step in case.plan):
        missing.append("Hay un paso del plan sin título.")
    return missing


def _is_written(text: str | None) -> bool:
    return bool((text or "").strip())


def check_publication(case: CasePage) -> None:
    """Raises PublicationRefused where anything is missing."""
    if missing := missing_for_publication(case):
        raise PublicationRefused(case, missing)


def _missing_people(case: CasePage) -> list[str]:
    missing = []
    if case.author_id is None:
        missing.append("Falta decir quién lo escribió.")
    if case.reviewer is None:
        missing.append("Falta la revisión de un psicólogo o psicóloga.")
    elif case.reviewer.user_id is not None and case.reviewer.user_id in _editors(case):
        missing.append("Quien revisa no puede ser quien editó el caso: pide la revisión a otra persona.")
    elif case.reviewer.user_id is not None and case.author and case.reviewer.user_id == case.author.user_id:
        missing.append("Quien revisa no puede ser quien escribió el caso: pide la revisión a otra persona.")
    return missing


def _editors(case: CasePage) -> set[int]:
    """The accounts of whoever began the case, and of whoever sent it to review or wrote its latest version.

    A reviewer may touch up what another sent; nobody reviews what they sent themselves.
    """
    if case.pk is None:
        return set() if case.owner_id is None else {case.owner_id}
    latest = Revision.objects.for_instance(case).order_by("-created_at", "-pk").first()
    review = WorkflowState.objects.for_instance(case).order_by("-created_at", "-pk").first()
    writer = latest.user_id if latest else None
    if review is not None and latest is not None and _is_about(review, latest):
        writer = review.requested_by_id
    return {each for each in (case.owner_id, writer) if each is not None}


def _is_about(review: WorkflowState, version: Revision) -> bool:
    under_way = review.status in (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_APPROVED)
    step = review.current_task_state
    return under_way and step is not None and step.revision_id == version.pk


def _missing_days(case: CasePage) -> list[str]:
    if case.reviewed_on is None:
        return ["Falta la fecha de la revisión."]
    if case.reviewed_on > timezone.localdate():
        return ["La fecha de la revisión está en el futuro."]
    return []


def _missing_signature(case: CasePage) -> list[str]:
    """Who reviewed it and when is believed only of the very text that was approved so."""
    if case.reviewer is None or case.reviewed_on is None:
        return []
    if ReviewSignature.objects.filter(page_id=case.pk, digest=review_digest(case)).exists():
        return []
    return ["Este texto no es el que se aprobó en una revisión: envíalo a revisión."]


def _open_findings(case: CasePage, checked: Iterable[Checked] | None) -> list[str]:
    count = len(open_findings(case, checked))
    if not count:
        return []
    if count == 1:
        return ["El anonimizador tiene un hallazgo sin resolver."]
    return [f"El anonimizador tiene {count} hallazgos sin resolver."]


@transaction.atomic
def ensure_review_workflow(index: CaseIndexPage) -> None:
    """Give the library its workflow (an editor sends, a psychologist approves); done twice it is one."""
    if WorkflowPage.objects.filter(page_id=index.pk).exists():
        return
    task, made = CaseReviewTask.objects.get_or_create(name="Revisión de un psicólogo")
    if made:
        task.groups.set(Group.objects.filter(name=PSYCHOLOGISTS))
    workflow, _ = Workflow.objects.get_or_create(name="Publicación de un caso")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.create(workflow=workflow, page_id=index.pk)


@transaction.atomic
def end_reviews(task: Task) -> None:
    """End what is under review at `task`: Wagtail takes a step that was disabled for one that was passed."""
    if not CaseReviewTask.objects.filter(pk=task.pk).exists():
        return
    waiting = WorkflowState.objects.filter(current_task_state__task_id=task.pk)
    for review in waiting.filter(status=WorkflowState.STATUS_IN_PROGRESS):
        review.cancel()


UNDER_WAY = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def earlier_versions(case: CasePage) -> QuerySet[Revision]:
    """The versions of `case` but its latest, the published one, and the one a review under way is about."""
    reviewed = WorkflowState.objects.for_instance(case).filter(status__in=UNDER_WAY)
    standing = [
        case.live_revision_id,
        case.latest_revision_id,
        *reviewed.values_list("current_task_state__revision_id", flat=True),
    ]
    return Revision.objects.for_instance(case).exclude(pk__in=[each for each in standing if each])


def forget_unsafe_revisions(case: CasePage) -> int:
    """Delete the earlier versions of a case that still hold what was taken out. Gives how many.

    What an editor pasted before anonymising must not stay readable beside the published text.
    """
    earlier = earlier_versions(case)
    unsafe = [revision.pk for revision in earlier if open_findings(revision.as_object())]
    Revision.objects.filter(pk__in=unsafe).delete()
    return len(unsafe)
