"""Pictures in the sizes of the site: made by the queue, never while somebody waits for a page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.template import Context, Template
from PIL import Image as Picture
from wagtail.images import get_image_model

from home.jobs import make_renditions
from home.renditions import SIZES, rendition_url

pytestmark = pytest.mark.django_db
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>'
RunJobs = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def image() -> Any:
    content = io.BytesIO()
    Picture.new("RGB", (1600, 1200), "teal").save(content, "PNG")
    return get_image_model().objects.create(title="Foto", file=ImageFile(content, name="foto.png"))


def test_queue_makes_every_size_once(image: Any, run_jobs: RunJobs) -> None:
    assert not image.renditions.exists()

    assert run_jobs() == ["home.jobs.make_renditions"]
    made = set(image.renditions.values_list("filter_spec", "pk"))
    make_renditions(image.pk)

    assert {spec for spec, _ in made} == set(SIZES.values())
    assert set(image.renditions.values_list("filter_spec", "pk")) == made


def test_visitor_gets_the_original_until_a_size_is_made(
    image: Any, run_jobs: RunJobs, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert rendition_url(image, "card") == image.file.url
    assert not image.renditions.exists()

    run_jobs()

    assert rendition_url(image, "card") == image.renditions.get(filter_spec=SIZES["card"]).url


def test_template_names_a_size(image: Any, run_jobs: RunJobs) -> None:
    run_jobs()
    template = Template('{% load home %}{{ image|rendition:"share" }}')

    assert template.render(Context({"image": image})).endswith(".jpg")


def test_drawing_fits_every_size(run_jobs: RunJobs) -> None:
    file = ImageFile(io.BytesIO(DRAWING), name="dibujo.svg")
    drawing = get_image_model().objects.create(title="Dibujo", file=file)
    run_jobs()

    assert not drawing.renditions.exists()
    assert rendition_url(drawing, "card") == drawing.file.url


def test_picture_deleted_meanwhile_is_no_failure(image: Any, run_jobs: RunJobs) -> None:
    image.delete()

    run_jobs()


def test_no_page_makes_a_size_itself(settings: Any) -> None:
    root = Path(settings.BASE_DIR)
    makes = re.compile(r"\{%\s*(image|picture|srcset_image|image_url)\s|wagtailimages_tags")
    guilty = [path for path in (root / "templates").rglob("*.html") if makes.search(path.read_text())]
    rooms = ("home", "casestudies", "consultations", "surveys")
    code = [
        path for room in rooms for path in (root / room).rglob("*.py") if "get_rendition(" in path.read_text()
    ]

    assert guilty == []
    assert code == [root / "home" / "renditions.py"]
