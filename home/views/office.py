"""What the rooms show on the start page of the back office."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component


class WaitingPanel(Component):
    """One room's work that waits for whoever is signed in: a title, one sentence and the way there."""

    order = 10
    template_name = "home/office/waiting.html"

    def __init__(self, title: str, sentence: str, url: str, link_text: str) -> None:
        self.words = {"title": title, "sentence": sentence, "url": url, "link_text": link_text}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return self.words
