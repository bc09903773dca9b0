from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.consents import CONSENT_COOKIE, browser_agrees
from home.crisis import all_lines, lines_of
from home.google_analytics import is_configured
from home.middleware import UNMEASURED_PREFIXES, find_site
from home.models import SiteSettings
from home.page_cache import remember
from home.permissions import is_psychologist, is_team_member


def site(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs on every public and private page; nothing for the back office."""
    if request.path_info.startswith("/admin/"):
        return {}
    site_settings = SimpleLazyObject(lambda: _settings_of(find_site(request)))
    public = not request.path_info.startswith(UNMEASURED_PREFIXES)
    measured = is_configured()
    return {
        "site_url": settings.SITE_URL,
        "debug_mailbox": settings.DEBUG,
        "demo": settings.DEBUG,
        "site_settings": site_settings,
        "exit_url": SimpleLazyObject(lambda: site_settings.exit_url),
        "crisis_lines": SimpleLazyObject(all_lines),
        "crisis_lines_here": SimpleLazyObject(lambda: lines_of(_country(request, site_settings))),
        "analytics_allowed_here": public and measured,
        "ask_consent": public and measured and CONSENT_COOKIE not in request.COOKIES,
        "browser_agrees": measured and browser_agrees(request),
        "is_psychologist": SimpleLazyObject(lambda: is_psychologist(request.user)),
        "is_team_member": SimpleLazyObject(lambda: is_team_member(request.user)),
    }


def _settings_of(wagtail_site: Any) -> SiteSettings:
    """The team's settings, or the defaults while nobody has saved any: a visit writes nothing."""

    def find() -> SiteSettings:
        saved = SiteSettings.objects.filter(site=wagtail_site).first()
        return saved or SiteSettings(site=wagtail_site)

    return remember(("settings", wagtail_site and wagtail_site.pk), find)


def _country(request: HttpRequest, site_settings: Any) -> str:
    user = getattr(request, "user", None)
    return getattr(user, "country", "") or site_settings.default_country
