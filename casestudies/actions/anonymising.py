"""Deciding what becomes of each finding, and taking the anonymised letters into the case's draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from casestudies.actions.addresses import propose_address
from casestudies.actions.errors import NotAllowed
from casestudies.actions.letters import may_anonymise, may_read_letters
from casestudies.actions.publishing import forget_unsafe_revisions
from casestudies.actions.traces import (
    forget_first_text,
    forget_form_states,
    forget_former_titles,
    forget_versions_with,
)
from casestudies.anonymise import Kind, people_of, shift_date, telling
from casestudies.checking import (
    Checked,
    check,
    check_case,
    decisions_of,
    holds_raw_letters,
    keep_key,
    rewritten,
    value_key,
)
from casestudies.digests import passages_digest
from casestudies.enums import Decision
from casestudies.models import CaseOriginal, CasePage, FindingDecision
from casestudies.passages import Passage, passages_of, write_passages
from home.models import User


@dataclass(frozen=True)
class Group:
    """One value, or one person by all their names, throughout a case: one question to the editor."""

    key: str
    places: tuple[Checked, ...]
    suggestion: str

    @property
    def first(self) -> Checked:
        return self.places[0]

    @property
    def keys(self) -> list[str]:
        """The keys of its values, sorted: one, but for a person who goes by several names."""
        return sorted({value_key(each.finding) for each in self.places})

    @property
    def texts(self) -> list[str]:
        """Each of its values once, as it is first written."""
        first: dict[str, str] = {}
        for each in self.places:
            first.setdefault(value_key(each.finding), each.finding.text)
        return list(first.values())

    @property
    def decided(self) -> bool:
        return all(each.decision is not None for each in self.places)


def draft_of(case: CasePage) -> CasePage:
    """The latest version of `case`, published or not."""
    return case.get_latest_revision_as_object()


def original_passages(original: CaseOriginal | None) -> list[Passage]:
    letters = original.letters if original else []
    return [
        Passage(f"turn:{index}", f"Carta {index + 1}", each["text"]) for index, each in enumerate(letters)
    ]


def passages_to_check(draft: CasePage, original: CaseOriginal | None) -> list[Passage]:
    """The texts to decide about: the draft's, but the original letters while they are not in it yet."""
    if original is None or original.applied_at is not None:
        return passages_of(draft)
    others = [each for each in passages_of(draft) if not each.key.startswith("turn:")]
    return [*original_passages(original), *others]


def misplaced_letters(draft: CasePage, original: CaseOriginal | None) -> bool:
    """Whether the draft's own letters name somebody in clear and belong into the encrypted original."""
    if original is not None and original.applied_at is not None:
        return False
    return holds_raw_letters(check_case(draft))


def groups_of(checked: Iterable[Checked], date_shift: int = 0) -> list[Group]:
    """`checked` by value, persons by who they are, in reading order, each with what to suggest for it."""
    by_value: dict[str, list[Checked]] = {}
    for each in checked:
        by_value.setdefault(value_key(each.finding), []).append(each)
    groups: dict[str, list[Checked]] = {}
    first_of = _first_names(by_value)
    for key, places in by_value.items():
        groups.setdefault(first_of.get(key, key), []).extend(places)
    return [Group(key, tuple(places), _suggestion(places, date_shift)) for key, places in groups.items()]


def _first_names(by_value: Mapping[str, Sequence[Checked]]) -> dict[str, str]:
    """For the key of each name, the key of the name by which the text first calls the same person.

    "Me llamo Fernanda Soto" and "mi hermana Fernanda" are two, whatever their names have in common.
    """
    names = {
        key: places[0].finding.text
        for key, places in by_value.items()
        if places[0].finding.kind is Kind.PERSON
    }
    person, who = people_of(names.values()), {key: _who(by_value[key]) for key in names}
    known: dict[int, set[str]] = {}
    for key, name in names.items():
        known.setdefault(person[name], set()).update({who[key]} - {""})
    first: dict[tuple[int, str], str] = {}
    return {
        key: first.setdefault((person[name], who[key] if len(known[person[name]]) > 1 else ""), key)
        for key, name in names.items()
    }


def _suggestion(places: Sequence[Checked], date_shift: int) -> str:
    """What was decided for this person by another name, else what the anonymiser proposes."""
    if decided := next((each for each in places if each.is_replaced), None):
        return decided.replacement
    finding = places[0].finding
    if finding.kind is Kind.DATE_EXACT and date_shift:
        return shift_date(finding.text, date_shift)
    return _who(places) or finding.replacement


def _who(places: Iterable[Checked]) -> str:
    return telling(each.finding.replacement for each in places)


@transaction.atomic
def save_original(
    *, by: User, case: CasePage, letters: Sequence[dict[str, str]], seen: str | None = None
) -> CaseOriginal:
    """Keep the letters as they were written, encrypted and apart. The same ones again change nothing.

    Raises NotAllowed; also where `seen` says that `by` knew others (see `state_of`).
    """
    if not may_read_letters(by, case):
        raise NotAllowed("No puedes guardar las cartas de este caso.")
    kept = CaseOriginal.objects.select_for_update().filter(page=case).first()
    if seen is not None and seen != state_of(kept):
        raise NotAllowed("Otra persona guardó otras cartas mientras escribías. Si guardas, las reemplazas.")
    if kept is not None and kept.letters == list(letters):
        return kept
    original, _ = CaseOriginal.objects.update_or_create(
        page=case, defaults={"letters": list(letters), "saved_at": timezone.now(), "applied_at": None}
    )
    return original


def state_of(original: CaseOriginal | None, draft: CasePage | None = None) -> str:
    """A name for these letters, and this draft, as they stand: what a page that shows them sends back."""
    letters = original.saved_at.isoformat() if original else ""
    return letters if draft is None else f"{letters}|{passages_digest(draft)}"


@dataclass(frozen=True)
class Choice:
    """What an editor chose for one group: the text to put in its place, or the reason why it stays."""

    group: Group
    decision: Decision
    replacement: str = ""
    reason: str = ""


@transaction.atomic
def decide(*, by: User, case: CasePage, choices: Iterable[Choice]) -> None:
    """Store what was decided, over what stood before. Raises NotAllowed."""
    _require_permission(by, case)
    for choice in choices:
        keys = _keys(choice)
        _forget(case, choice.group, but=keys)
        decided = {
            "kind": choice.group.first.finding.kind.value,
            "choice": choice.decision,
            "replacement": choice.replacement,
            "reason": choice.reason,
            "decided_by_id": by.pk,
            "decided_at": timezone.now(),
        }
        for key in keys:
            FindingDecision.objects.update_or_create(page=case, key=key, defaults=decided)


def _keys(choice: Choice) -> list[str]:
    if choice.decision != Decision.KEEP:
        return choice.group.keys
    return sorted({keep_key(each.finding, each.passage.text) for each in choice.group.places})


def _forget(case: CasePage, group: Group, but: Iterable[str]) -> None:
    keys = {*group.keys} | {keep_key(each.finding, each.passage.text) for each in group.places}
    FindingDecision.objects.filter(page=case, key__in=keys.difference(but)).delete()


@transaction.atomic
def apply_decisions(*, by: User, case: CasePage, seen: str | None = None) -> CasePage:
    """Write the anonymised texts into a new draft of `case`, and give that draft.

    Raises NotAllowed while a finding waits for its decision; also where `seen` says that `by` knew another
    draft or other letters (see `state_of`).
    """
    _require_permission(by, case)
    draft, original = _locked(case)
    if seen is not None and seen != state_of(original, draft):
        raise NotAllowed("El borrador cambió mientras lo leías. Léelo otra vez antes de llevar nada al caso.")
    passages = passages_to_check(draft, original)
    checked = check(passages, decisions_of(case))
    if any(each.decision is None for each in checked):
        raise NotAllowed("Aún hay hallazgos sin decidir.")
    if original is not None and original.applied_at is None:
        draft.turns = [("turn", dict(letter)) for letter in original.letters]
        original.applied_at = timezone.now()
        original.save(update_fields=["applied_at"])
    write_passages(draft, {each.key: rewritten(each, checked) for each in passages})
    _keep_moved_dates(by, draft, checked)
    # Wagtail sets it only after it has written the version, which would hold the former title.
    draft.draft_title = draft.title
    propose_address(draft)
    draft.save_revision(user=by, clean=False)
    forget_unsafe_revisions(draft)
    forget_first_text(draft)
    forget_form_states(draft)
    log(instance=draft, action="casestudies.anonymise", user=by)
    forget_former_titles(draft)
    return draft


def _keep_moved_dates(by: User, draft: CasePage, before: Sequence[Checked]) -> None:
    """A date that was put in the place of another is asked about no more; one that stood there before is."""
    dates = [each for each in before if each.finding.kind is Kind.DATE_EXACT]
    moved = {each.replacement for each in dates if each.is_replaced} - {each.finding.text for each in dates}
    groups = groups_of(each for each in check_case(draft) if each.finding.text in moved)
    reason = "Es la fecha que se puso en lugar de la verdadera."
    decide(by=by, case=draft, choices=[Choice(each, Decision.KEEP, reason=reason) for each in groups])


def _locked(case: CasePage) -> tuple[CasePage, CaseOriginal | None]:
    """The draft and the letters as they stand now, while nobody else writes either here."""
    standing = CasePage.objects.select_for_update().get(pk=case.pk)
    return draft_of(standing), CaseOriginal.objects.select_for_update().filter(page=case).first()


@transaction.atomic
def move_to_workbench(*, by: User, case: CasePage) -> None:
    """Take the draft's own letters into the encrypted original, out of the draft and of its earlier versions.

    For who pasted a raw text into the page itself, where it stands in clear. A review under way is about that
    text, so it ends. Raises NotAllowed where the letters in the draft are the original's anonymised ones.
    """
    if not may_read_letters(by, case):
        raise NotAllowed("No puedes mover las cartas de este caso.")
    draft, original = _locked(case)
    letters = [dict(turn.value) for turn in draft.turns]
    if not letters:
        raise NotAllowed("El borrador no tiene cartas.")
    if original is not None and original.applied_at is not None:
        raise NotAllowed("El caso ya tiene sus cartas en el anonimizador: decide aquí y llévalas al caso.")
    kept = original.letters if original else []
    save_original(by=by, case=case, letters=[*kept, *(each for each in letters if each not in kept)])
    if review := draft.current_workflow_state:
        review.cancel(user=by)
    draft.turns = []
    draft.save_revision(user=by, clean=False)
    forget_versions_with(draft, {each["text"] for each in letters})
    forget_first_text(draft)
    forget_form_states(draft)
    log(instance=draft, action="casestudies.move_letters", user=by)


def _require_permission(by: User, case: CasePage) -> None:
    if not may_anonymise(by, case):
        raise NotAllowed("No puedes anonimizar este caso.")
