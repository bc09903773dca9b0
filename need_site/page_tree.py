"""The pages a site stands on, and the address they are served at: made once, never overwritten."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from casestudies.models import CaseIndexPage
from consultations.models import OrientationPage
from home.models import BlogIndexPage, HomePage, PlainPage, TeamPage
from need_site.demo.loader import body_blocks


def make_rooms(texts: dict[str, dict[str, Any]]) -> list[Page]:
    """Make what is missing of home, cases, blog, orientation and team; give what was made, home first."""
    home, made = _make_home(texts["home"])
    orientation = {**texts["orientation"]}
    orientation["what_it_is_not"] = "\n".join(orientation["what_it_is_not"])
    rooms = (
        CaseIndexPage(**texts["cases"], show_in_menus=True),
        BlogIndexPage(**texts["blog"], show_in_menus=True),
        OrientationPage(**orientation, show_in_menus=True),
        TeamPage(**texts["team"]),
    )
    return made + [page for page in rooms if _add(home, page)]


def make_plain_pages(texts: list[dict[str, Any]]) -> list[Page]:
    """Make those pages of text that no page stands in the place of; give what was made."""
    home = HomePage.objects.get()
    pages = (
        PlainPage(
            title=text["title"],
            slug=text["slug"],
            search_description=text["search_description"],
            introduction=" ".join(text["intro"].split()),
            body=body_blocks(text["body"]),
            shows_crisis_lines=text["slug"] == "ayuda-ahora",
        )
        for text in texts
    )
    return [page for page in pages if _add(home, page)]


def follow_site_url() -> None:
    """Have the default site bear the address of SITE_URL, which sitemap and API write.

    Where another site already bears it, somebody meant it so, and nothing changes.
    """
    hostname, port = _address()
    if Site.objects.filter(hostname=hostname, port=port).exists():
        return
    Site.objects.filter(is_default_site=True).update(hostname=hostname, port=port)
    Site.clear_site_root_paths_cache()


def _make_home(text: dict[str, Any]) -> tuple[HomePage, list[Page]]:
    home = HomePage.objects.first()
    made: list[Page] = []
    if home is None:
        home = Page.objects.get(depth=1).add_child(instance=HomePage(**text, slug="inicio"))
        made = [home]
        hostname, port = _address()
        served = {"hostname": hostname, "port": port, "site_name": "Need", "root_page": home}
        Site.objects.update_or_create(is_default_site=True, defaults=served)
        # The page that Wagtail begins with.
        Page.objects.filter(depth=2, slug="home").exclude(pk=home.pk).delete()
    return home, made


def _add(home: HomePage, page: Page) -> bool:
    """Add `page` below `home`, unless there is one at its address; say whether it was added."""
    if Page.objects.child_of(home).filter(slug=page.slug).exists():
        return False
    home.add_child(instance=page)
    return True


def _address() -> tuple[str, int]:
    address = urlsplit(settings.SITE_URL)
    return address.hostname or "localhost", address.port or (443 if address.scheme == "https" else 80)
