from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import PageViewRestriction

from home.enums import Phase
from home.models.restrictions import restricted_sections
from home.page_cache import COUNTING, CountedAs, keep
from home.touchpoints import Touchpoint, record_page_view


class RecordedPageMixin:
    """A public page whose every visit is one touchpoint, and which is the same for all visitors.

    Previews and robots do not count.
    """

    touchpoint: ClassVar[Touchpoint | None] = None
    lands_in: ClassVar[Phase] = Phase.NEED

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.served(request, super().serve(request, *args, **kwargs))  # type: ignore[misc]

    def served(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Count the visit that `response` answers, and let the page cache keep it for the next visitor."""
        if response.status_code != 200 or getattr(request, "is_preview", False):
            return response
        counted = CountedAs(self.touchpoint.name if self.touchpoint else "", str(self.lands_in))
        if COUNTING in request.META:
            request.META[COUNTING].note(request.META, counted)
        else:
            record_page_view(request, self.touchpoint, lands_in=self.lands_in)
        return keep(response, counted)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As Wagtail finds them, for two queries a page, and none while no page of the site has any."""
        if not restricted_sections():
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()  # type: ignore[misc]
        return restrictions


class RecordedRoutablePageMixin(RoutablePageMixin, RecordedPageMixin):  # type: ignore[misc]
    """The same for a page with routes of its own: they go past `serve`, so the index records itself."""

    @path("")
    def index_route(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.served(request, self.render(request))
