"""Posting a comment, and showing the page again with what is wrong beside the field."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited
from wagtail.models import Page

from casestudies.actions.comments import COMMENTED_PAGES, post_comment
from casestudies.actions.errors import NotAllowed
from casestudies.forms import CommentForm
from home.views.kept_text import keep_text, refuse_forged
from home.views.origin import has_valid_token

COMMENTS_AN_HOUR = "5/h"
TOO_MANY = (
    "Recibimos varios comentarios tuyos en poco tiempo. Tu texto sigue aquí: envíalo dentro de una hora."
)
# Signing in again changes the token; the page that comes back brings the new one.
ONCE_MORE = "Tu texto está completo aquí, pero todavía no se envió: revísalo y envíalo otra vez."
# Where the page shows its comments, and how it knows that one has just arrived.
ANCHOR = "#comentarios"
RECEIVED = "?comentario=recibido"


@csrf_exempt  # the token is checked below: a failed check must not lose a comment
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a comment under a case or a post; visitors sign in first, and a reload leads back to the page."""
    page = _commented_page(page_id)
    url = page.get_url(request)
    if request.method != "POST":
        return HttpResponseRedirect(f"{url}{ANCHOR}")
    if (forged := refuse_forged(request)) is not None:
        return forged
    if not request.user.is_authenticated:
        return _of_a_visitor(request, f"{url}{ANCHOR}")
    form = CommentForm(request.POST)
    if not has_valid_token(request):
        form.add_error("body", ONCE_MORE)
        return _again(request, page, form, status=403)
    if not form.is_valid():
        return _again(request, page, form, status=422)
    if _is_too_fast(request):
        form.add_error("body", TOO_MANY)
        return _again(request, page, form, status=429)
    try:
        post_comment(by=request.user, page=page, body=form.cleaned_data["body"])
    except NotAllowed as refusal:
        form.add_error("body", str(refusal))
        return _again(request, page, form, status=403)
    return HttpResponseRedirect(f"{url}{RECEIVED}{ANCHOR}")


def _of_a_visitor(request: HttpRequest, back: str) -> HttpResponse:
    """Who has written something lost their session meanwhile: the text waits while they sign in."""
    if not request.POST.get("body", "").strip():
        return redirect_to_login(back)
    return keep_text(request, CommentForm, "signed_out", 403, back=back)


def _commented_page(page_id: int) -> Page:
    """The case or post anyone may read under this id; 404 for everything else, drafts among it."""
    page = Page.objects.live().public().type(*COMMENTED_PAGES).filter(pk=page_id).specific().first()
    if page is None:
        raise Http404
    return page


def _is_too_fast(request: HttpRequest) -> bool:
    limited: bool = is_ratelimited(
        request, group="comments", key="user", rate=COMMENTS_AN_HOUR, method="POST", increment=True
    )
    return limited


def _again(request: HttpRequest, page: Page, form: CommentForm, *, status: int) -> HttpResponse:
    """The same page, with the text still in the field."""
    request.comment_form = form  # type: ignore[attr-defined]  # read by the template tag `comments`
    response: HttpResponse = page.serve(request)
    response.status_code = status
    return response
