"""Makes the tree of pages and fills it with the demonstration's texts."""

from __future__ import annotations

import datetime

from django.utils import timezone

from casestudies.models import Topic
from consultations.enums import DiscountKind
from consultations.models import Discount, Service
from home.models import ProfessionalPage, TeamPage, User
from need_site import page_tree
from need_site.demo.loader import load, load_folder

ACCOUNT_OF = {
    "catalina-herrera-demo": "psicologa@example.com",
    "martin-olivares-demo": "psicologo2@example.com",
    "paula-quiroga-demo": "psicologa3@example.com",
}


def make_tree() -> None:
    """The empty rooms of the site: home, cases, blog, team, orientation."""
    page_tree.make_rooms(load("tree"))


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


def make_discounts() -> None:
    """One code to try: every person may use it once."""
    Discount.objects.get_or_create(
        code="OTONO20", defaults={"kind": DiscountKind.PERCENT, "value": 20, "note": "Demostración"}
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
    page_tree.make_plain_pages(load_folder("pages"))


def days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)
