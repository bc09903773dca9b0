"""Makes the tree of pages and fills it with the demonstration's texts."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, Site

from casestudies.models import CaseIndexPage, Topic
from consultations.models import OrientationPage, Service
from home.models import BlogIndexPage, HomePage, PlainPage, ProfessionalPage, TeamPage, User
from need_site.demo.loader import body_blocks, load, load_folder

ACCOUNT_OF = {
    "catalina-herrera-demo": "psicologa@example.com",
    "martin-olivares-demo": "psicologo2@example.com",
    "paula-quiroga-demo": "psicologa3@example.com",
}


def make_tree() -> HomePage:
    """The empty rooms of the site: home, cases, blog, team, orientation. Gives the home page."""
    texts = load("tree")
    home = _make_home(texts["home"])
    home.add_child(instance=CaseIndexPage(**texts["cases"], show_in_menus=True))
    home.add_child(instance=BlogIndexPage(**texts["blog"], show_in_menus=True))
    not_points = "\n".join(texts["orientation"].pop("what_it_is_not"))
    home.add_child(
        instance=OrientationPage(**texts["orientation"], what_it_is_not=not_points, show_in_menus=True)
    )
    home.add_child(instance=TeamPage(**texts["team"]))
    return home


def _make_home(text: dict[str, Any]) -> HomePage:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(**text, slug="inicio"))
    address = urlsplit(settings.SITE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or (443 if address.scheme == "https" else 80),
            "site_name": "Need",
            "root_page": home,
        },
    )
    Page.objects.filter(depth=2, slug="home").exclude(pk=home.pk).delete()
    return home


def make_topics() -> None:
    for order, topic in enumerate(load("topics")):
        Topic.objects.update_or_create(
            slug=topic["slug"],
            defaults={
                "name": topic["name"],
                "feeling": topic["feeling"],
                "introduction": " ".join(topic["introduction"].split()),
                "illustration": topic["slug"],
                "sort_order": order,
            },
        )


def make_services() -> None:
    for order, service in enumerate(load("services")):
        Service.objects.update_or_create(
            slug=service["slug"],
            defaults={
                "name": service["name"],
                "summary": " ".join(service["summary"].split()),
                "description": service["description"].strip(),
                "what_you_get": "\n".join(service["what_you_get"]),
                "price": service["price_clp"],
                "currency": "CLP",
                "turnaround_hours": service["turnaround_hours"],
                "replies_included": service["replies_included"],
                "sort_order": order,
            },
        )


def make_team() -> None:
    team = TeamPage.objects.get()
    for person in load("psychologists"):
        team.add_child(
            instance=ProfessionalPage(
                title=person["name"],
                slug=person["slug"],
                search_description=f"{person['title']}. {' '.join(person['how_i_write'].split())}"[:155],
                job_title=person["title"],
                registration=person["registration"],
                country=person["country"],
                languages=", ".join(person["languages"]),
                experience=person["years"],
                bio=" ".join(person["bio"].split()),
                approach="\n".join(person["approach"]),
                how_i_write=person["how_i_write"],
                portrait=person["slug"],
                user=User.objects.filter(email=ACCOUNT_OF[person["slug"]]).first(),
            )
        )


def make_plain_pages() -> None:
    home = HomePage.objects.get()
    for page in load_folder("pages"):
        home.add_child(
            instance=PlainPage(
                title=page["title"],
                slug=page["slug"],
                search_description=page["search_description"],
                introduction=" ".join(page["intro"].split()),
                body=body_blocks(page["body"]),
                shows_crisis_lines=page["slug"] == "ayuda-ahora",
            )
        )


def days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)
