"""Pictures in the sizes the site uses, documents, and the collections that stay closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from home.jobs import make_renditions
from home.renditions import SIZES
from tests.need_site.api.conftest import Reader

pytestmark = pytest.mark.django_db
Image, Document = get_image_model(), get_document_model()


def add_image(title: str = "Un faro", **fields: Any) -> Any:
    file = get_test_image_file(filename=f"{title}.png", size=(1700, 1000))
    return Image.objects.create(title=title, file=file, **fields)


@pytest.fixture
def closed() -> Collection:
    """A collection inside one that is restricted."""
    outer = Collection.get_first_root_node().add_child(name="Interna")
    CollectionViewRestriction.objects.create(collection=outer, restriction_type="login")
    return outer.add_child(name="Más adentro")


def test_picture_comes_in_every_size_once_the_job_has_run(
    api: Reader, run_jobs: Callable[[], list[str]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = add_image()
    before = api(f"images/{image.pk}/")
    run_jobs()
    make_renditions(image.pk)  # a second run harms nothing

    after = api(f"images/{image.pk}/")

    assert before["renditions"] == dict.fromkeys(SIZES)
    assert {name: size["width"] for name, size in after["renditions"].items()} == {
        "card": 640,
        "text": 800,
        "wide": 1600,
        "portrait": 256,
        "share": 1200,
    }
    assert after["renditions"]["card"]["url"].startswith("http://localhost/media/images/")
    assert image.renditions.count() == len(SIZES)


def test_asking_for_a_picture_makes_no_sizes(api: Reader) -> None:
    image = add_image()

    api("images/")
    api(f"images/{image.pk}/")

    assert image.renditions.count() == 0


@pytest.mark.parametrize("images", [1, 3])
def test_pictures_cost_the_same_for_one_and_for_three(
    api: Reader, images: int, django_assert_num_queries: Any
) -> None:
    for number in range(images):
        make_renditions(add_image(f"Faro {number}").pk)
    api("images/")

    # The closed collections, how many there are, the pictures, their sizes, the site.
    with django_assert_num_queries(5):
        assert len(api("images/")["items"]) == images


def test_what_lies_in_a_closed_collection_is_not_there(api: Reader, closed: Collection) -> None:
    image = add_image(collection=closed)
    file = ContentFile(b"texto", name="nota.txt")
    document = Document.objects.create(title="Nota", file=file, collection=closed)
    Document.objects.create(title="Guía", file=ContentFile(b"texto", name="guia.txt"))

    assert api("images/")["items"] == []
    assert [each["title"] for each in api("documents/")["items"]] == ["Guía"]
    assert api.answer(f"images/{image.pk}/").status_code == 404
    assert api.answer(f"documents/{document.pk}/").status_code == 404


@pytest.mark.parametrize("private", [False, True])
def test_document_comes_through_the_site_from_a_bucket_too(
    api: Reader, client: Client, settings: Any, closed: Collection, private: bool
) -> None:
    """Never by the bucket's own address, which asks nobody whether a collection is private."""
    in_memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": in_memory}
    fields = {"collection": closed} if private else {}
    document = Document.objects.create(title="Guía", file=ContentFile(b"texto", name="guia.txt"), **fields)

    assert document.url == f"/documents/{document.pk}/guia.txt"
    answer = client.get(document.url)
    if private:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/cuenta/ingresar/")
    else:
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"texto")
