"""Tags of the pages that home draws, and of what every room's pages share: trails, passwords, steps."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.models import BlogPage, ProfessionalPage
from home.page_cache import remember
from home.renditions import rendition_url

register = template.Library()

VISIBLE = "visible"
HOME_DEPTH = 2
STEPS = (
    ("Lees", "casos y entradas, sin cuenta y sin pagar"),
    ("Eliges y pagas", "el precio y el plazo se ven antes"),
    ("Escribes tu caso", "a tu ritmo; el borrador se guarda"),
    ("Te responden", "una persona, con un plan de acción"),
    ("Preguntas de nuevo", "qué resultó, qué no, qué no se entendió"),
    ("Te acompañamos", "si quieres, te preguntamos cómo sigues"),
)


@register.simple_tag
def trail(page: Page) -> list[dict[str, str]]:
    """Where `page` stands, for components/breadcrumbs.html: the home page, the room, the page itself.

    At most one query; none where routing left the parent at hand.
    """
    room = page.get_parent()
    between = [{"title": room.title, "url": room.url}] if room.depth > HOME_DEPTH else []
    return [{"title": "Inicio", "url": "/"}, *between, {"title": page.title, "url": ""}]


@register.simple_tag
def journey_steps() -> list[dict[str, str]]:
    """The way from reading to being accompanied, for components/stepper.html; one stands at the first."""
    return [
        {"label": label, "note": note, "state": "next" if number else "current"}
        for number, (label, note) in enumerate(STEPS)
    ]


@register.simple_tag
def posts_of(author: ProfessionalPage, limit: int = 6) -> QuerySet[BlogPage]:
    """The newest posts that this psychologist signed."""
    posts: QuerySet[BlogPage] = BlogPage.listed().filter(author=author)
    return posts[:limit]


@register.inclusion_tag("components/password_field.html", takes_context=True)
def password_field(context: template.Context, field: BoundField) -> dict[str, Any]:
    """A password with a link that shows what one types: in place, or without a script by a new page.

    The address holds the wish to see it (`clave=visible`), never the password.
    """
    query = context["request"].GET.copy()
    visible = query.pop("clave", [""])[-1] == VISIBLE
    if visible:
        field.field.widget.input_type = "text"
        field.field.widget.attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    else:
        query["clave"] = VISIBLE
    return {"field": field, "visible": visible, "toggle_url": f"?{query.urlencode()}"}


@register.tag
def shared(parser: template.base.Parser, token: template.base.Token) -> SharedNode:
    """`{% shared "footer" demo team %}…{% endshared %}`: drawn once for all pages where the values are equal.

    For what many pages have in common. Nothing inside may depend on anything but those values and the
    settings of the site.
    """
    _, *expressions = token.split_contents()
    nodelist = parser.parse(("endshared",))
    parser.delete_first_token()
    return SharedNode(nodelist, [parser.compile_filter(each) for each in expressions])


class SharedNode(template.Node):
    def __init__(self, nodelist: template.NodeList, values: list[template.base.FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values

    def render(self, context: template.Context) -> SafeString:
        name = ("fragment", *(str(value.resolve(context)) for value in self.values))
        return remember(name, lambda: self.nodelist.render(context))


@register.filter
def rendition(image: Any, size: str) -> str:
    """The address of a picture in one of the sizes of home/renditions.py, for `src`."""
    return rendition_url(image, size)
