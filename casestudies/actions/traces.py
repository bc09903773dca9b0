"""What is kept beside the draft of a case and may hold its raw text or its title: taking that away."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.admin.models import FormState
from wagtail.models import PageLogEntry, Revision

from casestudies.actions.publishing import earlier_versions, forget_unsafe_revisions
from casestudies.models import CasePage
from casestudies.passages import PLAIN


def forget_form_states(case: CasePage) -> None:
    """Delete what the preview beside the form keeps of `case`, in clear: the form as it was last typed.

    What was typed before its page was made is kept under no page, so all of that goes: the preview of a case
    that somebody is writing just now comes back with their next word.
    """
    kept = FormState.objects.filter(content_type=ContentType.objects.get_for_model(CasePage))
    kept.filter(Q(object_id=str(case.pk)) | Q(object_id="")).delete()


def forget_stale_form_states() -> int:
    """Delete the forms nobody typed into for a day; give how many. Wagtail does so only when one is typed."""
    deleted, _ = FormState.objects.stale().delete()
    return deleted


def forget_versions_with(draft: CasePage, moved: set[str]) -> None:
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


def forget_first_text(draft: CasePage) -> None:
    """The row of a page that was never published holds its text as it was when it was made."""
    row = CasePage.objects.get(pk=draft.pk)
    if row.live:
        return
    row.turns, row.plan = [], [("step", dict(step.value)) for step in draft.plan]
    names = [name for name, _ in PLAIN]
    for name in names:
        setattr(row, name, getattr(draft, name))
    # The fields alone: what is searched in the back office is written anew with it.
    row.save(clean=False, update_fields=["turns", "plan", *names])


# What the log of these holds besides: the titles of the pages, before and after.
TITLED = ("wagtail.rename", "wagtail.copy", "wagtail.copy_for_translation", "wagtail.create_alias")


def forget_former_titles(case: CasePage) -> None:
    """Let the log call `case` by its present title only: a former one may name somebody."""
    entries = PageLogEntry.objects.filter(page_id=case.pk)
    entries.filter(action__in=TITLED).update(data={})
    entries.exclude(label=str(case)).update(label=str(case))


def neutralise_log(page_id: int, label: str) -> None:
    """Let the log tell who did what to a case and when, under `label` and nothing else.

    Its entries keep the title of each moment, in `data` those of before and after, and reviewers' remarks.
    """
    PageLogEntry.objects.filter(page_id=page_id).update(label=label, data={})
