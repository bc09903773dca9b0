"""The sizes in which the site shows pictures: made in the queue, and only looked up for visitors."""

from __future__ import annotations

from typing import Any

from wagtail.images.models import Filter, SourceImageIOError

# Every size a template, the API or a shared link may ask for, by what it is for. Another one goes here first.
SIZES = {
    "card": "fill-640x400|format-webp",
    "text": "width-800|format-webp",
    "wide": "width-1600|format-webp",
    "portrait": "fill-256x256|format-webp",
    "share": "fill-1200x630|format-jpeg",
}


def make_all(image: Any) -> int:
    """Make what is missing of `image` in all SIZES; give how many were made. SVG fits every size."""
    if image.is_svg():
        return 0
    missing = set(SIZES.values()) - set(image.renditions.values_list("filter_spec", flat=True))
    made = 0
    for spec in sorted(missing):
        try:
            image.get_rendition(spec)
        except SourceImageIOError:
            # The file is gone or is no picture: trying again would not help.
            break
        made += 1
    return made


def made_sizes(image: Any) -> dict[str, Any]:
    """The renditions there are of `image`, by size; costs no query when they were prefetched."""
    made = {(each.filter_spec, each.focal_point_key): each for each in image.renditions.all()}
    return {name: made.get((spec, Filter(spec).get_cache_key(image))) for name, spec in SIZES.items()}


def rendition_url(image: Any, size: str) -> str:
    """The address of `image` in one of SIZES; that of the original until the queue has made it.

    One query, or none where `renditions` were prefetched.
    """
    spec = SIZES[size]
    if image.is_svg():
        return str(image.file.url)
    made = next((each for each in image.renditions.all() if each.filter_spec == spec), None)
    return str(made.url if made else image.file.url)
