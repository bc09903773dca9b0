"""The blocks that posts and plain pages are made of."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from wagtail import blocks

YOUTUBE_ID = re.compile(r"^[A-Za-z0-9_-]{11}$")


def validate_youtube_id(value: str) -> None:
    if not YOUTUBE_ID.match(value):
        raise ValidationError("Escribe solo los 11 caracteres que identifican el video en YouTube.")


class VideoBlock(blocks.StructBlock):
    """A YouTube video behind a façade: nothing is asked of YouTube before the visitor says so."""

    youtube_id = blocks.CharBlock(
        label="Identificador de YouTube", max_length=11, validators=[validate_youtube_id]
    )
    title = blocks.CharBlock(label="Título", max_length=120)
    description = blocks.TextBlock(label="Qué muestra", required=False)

    class Meta:
        icon = "media"
        label = "Video"
        template = "home/blocks/video.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Cita")
    attribution = blocks.CharBlock(label="De quién", required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = "Cita"
        template = "home/blocks/quote.html"


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(label="Subtítulo", max_length=120, template="home/blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label="Párrafo",
        features=["bold", "italic", "link", "ol", "ul"],
        template="home/blocks/paragraph.html",
    )
    quote = QuoteBlock()
    list = blocks.ListBlock(
        blocks.CharBlock(label="Punto"), label="Lista", template="home/blocks/list.html", icon="list-ul"
    )
    video = VideoBlock()
