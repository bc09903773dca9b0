"""What the library adds to editing pages: the anonymiser and the gate to cases, topics to posts."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import InlinePanel, Panel

from casestudies.actions.publishing import missing_for_publication
from casestudies.checking import check_case, holds_raw_letters
from casestudies.highlighting import highlighted
from casestudies.models import CaseOriginal, CasePage
from casestudies.passages import passages_of
from casestudies.permissions import may_anonymise
from casestudies.safe_messaging import warnings_about
from home.models import BlogPage


class AnonymiserPanel(Panel):
    """The saved draft: what is missing before publishing, its findings, and what to look at again."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "casestudies/admin/anonymiser_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return (
                context
                | _state(self.instance)
                | {"may_decide": may_anonymise(self.request.user, self.instance)}
            )


def _state(case: Any) -> dict[str, Any]:
    passages = passages_of(case)
    checked = check_case(case)
    marked = [each for each in passages if any(one.passage == each for one in checked)]
    raw = holds_raw_letters(checked)
    text = "\n".join(each.text for each in passages)
    return {
        "case": case,
        "raw": raw,
        "may_move": raw and not CaseOriginal.objects.filter(page=case, applied_at__isnull=False).exists(),
        "missing": missing_for_publication(case, checked),
        "warnings": warnings_about(case.title, text, case.content_note),
        "marked": [(each.label, highlighted(each, checked)) for each in marked],
    }


def add_anonymiser_to_cases() -> None:
    if not any(isinstance(panel, AnonymiserPanel) for panel in CasePage.content_panels):
        CasePage.content_panels = [AnonymiserPanel(heading="Antes de publicar"), *CasePage.content_panels]


def add_topics_to_posts() -> None:
    """Let editors say what a post is about. Topics hang on Wagtail's page: `home` knows nothing of them."""
    if not any(getattr(panel, "relation_name", "") == "topic_links" for panel in BlogPage.content_panels):
        topics = InlinePanel("topic_links", heading="Temas", label="Tema", max_num=3)
        BlogPage.content_panels = [*BlogPage.content_panels, topics]
