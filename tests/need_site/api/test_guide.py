"""docs/api.md, followed to the letter: its own code builds a case page from what the API answers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from casestudies.models import Topic
from home.models import ProfessionalPage
from tests.need_site.api.conftest import MakeCase, Reader

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "api.md"


@pytest.fixture
def guide(api: Reader) -> dict[str, Any]:
    """The guide's functions. Only its way to the network is another: to this process."""
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert len(blocks) >= 7
    names: dict[str, Any] = {}
    for block in blocks:
        exec(block, names)  # noqa: S102 (our own guide)
    names["fetch"] = lambda path: api.client.get(path, follow=True).json()
    return names


def test_guide_builds_the_page_of_a_case(
    guide: dict[str, Any], make_case: MakeCase, second_professional: ProfessionalPage, topic: Topic
) -> None:
    case = make_case("no-duermo", reviewer=second_professional)

    page = unescape(guide["case_page"]("/casos/no-duermo/"))

    assert f"<h1>{case.title}</h1>" in page
    for letter in case.letters:
        for paragraph in letter["text"].split("\n\n"):
            assert f"<p>{paragraph}</p>" in page
    assert "<h3>Apaga la pantalla</h3><p>A las diez.</p>" in page
    assert "<li>Un paso basta.</li>" in page
    assert case.author is not None
    assert f">Elena Rojas</a>, {case.author.registration}" in page
    assert "Revisa <a" in page
    assert ">Tomás Vidal</a>, RNPI 000009" in page
    assert f"<li>{topic.name}</li>" in page
    assert 'href="tel:*4141"' in page
    assert "<details>" not in page


def test_guide_folds_a_case_that_asks_for_care(guide: dict[str, Any], make_case: MakeCase) -> None:
    make_case("duele", content_note="Habla de una muerte.")

    page = guide["case_page"]("/casos/duele/")

    before, _, folded = page.partition("<details><summary>Habla de una muerte.</summary>")
    assert "a las tres" in folded
    assert "a las tres" not in before


def test_guide_lists_cases_without_quoting_those(
    guide: dict[str, Any], make_case: MakeCase, topic: Topic
) -> None:
    noted = make_case("duele", content_note="Habla de una muerte.", published_on="2026-01-01")
    open_case = make_case("uno", published_on="2026-01-02")

    found = guide["cases_about"](topic.slug)

    assert found == [(open_case.title, "Resumen de uno."), (noted.title, "")]
