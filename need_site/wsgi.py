import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "need_site.settings")
django = get_wsgi_application()


def _with_page_cache() -> object:
    # Imported now: models can be, only since Django is set up.
    from django.conf import settings

    if not settings.PAGE_CACHE:
        return django
    from need_site.page_cache.page_views import PageViews
    from need_site.page_cache.stores import new_store
    from need_site.page_cache.wsgi import PageCache

    return PageCache(django, new_store(), PageViews())


application = _with_page_cache()
