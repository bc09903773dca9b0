from django.urls import path
from django.views.decorators.http import conditional_page

from casestudies.feeds import CaseFeed
from casestudies.views.comments import comment
from casestudies.views.search import search
from home.page_cache import kept

app_name = "casestudies"
urlpatterns = [
    path("buscar/", search, name="search"),
    path("comentarios/<int:page_id>/", comment, name="comment"),
    # The address is fixed, while the library is a page that an editor may rename or move.
    path("casos/feed/", conditional_page(kept(CaseFeed())), name="feed"),
]
