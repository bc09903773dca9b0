from __future__ import annotations

from need_site.management.commands.serve import _asset_sources


def test_asset_sources_are_the_sources_and_not_what_is_built(settings):
    paths = {path.relative_to(settings.BASE_DIR) for path in _asset_sources()}

    first_folders = {path.parts[0] for path in paths}
    assert {"templates", "need_site", "requirements.txt"} <= first_folders
    assert not {folder for folder in first_folders if folder.startswith(".")}
