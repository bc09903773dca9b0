"""JSON Schema in short: the shapes that endpoints declare for what they answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
TEXTS: Final[Schema] = {"type": "array", "items": TEXT}
HTML: Final[Schema] = {"type": "string", "contentMediaType": "text/html"}
NUMBER: Final[Schema] = {"type": "integer"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
TRUTH: Final[Schema] = {"type": "boolean"}
URL: Final[Schema] = {"type": "string", "format": "uri"}
DATE: Final[Schema] = {"type": "string", "format": "date"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}


def or_null(schema: Schema) -> Schema:
    if "type" in schema and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


URL_OR_NULL: Final = or_null(URL)
DATE_OR_NULL: Final = or_null(DATE)
MOMENT_OR_NULL: Final = or_null(MOMENT)


def choice(values: Collection[str]) -> Schema:
    return {"type": "string", "enum": list(values)}


def some(**properties: Schema) -> Schema:
    """An object with any of these properties and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def record(**properties: Schema) -> Schema:
    """An object with exactly these properties."""
    return {**some(**properties), "required": list(properties)}


def several(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def listing(item: Schema) -> Schema:
    """A page of a list, as every endpoint answers it."""
    return record(meta=record(total_count=COUNT), items=several(item))


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
