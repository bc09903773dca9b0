"""From a consultation to a case: a psychologist prepares it, the client approves it, and may take it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from casestudies.actions.addresses import UNTITLED, placeholder_slug
from casestudies.actions.anonymising import draft_of
from casestudies.actions.publishing import missing_parts, require
from casestudies.actions.withdrawing import withdraw_case
from casestudies.checking import open_findings
from casestudies.digests import appearance_digest
from casestudies.enums import TurnKind as CaseTurnKind
from casestudies.models import CaseIndexPage, CaseOriginal, CasePage
from consultations.actions.consultations import publication_wish_now
from consultations.actions.errors import NotAllowed
from consultations.enums import PublicationWish, Status, TurnKind
from consultations.models import CaseSource, Consultation, Turn
from consultations.permissions import is_client_of, is_psychologist_of
from home.models import ProfessionalPage, SiteSettings, User

KINDS = {
    TurnKind.CASE: CaseTurnKind.CONSULTATION,
    TurnKind.ORIENTATION: CaseTurnKind.ORIENTATION,
    TurnKind.REPLY: CaseTurnKind.REPLY,
}


def may_prepare_case(by: User, consultation: Consultation) -> bool:
    """Whether `by` may make a case of it: its psychologist, once it is closed, while the client agrees."""
    if consultation.status != Status.CLOSED or not is_psychologist_of(by, consultation):
        return False
    if case_of(consultation) is not None:
        return False
    return publication_wish_now(consultation) == PublicationWish.YES


@transaction.atomic
def prepare_case(*, by: User, consultation: Consultation) -> CasePage:
    """Begin the draft of a case: the letters go encrypted into the anonymiser, the page itself is empty.

    Raises NotAllowed.
    """
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not may_prepare_case(by, consultation):
        raise NotAllowed("Este caso no puede prepararse.")
    settings = SiteSettings.objects.first() or SiteSettings()
    page = CasePage(
        title=UNTITLED,
        slug=placeholder_slug(),
        country=consultation.client.country or settings.default_country,
        author=ProfessionalPage.objects.filter(user=by).first(),
        live=False,
    )
    CaseIndexPage.objects.get().add_child(instance=page)
    page.save_revision(clean=False)
    CaseOriginal.objects.create(page=page, letters=_letters(consultation))
    # After a withdrawal its row stands without a page; whoever agrees again begins with nothing approved.
    CaseSource.objects.update_or_create(
        consultation=consultation,
        defaults={"page": page, "approved_text": "", "approved_at": None, "prepared_at": timezone.now()},
    )
    return page


def _letters(consultation: Consultation) -> list[dict[str, str]]:
    turns = Turn.objects.filter(consultation=consultation, kind__in=KINDS).order_by("number")
    return [{"kind": KINDS[TurnKind(turn.kind)].value, "text": _text(turn)} for turn in turns]


def _text(turn: Turn) -> str:
    fields = ("text",) if "text" in turn.content else ("happening", "since", "tried", "hopes")
    return "\n\n".join(turn.content[each] for each in fields if turn.content.get(each))


def case_of(consultation: Consultation) -> CaseSource | None:
    """The case made from `consultation` while there is one."""
    return (
        CaseSource.objects.select_related("page")
        .filter(consultation=consultation, page__isnull=False)
        .first()
    )


def ready_to_approve(source: CaseSource) -> bool:
    """Whether the draft may be shown to the client: it is whole, and nothing waits for a decision."""
    draft = _draft(source)
    return bool(draft.age_band) and not missing_parts(draft) and not open_findings(draft)


def is_approved(source: CaseSource) -> bool:
    """Whether the client approved the draft as it stands."""
    return bool(source.approved_text) and source.approved_text == appearance_digest(_draft(source))


def waits_for_approval(source: CaseSource) -> bool:
    """Whether the client is to read the draft: they agreed to a case, this one is whole and not approved."""
    agreed = publication_wish_now(source.consultation) == PublicationWish.YES
    return agreed and ready_to_approve(source) and not is_approved(source)


@transaction.atomic
def approve_case(*, by: User, consultation: Consultation, seen: str) -> None:
    """The client agrees to the text they saw; `seen` is its digest. Raises NotAllowed when it has changed."""
    source = case_of(consultation)
    if source is None or not is_client_of(by, consultation):
        raise NotAllowed("No hay ningún caso que aprobar.")
    if publication_wish_now(consultation) != PublicationWish.YES:
        raise NotAllowed("Dijiste que prefieres que no se publique.")
    if not ready_to_approve(source) or seen != digest_of(source):
        raise NotAllowed("El texto cambió desde que lo leíste. Léelo otra vez antes de aprobarlo.")
    source.approved_text, source.approved_at = seen, timezone.now()
    source.save(update_fields=["approved_text", "approved_at"])


def digest_of(source: CaseSource) -> str:
    """A keyed hash of all that readers would see of the draft."""
    return appearance_digest(_draft(source))


def _draft(source: CaseSource) -> CasePage:
    assert source.page is not None  # noqa: S101 (`case_of` gives none without)
    return draft_of(source.page)


@require
def consent_missing(case: CasePage) -> list[str]:
    """What a case that came from a consultation lacks of its client's consent."""
    source = CaseSource.objects.select_related("consultation__client").filter(page_id=case.pk).first()
    if case.pk is None or source is None:
        return []
    if publication_wish_now(source.consultation) != PublicationWish.YES:
        return ["La persona no consiente, o ya no, que se publique su caso."]
    if source.approved_text != appearance_digest(case):
        return ["Falta que la persona apruebe este texto."]
    return []


@transaction.atomic
def withdraw_consent_to_case(*, consultation_id: str) -> None:
    """Take the case off the site at once, because its person no longer agrees. Done twice it is the same.

    The case first: whoever publishes it asks for the consent while they hold its row.
    """
    source = CaseSource.objects.select_related("page").filter(consultation_id=consultation_id).first()
    if source is None or source.page is None:
        return
    withdraw_case(by=None, case=source.page)
    CaseSource.objects.filter(pk=source.pk).update(page=None, approved_text="", approved_at=None)
