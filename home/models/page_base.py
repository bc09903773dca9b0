from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from home.enums import Phase
from home.touchpoints import Touchpoint, record_page_view


class RecordedPageMixin:
    """A public page whose every visit is one touchpoint. Previews and robots do not count."""

    touchpoint: ClassVar[Touchpoint | None] = None
    lands_in: ClassVar[Phase] = Phase.NEED

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        if response.status_code == 200:
            record_page_view(request, self.touchpoint, lands_in=self.lands_in)
        return response


class RecordedRoutablePageMixin(RoutablePageMixin, RecordedPageMixin):  # type: ignore[misc]
    """The same for a page with routes of its own: they go past `serve`, so the index records itself."""

    @path("")
    def index_route(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_page_view(request, self.touchpoint, lands_in=self.lands_in)
        return self.render(request)
