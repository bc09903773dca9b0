from __future__ import annotations

from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse


class ActivateApplication(ActivateTOTPView):  # type: ignore[misc]
    """Sets up the second step. The code that proves it was given in this session, which so has passed it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        application = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        post_authentication(self.request, application)
        return response


activate_application = ActivateApplication.as_view()
