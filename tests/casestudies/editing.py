"""The form of a case in the back office, as a browser posts it."""

from __future__ import annotations

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from casestudies.models import CasePage


def editing_form(case: CasePage) -> dict[str, Any]:
    """What the page's own form posts where nobody changed anything."""
    links = [
        {"topic": link.topic_id, "id": link.pk, "ORDER": str(number)}
        for number, link in enumerate(case.topic_links.all(), start=1)
    ]
    fields = ("title", "slug", "seo_title", "search_description", "summary", "content_note", "takeaways")
    people = ("age_band", "country", "author", "reviewer")
    days = ("published_on", "reviewed_on", "next_review_on")
    blocks = {"turns": case.turns, "plan": case.plan}
    form: dict[str, Any] = nested_form_data(
        {
            **{name: case.serializable_value(name) or "" for name in (*fields, *people)},
            **{name: str(getattr(case, name) or "") for name in days},
            **{
                name: streamfield([(each.block_type, dict(each.value)) for each in value])
                for name, value in blocks.items()
            },
            "topic_links": inline_formset(links, initial=len(links)),
            "comments": inline_formset([]),
        }
    )
    # A day that is today unless somebody says otherwise is posted with what it was.
    form["initial-published_on"] = form["published_on"]
    # Blocks without their own ids would be other blocks.
    for name, value in blocks.items():
        form |= {f"{name}-{index}-id": each.id for index, each in enumerate(value)}
    return form
