"""The API's own description, OpenAPI 3.1, drawn from the same tables that the endpoints answer from."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from casestudies.models import CasePage
from need_site.api import page_queries
from need_site.api.base import DEFAULT_LIMIT, LARGEST_LIMIT, LARGEST_OFFSET, CollectionView
from need_site.api.crisis_lines import CrisisLines
from need_site.api.files import Documents, Images
from need_site.api.menus import Menus
from need_site.api.page_fields import PAGE_FIELDS, PAGE_TYPES, Served
from need_site.api.parameters import LARGEST_ID
from need_site.api.previews import TOKEN
from need_site.api.redirects import Redirects
from need_site.api.services import Services
from need_site.api.shapes import (
    MOMENT_OR_NULL,
    NUMBER,
    TEXT,
    TRUTH,
    URL,
    Schema,
    choice,
    listing,
    or_null,
    record,
    ref,
    some,
)
from need_site.api.site_settings import PublicSiteSettings
from need_site.api.topics import Topics

ROOT: Final = "/api/v2/"
REFUSED = {"$ref": "#/components/responses/Refused"}
PARENT = some(id=NUMBER, meta=some(type=TEXT, detail_url=URL, html_url=URL), title=TEXT)
META: Final[dict[str, Schema]] = {
    "type": choice(list(PAGE_TYPES)),
    "detail_url": URL,
    "html_url": URL,
    "slug": TEXT,
    "show_in_menus": TRUTH,
    "seo_title": TEXT,
    "search_description": TEXT,
    "first_published_at": MOMENT_OR_NULL,
    "last_published_at": MOMENT_OR_NULL,
    "parent": or_null(PARENT),
}
FIELDS = {
    "name": "fields",
    "in": "query",
    "description": "Names of fields. `*`: all; `_,title`: no others; `*,-author`: all but one.",
    "schema": TEXT,
    "examples": {"all": {"value": "*"}, "few": {"value": "_,title,topics"}},
}
PATH = {
    "name": "html_path",
    "in": "query",
    "required": True,
    "description": "The path of a page on the site.",
    "schema": {"type": "string", "minLength": 1},
    "example": "/casos/",
}


@cache
def description() -> dict[str, Any]:
    """The whole document. The same for everybody, and as long as the process lives."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Need: contenidos públicos",
            "version": "2",
            "description": "Read-only. What is published on the site, for any other front end.",
        },
        "servers": [{"url": "/"}],
        "paths": {f"{ROOT}{path}": {"get": operation} for path, operation in _operations().items()},
        "components": {
            "schemas": {
                "Error": record(message=TEXT),
                **{name: page_schema(fields) for name, fields in _kinds()},
                "Page": {"anyOf": [ref(name) for name, _ in _kinds()]},
            },
            "responses": {
                "Refused": {
                    "description": "The reason, in `message`.",
                    "content": {"application/json": {"schema": ref("Error")}},
                }
            },
        },
    }


def page_schema(fields: tuple[Served, ...]) -> Schema:
    """One kind of page. Nothing is required, because `fields` may leave out anything."""
    meta = some(**META)
    return some(id=NUMBER, meta=meta, title=TEXT, **{each.name: each.schema for each in fields})


def _kinds() -> list[tuple[str, tuple[Served, ...]]]:
    kinds = [(model.__name__, fields) for model, fields in PAGE_FIELDS.items() if fields]
    return [("BarePage", ()), *kinds]


def _operations() -> dict[str, dict[str, Any]]:
    operations = {
        "": _operation("endpoints", "Where everything is.", {"type": "object", "additionalProperties": URL}),
        "schema/": _operation("schema", "This document.", {"type": "object"}),
        **_pages(),
    }
    for view in (Images, Documents, Topics, CrisisLines, Redirects, Services):
        operations |= _collection(view)
    operations["redirects/find/"] = _operation(
        "redirects_find", "Where the page of a path went.", Redirects.item_schema, [PATH], 404
    )
    for view in (Menus, PublicSiteSettings):
        operations[f"{view.endpoint}/"] = _operation(view.endpoint, (view.__doc__ or "").strip(), view.schema)
    return operations


def _pages() -> dict[str, dict[str, Any]]:
    number = _in_path("id", {"type": "integer", "minimum": 1, "maximum": LARGEST_ID})
    token = _query(TOKEN, TEXT, "Shows a draft: made by an editor in the back office, good for an hour.")
    alone = _operation(
        "pages_one", "One page, with its texts.", ref("Page"), [number, FIELDS, token], 403, 404, 410
    )
    found = _operation("pages_find", "Leads to the page at a path.", ref("Page"), [PATH, FIELDS], 404)
    found["responses"]["302"] = {"description": "The page's own address in this API, in `Location`."}
    return {
        "pages/": _operation(
            "pages", "Published pages, without their texts.", listing(ref("Page")), _page_parameters()
        ),
        "pages/find/": found,
        "pages/{id}/": alone,
    }


def _page_parameters() -> list[dict[str, Any]]:
    names = page_queries.orders_of(CasePage)
    filters = {**page_queries.COMMON, **page_queries.OWN}
    return [
        _query("type", choice(list(PAGE_TYPES)), "One kind of page, with the fields of that kind."),
        FIELDS,
        _query(
            "order",
            choice([*names, *(f"-{name}" for name in names)]),
            "`published_on` needs a kind that has it.",
        ),
        *(_query(name, schema) for name, schema in filters.items()),
        *_paging(),
    ]


def _collection(view: type[CollectionView]) -> dict[str, dict[str, Any]]:
    name = view.endpoint.replace("-", "_")
    filters = [_query(each, schema) for each, schema in view.filters.items()]
    summary = (view.__doc__ or "").strip()
    listed = _operation(name, summary, listing(view.item_schema), [*filters, *_paging()])
    if view.key is None:
        return {f"{view.endpoint}/": listed}
    shape = {"type": "integer", "minimum": 1} if view.key == "pk" else page_queries.SLUG
    alone = _operation(f"{name}_one", summary, view.item_schema, [_in_path("key", shape)], 404)
    return {f"{view.endpoint}/": listed, f"{view.endpoint}/{{key}}/": alone}


def _operation(
    name: str, summary: str, schema: Schema, parameters: list[dict[str, Any]] | None = None, *refusals: int
) -> dict[str, Any]:
    found = {"description": "What was asked for.", "content": {"application/json": {"schema": schema}}}
    refused = {str(status): REFUSED for status in sorted({400, 429, *refusals})}
    kept = {"description": "The same as the answer whose `ETag` was sent in `If-None-Match`."}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters or [],
        "responses": {"200": found, "304": kept, **refused},
    }


def _query(name: str, schema: Schema, text: str = "") -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema} | ({"description": text} if text else {})


def _in_path(name: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _paging() -> list[dict[str, Any]]:
    limit = {"type": "integer", "minimum": 0, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT}
    return [
        _query("limit", limit),
        _query("offset", {"type": "integer", "minimum": 0, "maximum": LARGEST_OFFSET, "default": 0}),
    ]
