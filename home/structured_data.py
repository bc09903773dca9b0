"""What search engines are told of a page: one JSON-LD graph, built from the page and what it shows.

Every room says for its own pages what they are, by `describes`; templates print the graph by the tag
`structured_data`. Nothing here asks the database for more than the page itself does.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from home.models import (
    BlogIndexPage,
    BlogPage,
    HomePage,
    PlainPage,
    ProfessionalPage,
    TeamPage,
)
from home.models.shared_page import SharedPage, SharePictured

Node = dict[str, Any]
Context = Mapping[str, Any]
Builder = Callable[[Any, Context], list[Node]]
Addition = Callable[[Any, Context], Node]

LANGUAGE = "es"
# Within a script element these could end it, or end a line of it; in JSON each may be written by number.
ESCAPED = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
_builders: dict[type[Page], Builder] = {}
_additions: dict[type[Page], list[Addition]] = {}


def describes(model: type[Page]) -> Callable[[Builder], Builder]:
    """Have the decorated function say what pages of `model` are: it takes the page and the context."""

    def register(builder: Builder) -> Builder:
        _builders[model] = builder
        return builder

    return register


def adds_to(*models: type[Page]) -> Callable[[Addition], Addition]:
    """Have the decorated function add what a later room knows to the first node of these pages."""

    def register(addition: Addition) -> Addition:
        for model in models:
            _additions.setdefault(model, []).append(addition)
        return addition

    return register


def graph_of(page: Page, context: Context) -> list[Node]:
    """The nodes that describe `page`; none for a kind of page that nobody described."""
    builder = _builders.get(type(page))
    nodes = builder(page, context) if builder else []
    for addition in _additions.get(type(page), []) if nodes else []:
        nodes[0] |= addition(page, context)
    return nodes


def script_of(nodes: list[Node]) -> SafeString:
    """The graph as the one element that search engines read. No title, whatever it says, gets out of it."""
    if not nodes:
        return SafeString("")
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)


# --- parts ---------------------------------------------------------------------------------------
def node(kind: str, **properties: Any) -> Node:
    """A node without the properties that have no value; `id_` stands for "@id"."""
    identity = {"@id": properties.pop("id_")} if "id_" in properties else {}
    kept = {name: value for name, value in properties.items() if value not in (None, "", [], {})}
    return {"@type": kind, **identity, **kept}


def absolute(path: str) -> str:
    return urljoin(f"{settings.SITE_URL}/", path)


def organization() -> Node:
    """Need, wherever it is the publisher. Its own ratings are shown to people and never given here."""
    logo = node("ImageObject", url=absolute(static("img/apple-touch-icon.png")), width=180, height=180)
    return node("Organization", id_=absolute("/#need"), name="Need", url=absolute("/"), logo=logo)


def person(professional: ProfessionalPage | None) -> Node | None:
    """A psychologist: the name alone, with title and registration beside it."""
    if professional is None:
        return None
    address = absolute(professional.url)
    number = node("PropertyValue", name="Número de registro", value=professional.registration)
    return node(
        "Person",
        id_=f"{address}#persona",
        name=professional.title,
        url=address,
        jobTitle=professional.job_title,
        identifier=number if professional.registration else None,
    )


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Node:
    """The way to a page: pairs of name and path, from the home page to the page itself."""
    items = [
        node("ListItem", position=place, name=name, item=absolute(path))
        for place, (name, path) in enumerate(trail, start=1)
    ]
    return node("BreadcrumbList", itemListElement=items)


def trail_of(page: Page) -> list[tuple[str, str]]:
    """Home, the room, the page. Routing leaves the parent at hand, so that it costs no query."""
    room = page.get_parent()
    between = [(room.title, room.url)] if room.depth > 2 else []
    return [("Inicio", "/"), *between, (page.title, page.url)]


def item_list(items: Iterable[Any], first: int = 1) -> Node:
    """Pages in a list, by name and address; `first` is the place of the first one."""
    entries = [
        node("ListItem", position=place, name=each.title, url=absolute(each.url))
        for place, each in enumerate(items, start=first)
    ]
    return node("ItemList", itemListElement=entries)


# The lists of the site's pages, by the names they have in templates.
LISTS = ("page_of_cases", "page_of_posts")


def collection(name: str, path: str, context: Context, **properties: Any) -> Node:
    """A list of pages, whichever page of it: with what it shows, in the order it shows it."""
    shown = next((context[each] for each in LISTS if context.get(each) is not None), None)
    if shown is not None and shown.number > 1:
        path, name = f"{path}?pagina={shown.number}", f"{name}, página {shown.number}"
    entries = item_list(shown, shown.start_index()) if shown is not None and len(shown) else None
    return node(
        "CollectionPage",
        id_=absolute(path),
        url=absolute(path),
        name=name,
        inLanguage=LANGUAGE,
        mainEntity=entries,
        **properties,
    )


def moment(value: datetime.datetime | datetime.date | None) -> str | None:
    """A date with its time and zone, as search engines want it; a bare day where no time is known."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(microsecond=0).isoformat()
    return value.isoformat() if value else None


def modified(page: SharedPage, published_on: datetime.date) -> str | None:
    """When the text last changed; the day it was published while it never did."""
    return moment(page.text_changed_at) or moment(published_on)


def picture_of(row: SharePictured) -> str:
    """The picture of its shared links, the site's own while it has none."""
    return row.share_picture_address or absolute(static("img/og-default.png"))


# --- home's own pages ----------------------------------------------------------------------------
@describes(HomePage)
def home_page(page: HomePage, context: Context) -> list[Node]:
    search = node(
        "SearchAction",
        target=node("EntryPoint", urlTemplate=absolute("/buscar/?q={palabras}")),
    )
    search["query-input"] = "required name=palabras"
    website = node(
        "WebSite",
        id_=absolute("/#sitio"),
        name="Need",
        url=absolute("/"),
        description=page.search_text,
        inLanguage=LANGUAGE,
        publisher={"@id": absolute("/#need")},
        potentialAction=search,
    )
    return [organization() | {"description": page.search_text or page.lead}, website]


@describes(PlainPage)
def plain_page(page: PlainPage, context: Context) -> list[Node]:
    return [web_page(page), breadcrumbs(trail_of(page))]


def web_page(page: Any, **properties: Any) -> Node:
    return node(
        "WebPage",
        id_=absolute(page.url),
        url=absolute(page.url),
        name=page.title,
        description=page.search_text,
        inLanguage=LANGUAGE,
        dateModified=moment(page.modified_at),
        publisher=organization(),
        **properties,
    )


@describes(BlogIndexPage)
def blog_index(page: BlogIndexPage, context: Context) -> list[Node]:
    described = collection(page.title, page.url, context, description=page.search_text)
    return [described, breadcrumbs(trail_of(page))]


@describes(TeamPage)
def team_page(page: TeamPage, context: Context) -> list[Node]:
    people = item_list(context.get("professionals", ()))
    described = collection(page.title, page.url, {}, description=page.search_text) | {"mainEntity": people}
    return [described, breadcrumbs(trail_of(page))]


@describes(ProfessionalPage)
def professional_page(page: ProfessionalPage, context: Context) -> list[Node]:
    who = person(page) or {}
    portrait = absolute(static(f"img/people/{page.portrait}.svg")) if page.portrait else None
    languages = [each.strip() for each in page.languages.replace(" y ", ",").split(",") if each.strip()]
    who |= node("Person", description=page.bio, image=portrait, knowsLanguage=languages)
    who["worksFor"] = organization()
    profile = node(
        "ProfilePage",
        id_=absolute(page.url),
        url=absolute(page.url),
        name=page.title,
        inLanguage=LANGUAGE,
        dateCreated=moment(page.first_published_at),
        dateModified=moment(page.modified_at),
        mainEntity=who,
    )
    return [profile, breadcrumbs(trail_of(page))]


def article(kind: str, page: Any, **properties: Any) -> Node:
    """A signed text of the site, a case or a post; `kind` is the kind of Article that it is."""
    return node(
        kind,
        id_=f"{absolute(page.url)}#texto",
        headline=page.title,
        description=page.search_text,
        image=[picture_of(page)],
        datePublished=moment(page.published_on),
        dateModified=modified(page, page.published_on),
        publisher=organization(),
        inLanguage=LANGUAGE,
        **properties,
    )


@describes(BlogPage)
def blog_page(page: BlogPage, context: Context) -> list[Node]:
    address = absolute(page.url)
    post = article("BlogPosting", page, author=[person(page.author)], mainEntityOfPage=address)
    videos = [_video(block.value, page) for block in page.body if block.block_type == "video"]
    return [post, *videos, breadcrumbs(trail_of(page))]


def _video(video: Mapping[str, str], page: BlogPage) -> Node:
    return node(
        "VideoObject",
        name=video["title"],
        description=video["description"] or video["title"],
        thumbnailUrl=[picture_of(page)],
        uploadDate=moment(_midday(page.published_on)),
        embedUrl=f"https://www.youtube-nocookie.com/embed/{video['youtube_id']}",
        inLanguage=LANGUAGE,
    )


def _midday(day: datetime.date) -> datetime.datetime:
    """Search engines ask for the zone of this date, so for a time; noon is that day in any of ours."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
