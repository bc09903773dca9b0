"""Every address of Need. Wagtail's pages come last: they answer whatever no room has claimed."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from need_site.api_urls import api_router

urlpatterns = [
    path("", include("home.urls")),
    path("cuenta/", include("home.account_urls")),
    path("", include("casestudies.urls")),
    path("", include("consultations.urls")),
    path("", include("surveys.urls")),
    path("api/v2/", api_router.urls),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Only with DEBUG and local files; elsewhere the web server or the bucket serves them.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
