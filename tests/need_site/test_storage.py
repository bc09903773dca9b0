from __future__ import annotations

import re

import pytest


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/static/CACHE/css/site.573428781721.css", True),
        ("/static/fonts/literata.9a1b3a2fbf3c.woff2", True),
        ("/static/fonts/literata.woff2", False),
        ("/static/img/og-default.png", False),
    ],
)
def test_files_with_a_hash_in_their_name_are_kept_for_ever(settings, address, kept):
    assert bool(re.search(settings.WHITENOISE_IMMUTABLE_FILE_TEST, address)) == kept
