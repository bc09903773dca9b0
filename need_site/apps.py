from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate


class NeedSiteConfig(AppConfig):
    name = "need_site"
    verbose_name = "Need"

    def ready(self) -> None:
        from need_site.log_masking import mask_foreign_loggers

        mask_foreign_loggers()
        post_migrate.connect(_follow_site_url, sender=apps.get_app_config("wagtailcore"))


def _follow_site_url(using: str, **kwargs: Any) -> None:
    """After every migrate, unless it went back to before there were sites."""
    from need_site.page_tree import follow_site_url

    if "wagtailcore_site" in connections[using].introspection.table_names():
        follow_site_url()
