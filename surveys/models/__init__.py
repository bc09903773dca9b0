from surveys.models.invitations import Invitation
from surveys.models.responses import Response
from surveys.models.risk_notices import RiskNotice

__all__ = ["Invitation", "Response", "RiskNotice"]
