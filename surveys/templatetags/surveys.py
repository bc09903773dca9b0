"""What the desk shows of the follow-up: notices of risk, and the evolution of one's clients."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from consultations.models import Consultation
from surveys.evolution import evolutions_of, marks_risk
from surveys.models import RiskNotice
from surveys.permissions import may_acknowledge_risk, may_see_evolution

register = template.Library()


@register.inclusion_tag("surveys/_evolution_of.html", takes_context=True)
def evolution_of(context: RequestContext, consultation: Consultation) -> dict[str, Any]:
    """How the client of `consultation` has been since; nothing for anybody but the two who wrote in it."""
    request = context["request"]
    if not may_see_evolution(request.user, consultation):
        return {"allowed": False}
    evolutions = evolutions_of(consultation.client)
    own = consultation.client_id == request.user.pk
    return {"allowed": True, "own": own, "evolutions": evolutions, "in_danger": marks_risk(evolutions)}


@register.inclusion_tag("surveys/_risk_notices.html", takes_context=True)
def risk_notices(context: RequestContext) -> dict[str, Any]:
    """The notices of risk nobody has taken charge of yet; nothing for anybody but psychologists."""
    request = context["request"]
    if not may_acknowledge_risk(request.user):
        return {"notices": []}
    open_notices = RiskNotice.objects.filter(acknowledged_at=None)
    related = ("invitation__user", "invitation__consultation")
    return {"notices": open_notices.select_related(*related), "user": request.user, "request": request}
