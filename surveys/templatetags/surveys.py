"""What the desk shows of the follow-up: notices of risk, and the evolution of one's clients."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from consultations.models import Consultation
from home.permissions import is_psychologist, psychologists_on_duty
from surveys.actions.answering import open_notices
from surveys.evolution import evolutions_of, marks_risk
from surveys.permissions import may_see_evolution

register = template.Library()


@register.inclusion_tag("surveys/_evolution_of.html", takes_context=True)
def evolution_of(context: RequestContext, consultation: Consultation) -> dict[str, Any]:
    """How the client of `consultation` has been since; nothing for anybody but the two who wrote in it."""
    request = context["request"]
    if not may_see_evolution(request.user, consultation):
        return {"allowed": False}
    evolutions = evolutions_of(consultation.client)
    own = consultation.client_id == request.user.pk
    return {
        "allowed": True,
        "own": own,
        "about_another": not own,
        "evolutions": evolutions,
        "in_danger": marks_risk(evolutions),
    }


@register.inclusion_tag("surveys/_risk_notices.html", takes_context=True)
def risk_notices(context: RequestContext) -> dict[str, Any]:
    """The open notices of one's own clients. Of clients whose psychologist left, only that somebody waits."""
    request = context["request"]
    if not is_psychologist(request.user):
        return {"notices": [], "left_alone": []}
    notices = open_notices().select_related("invitation__user", "invitation__consultation")
    own = notices.filter(invitation__consultation__psychologist=request.user)
    alone = notices.exclude(invitation__consultation__psychologist__in=psychologists_on_duty())
    left_alone = alone.exclude(invitation__user=request.user)
    return {"notices": own, "left_alone": left_alone, "request": request}
