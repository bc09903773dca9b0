"""The pages of the follow-up: answering from an e-mail, stopping it, one's evolution, and the ways on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from home.actions.consents import has_consented
from home.crisis import lines_of
from home.enums import ConsentPurpose
from home.models import SiteSettings, User
from home.touchpoints import record
from surveys.actions.answering import NotAllowed, acknowledge_risk, answer_survey, raise_risk
from surveys.actions.planning import stop_follow_up
from surveys.enums import WayOn
from surveys.evolution import evolutions_of, is_light, marks_risk, next_due_at, way_on
from surveys.forms import SurveyForm
from surveys.links import LinkExpired, LinkUnknown, invitation_to_answer, invitation_to_stop
from surveys.models import Invitation, RiskNotice
from surveys.touchpoints import CONTINUE_CHOSEN, EVOLUTION_VIEWED, THERAPY_CHOSEN

THERAPY_PAGE = "/como-encontrar-terapia/"


# The token in the address is the key, no cookie is: a page left open for a day, or a mail program that
# keeps no cookies, must not cost anybody their answers.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The survey of one invitation; once answered, the same address shows the evolution."""
    try:
        invitation = invitation_to_answer(token)
    except LinkExpired:
        return render(request, "surveys/link_expired.html", status=410)
    except LinkUnknown:
        return render(request, "surveys/link_unknown.html", status=404)
    if invitation.cancelled_at is not None:
        return render(request, "surveys/link_cancelled.html", status=410)
    if request.method == "POST":
        return _store(request, invitation)
    if invitation.answered_at is not None:
        return _results(request, invitation)
    return _survey(request, invitation, SurveyForm())


# A mail program's one click brings no cookie and no form (RFC 8058): the signed token is all it has.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A button that stops the follow-up. Mail programs press it by a POST, and follow no redirect."""
    try:
        person = invitation_to_stop(token).user
    except LinkUnknown:
        return render(request, "surveys/link_unknown.html", status=404)
    if request.method == "POST":
        stop_follow_up(by=person)
    stopped = not has_consented(person, ConsentPurpose.FOLLOW_UP)
    return render(request, "surveys/unsubscribe.html", {"stopped": stopped})


@login_required
@require_safe
def evolution(request: HttpRequest) -> HttpResponse:
    """The signed-in person's own evolution, over all their consultations."""
    record(EVOLUTION_VIEWED, request=request)
    return render(request, "surveys/evolution.html", _evolution_context(request, request.user))  # type: ignore[arg-type]


@require_GET
def follow(request: HttpRequest, choice: str) -> HttpResponse:
    """Note which way on was chosen, and go there. The address says no more than the choice."""
    if choice == WayOn.CONTINUE:
        record(CONTINUE_CHOSEN, request=request)
        return redirect("consultations:new")
    if choice == WayOn.THERAPY:
        record(THERAPY_CHOSEN, request=request)
        return HttpResponseRedirect(THERAPY_PAGE)
    raise Http404


@login_required
@require_POST
def acknowledge(request: HttpRequest, notice_id: int) -> HttpResponse:
    """A psychologist takes charge of a notice of risk, and is back at the desk."""
    notices = RiskNotice.objects.select_related("invitation__consultation")
    notice = get_object_or_404(notices, pk=notice_id)
    try:
        acknowledge_risk(by=request.user, notice=notice)  # type: ignore[arg-type]
    except NotAllowed:
        raise Http404 from None
    return redirect("consultations:desk")


def _store(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if invitation.answered_at is not None:
        return _see_other(request)
    form = SurveyForm(request.POST)
    if form.is_valid():
        answer_survey(by=invitation.user, invitation=invitation, answers=form.answers())
        return _see_other(request)
    in_danger = form.marks_risk()
    if in_danger:
        # An incomplete form is no reason to wait.
        raise_risk(by=invitation.user, invitation=invitation)
    return _survey(request, invitation, form, in_danger=in_danger, status=422)


def _survey(
    request: HttpRequest,
    invitation: Invitation,
    form: SurveyForm,
    *,
    in_danger: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "in_danger": in_danger, "lines": _lines(request, invitation.user)}
    return render(request, "surveys/survey.html", context, status=status)


def _results(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method == "GET":
        record(EVOLUTION_VIEWED, request=request, user=invitation.user)
    return render(request, "surveys/results.html", _evolution_context(request, invitation.user))


def _evolution_context(request: HttpRequest, person: User) -> dict[str, object]:
    evolutions = evolutions_of(person)
    return {
        "evolutions": evolutions,
        "in_danger": marks_risk(evolutions),
        "lines": _lines(request, person),
        "therapy_first": way_on(evolutions) == WayOn.THERAPY,
        "light": is_light(evolutions),
        "next_due_at": next_due_at(person),
    }


def _lines(request: HttpRequest, person: User) -> list[object]:
    return list(lines_of(person.country or SiteSettings.for_request(request).default_country))


def _see_other(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(request.path)
    response.status_code = 303
    return response
