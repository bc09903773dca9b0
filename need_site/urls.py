"""Every address of Need. Wagtail's pages come last: they answer whatever no room has claimed."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.page_cache import kept
from home.views.signing_in import to_sign_in
from need_site import sitemap
from need_site.api.urls import urlpatterns as api_urls

urlpatterns = [
    path("", include("home.urls")),
    path("cuenta/", include("home.account_urls")),
    path("", include("casestudies.urls")),
    path("", include("consultations.urls")),
    path("", include("surveys.urls")),
    path("api/v2/", api_urls),
    path("sitemap.xml", kept(sitemap.index), name="sitemap"),
    path("sitemap-paginas-<int:number>.xml", kept(sitemap.pages), name="sitemap_pages"),
    path("sitemap-temas.xml", kept(sitemap.topics), name="sitemap_topics"),
    # Wagtail's own ways in ask for a password and no more: they lead to ours.
    path("admin/login/", to_sign_in),
    re_path(r"^admin/password_reset/", to_sign_in),
    path("_util/login/", to_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Only with DEBUG and local files; elsewhere the web server or the bucket serves them.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
