"""Authors and reviewers as readers know them: their public page, never their account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from need_site.api.addresses import drawing, page_detail
from need_site.api.shapes import NUMBER, TEXT, URL, URL_OR_NULL, record

PERSON = record(
    id=NUMBER,
    title=TEXT,
    job_title=TEXT,
    registration=TEXT,
    portrait_url=URL_OR_NULL,
    html_url=URL,
    detail_url=URL,
)


def of(role: str) -> Callable[[Any, Any], dict[str, Any] | None]:
    """A function that gives the person in `role` of a page; None while their own page is not public."""

    def person(page: Any, view: Any) -> dict[str, Any] | None:
        profile = getattr(page, role)
        if profile is None or not view.may_be_read(profile):
            return None
        return {
            "id": profile.pk,
            "title": profile.title,
            "job_title": profile.job_title,
            "registration": profile.registration,
            "portrait_url": drawing(view.request, "people", profile.portrait),
            "html_url": profile.full_url,
            "detail_url": page_detail(view.request, profile.pk),
        }

    return person
