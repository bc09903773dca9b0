"""The touchpoints of being accompanied after the consultation."""

from __future__ import annotations

from home.enums import Phase
from home.touchpoints import declare

SURVEY_SENT = declare(
    "survey_sent",
    phase=Phase.ACCOMPANIMENT,
    action="Recibe la encuesta de bienestar",
    order=8,
)
SURVEY_ANSWERED = declare(
    "survey_answered",
    phase=Phase.ACCOMPANIMENT,
    action="Responde la encuesta de bienestar",
    order=9,
    ga_event="survey_completed",
)
EVOLUTION_VIEWED = declare(
    "evolution_viewed", phase=Phase.ACCOMPANIMENT, action="Mira su evolución", order=10
)
CONTINUE_CHOSEN = declare("continue_chosen", phase=Phase.ACCOMPANIMENT, action="Sigue con Need", order=11)
THERAPY_CHOSEN = declare("therapy_chosen", phase=Phase.ACCOMPANIMENT, action="Busca terapia", order=12)
