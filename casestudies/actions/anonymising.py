"""Deciding what becomes of each finding, and taking the anonymised letters into the case's draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from casestudies.actions.errors import NotAllowed
from casestudies.actions.publishing import earlier_versions, forget_unsafe_revisions
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
from casestudies.enums import Decision
from casestudies.models import CaseOriginal, CasePage, FindingDecision
from casestudies.passages import Passage, passages_of, write_passages
from casestudies.permissions import may_anonymise
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
def save_original(*, by: User, case: CasePage, letters: Sequence[dict[str, str]]) -> CaseOriginal:
    """Keep the letters as they were written, encrypted and apart. Raises NotAllowed."""
    _require_permission(by, case)
    original, _ = CaseOriginal.objects.update_or_create(
        page=case, defaults={"letters": list(letters), "saved_at": timezone.now(), "applied_at": None}
    )
    return original


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
        _forget(case, choice.group)
        for key in _keys(choice):
            FindingDecision.objects.create(
                page=case,
                key=key,
                kind=choice.group.first.finding.kind.value,
                choice=choice.decision,
                replacement=choice.replacement,
                reason=choice.reason,
                decided_by_id=by.pk,
            )


def _keys(choice: Choice) -> list[str]:
    if choice.decision != Decision.KEEP:
        return choice.group.keys
    return sorted({keep_key(each.finding, each.passage.text) for each in choice.group.places})


def _forget(case: CasePage, group: Group) -> None:
    keys = {*group.keys} | {keep_key(each.finding, each.passage.text) for each in group.places}
    FindingDecision.objects.filter(page=case, key__in=keys).delete()


@transaction.atomic
def apply_decisions(*, by: User, case: CasePage) -> CasePage:
    """Write the anonymised texts into a new draft of `case`, and give that draft.

    Raises NotAllowed while a finding waits for its decision.
    """
    _require_permission(by, case)
    draft, original = draft_of(case), CaseOriginal.objects.select_for_update().filter(page=case).first()
    passages = passages_to_check(draft, original)
    checked = check(passages, decisions_of(case))
    if any(each.decision is None for each in checked):
        raise NotAllowed("Aún hay hallazgos sin decidir.")
    if original is not None and original.applied_at is None:
        draft.turns = [("turn", dict(letter)) for letter in original.letters]
        original.applied_at = timezone.now()
        original.save(update_fields=["applied_at"])
    write_passages(draft, {each.key: rewritten(each, checked) for each in passages})
    draft.save_revision(user=by, clean=False)
    forget_unsafe_revisions(draft)
    _forget_first_letters(draft)
    log(instance=draft, action="casestudies.anonymise", user=by)
    return draft


@transaction.atomic
def move_to_workbench(*, by: User, case: CasePage) -> None:
    """Take the draft's own letters into the encrypted original, out of the draft and of its earlier versions.

    For who pasted a raw text into the page itself, where it stands in clear. A review under way is about that
    text, so it ends. Raises NotAllowed where the letters in the draft are the original's anonymised ones.
    """
    _require_permission(by, case)
    draft, original = draft_of(case), CaseOriginal.objects.select_for_update().filter(page=case).first()
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
    _forget_versions_with(draft, {each["text"] for each in letters})
    _forget_first_letters(draft)
    log(instance=draft, action="casestudies.move_letters", user=by)


def _forget_versions_with(draft: CasePage, moved: set[str]) -> None:
    """Delete earlier versions by what was moved, too: not all of a raw text is found. Public text stays."""
    if draft.live:
        moved -= {turn.value["text"] for turn in CasePage.objects.get(pk=draft.pk).turns}
    forget_unsafe_revisions(draft)
    raw = [
        version.pk
        for version in earlier_versions(draft)
        if any(turn.value["text"] in moved for turn in version.as_object().turns)
    ]
    Revision.objects.filter(pk__in=raw).delete()


def _forget_first_letters(draft: CasePage) -> None:
    """The row of a page that was never published holds its letters as they were when it was made."""
    row = CasePage.objects.get(pk=draft.pk)
    if not row.live and row.turns:
        row.turns = []
        # The fields alone: what is searched in the back office is written anew with it.
        row.save(clean=False, update_fields=["turns"])


def _require_permission(by: User, case: CasePage) -> None:
    if not may_anonymise(by, case):
        raise NotAllowed("No puedes anonimizar este caso.")
