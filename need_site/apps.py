from django.apps import AppConfig


class NeedSiteConfig(AppConfig):
    name = "need_site"
    verbose_name = "Need"
