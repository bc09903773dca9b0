"""The touchpoints of reading."""

from __future__ import annotations

from home.enums import Phase
from home.touchpoints import declare

CASES_LISTED = declare("cases_listed", phase=Phase.RESEARCH, action="Recorre los casos por tema", order=6)
CASES_SEARCHED = declare("cases_searched", phase=Phase.RESEARCH, action="Busca entre los casos", order=7)
COMMENT_POSTED = declare("comment_posted", phase=Phase.RESEARCH, action="Comenta lo que leyó", order=8)
CASE_READ = declare(
    "case_read",
    phase=Phase.ACQUISITION,
    action="Revisa casos y atención psicológica proporcionada previamente",
    order=1,
    ga_event="select_content",
)
