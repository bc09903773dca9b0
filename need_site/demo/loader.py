"""Reads the demonstration content from its YAML files."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import yaml

LINK = re.compile(r"\[([^\]]+)\]\((/[^)\s]*)\)")
CONTENT = Path(__file__).parent / "content"


def load(name: str) -> Any:
    """The content of one file, e.g. `load("topics")`."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def load_folder(name: str) -> list[dict[str, Any]]:
    """The content of every file of a folder, in the order of their names."""
    return [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((CONTENT / name).glob("*.yaml"))
    ]


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.strip().split("\n\n") if part.strip()]


def body_blocks(blocks: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """YAML blocks as what home.models.blocks.BodyBlock takes."""
    return [_block(dict(block)) for block in blocks]


def _block(block: dict[str, Any]) -> tuple[str, Any]:
    kind = block.pop("type")
    if kind == "paragraph":
        return kind, "".join(f"<p>{_rich(each)}</p>" for each in paragraphs(block["text"]))
    if kind == "heading":
        return kind, block["text"]
    if kind == "list":
        return kind, block["items"]
    return kind, block


def _rich(text: str) -> str:
    """Text as markup; [words](/address/) becomes a link to a page of the site."""
    return LINK.sub(r'<a href="\2">\1</a>', html.escape(text, quote=False))
