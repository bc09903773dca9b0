"""Blocks of a page as data and as finished HTML, which another site can put into its pages as it is."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.utils.html import escape, linebreaks
from wagtail import blocks
from wagtail.rich_text import expand_db_html

from need_site.api.addresses import full
from need_site.api.shapes import HTML, TEXT, record, several

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
INLINE = ("a", "b", "br", "cite", "code", "em", "i", "strong", "sub", "sup")
APART = ("blockquote", "figcaption", "figure", "hr", "iframe", "img", "li", "ol", "p", "ul")
TAGS = frozenset({*HEADINGS, *INLINE, *APART})
ATTRIBUTES = frozenset({"alt", "height", "href", "rel", "src", "title", "width"})
# Removed with all they hold; of any other tag only the tag goes.
NEVER = ("script", "style", "object", "embed", "form", "template", "noscript", "svg", "math")
SCHEMES = ("https://", "http://", "mailto:", "tel:", "#")
PLAYER = "https://www.youtube-nocookie.com/"
BLOCKS = several(record(id=TEXT, type=TEXT, value={}, html=HTML))


def as_blocks(value: blocks.StreamValue, request: HttpRequest) -> list[dict[str, Any]]:
    """Each block with its kind, its value and its HTML. Rich text within values is HTML too."""
    return [
        {
            "id": each.id,
            "type": each.block_type,
            "value": _plain(each.block, each.value, request),
            "html": finished(each.render(), request),
        }
        for each in value
    ]


def paragraphs(text: str) -> str:
    """Plain text as paragraphs: a blank line begins a new one."""
    return str(linebreaks(text, autoescape=True)) if text else ""


def titled(title: str, text: str) -> str:
    return f"<h3>{escape(title)}</h3>{paragraphs(text)}"


def finished(html: str, request: HttpRequest) -> str:
    """`html` with what belongs in a text and nothing else; its addresses work on any site."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        if tag.decomposed:
            continue
        if tag.name in NEVER or (tag.name == "iframe" and not str(tag.get("src", "")).startswith(PLAYER)):
            tag.decompose()
        elif tag.name not in TAGS:
            tag.unwrap()
        else:
            tag.attrs = _attributes(tag.attrs, request)
    for comment in soup.find_all(
        string=lambda text: (
            type(text).__name__ in {"Comment", "CData", "Declaration", "Doctype", "ProcessingInstruction"}
        )
    ):
        comment.extract()
    return str(soup).strip()


def _attributes(attributes: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    kept = {name: value for name, value in attributes.items() if name in ATTRIBUTES}
    for name in ("href", "src"):
        address = str(kept.pop(name, "")).strip()
        if address.startswith("/") and not address.startswith("//"):
            address = full(request, address)
        if address.startswith(SCHEMES):
            kept[name] = address
    return kept


def _plain(block: Any, value: Any, request: HttpRequest) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        return finished(expand_db_html(value.source), request)
    if isinstance(block, blocks.StructBlock):
        return {name: _plain(child, value.get(name), request) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [_plain(block.child_block, each, request) for each in value]
    if isinstance(block, blocks.StreamBlock):
        return as_blocks(value, request)
    return block.get_api_representation(value)
