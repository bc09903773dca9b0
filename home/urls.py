from django.urls import path
from django.views.decorators.http import conditional_page

from home.feeds import PostFeed
from home.page_cache import kept
from home.views import account, health, mailbox, moods, privacy, robots

app_name = "home"
urlpatterns = [
    path("cuenta/", account.overview, name="account"),
    path("cuenta/inicio/", account.after_login, name="after_login"),
    path("cuenta/seudonimo/", account.change_pseudonym, name="change_pseudonym"),
    path("cuenta/pais/", account.change_country, name="change_country"),
    path("cuenta/consentimiento/", account.change_consent, name="change_consent"),
    path("privacidad/consentimiento/", privacy.choose, name="consent"),
    path("privacidad/preferencias/", privacy.preferences, name="privacy_preferences"),
    path("animo/", moods.count, name="mood"),
    path("correo/", mailbox.mailbox, name="mailbox"),
    path("correo/<str:name>/", mailbox.mail, name="mail"),
    path("correo/<str:name>/html/", mailbox.mail_html, name="mail_html"),
    path("blog/feed/", conditional_page(kept(PostFeed())), name="blog_feed"),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", kept(robots.robots), name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
]
