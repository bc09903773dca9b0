"""How django-allauth behaves at Need: its e-mails go through the queue, and it never shows an address."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_q.tasks import async_task

from home.encryption import decrypt, encrypt
from home.models import AccountEmail, User
from home.proxies import client_address

PLAIN = (str, int, bool)
TOO_MANY = "Son muchos intentos seguidos. Espera unos minutos y vuelve a probar."

# allauth says it with this message, which we leave empty, only when it has sent something.
LINK_SENT = "account/messages/email_confirmation_sent.txt"


def verification_page(*, sent: bool) -> str:
    """The page that says to look into one's mailbox; `sent` False: that nothing was sent again yet."""
    address = reverse("account_email_verification_sent")
    return address if sent else f"{address}?enviado=antes"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter, with e-mails sent by the worker instead of inside the request."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Esta cuenta está cerrada.",
        "duplicate_email": "Ese correo ya es el de tu cuenta.",
        "email_password_mismatch": "El correo o la contraseña no coinciden. Revisa ambos y vuelve a probar.",
        "enter_current_password": "Esa no es tu contraseña actual.",
        "incorrect_password": "Esa no es tu contraseña.",
        "incorrect_code": "Ese código no es correcto o ya venció.",
        "invalid_password_reset": "Este enlace ya no sirve.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue an account e-mail. Only plain values of the context travel: links, codes, no objects."""
        plain = {key: value for key, value in context.items() if isinstance(value, PLAIN)}
        plain["site_url"] = settings.SITE_URL
        user = context.get("user")
        content = {"template_prefix": template_prefix, "email": email, "context": plain}
        # The job takes an id: its arguments stay readable in the queue, and for ever if it fails.
        with transaction.atomic():
            waiting = AccountEmail.objects.create(
                person=user if isinstance(user, User) else None, content=content
            )
            async_task("home.jobs.send_account_email", waiting.pk, save=False)

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere at Need. allauth's own fails where a proxy adds nothing, as for a health check."""
        return client_address(request)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """allauth's, remembering for `respond_email_verification_sent` that a link was sent."""
        if LINK_SENT in (*args, kwargs.get("message_template")):
            request.link_was_sent = True  # type: ignore[attr-defined]
        super().add_message(request, level, *args, **kwargs)

    def respond_email_verification_sent(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Within three minutes of a link none is sent again: the page must not say that one was."""
        return HttpResponseRedirect(verification_page(sent=getattr(request, "link_was_sent", False)))

    def get_from_email(self) -> str:
        return str(settings.DEFAULT_FROM_EMAIL)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """A new person who was not on the way to anywhere sees their own page, with their pseudonym."""
        return reverse("home:account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home:account")

    def post_login(self, request: HttpRequest, user: Any, *, signup: bool, **kwargs: Any) -> Any:
        if signup:
            name = f"En Need te llamas {user.pseudonym}. Puedes cambiarlo en tu cuenta cuando quieras."
            messages.success(request, name)
        return super().post_login(request, user, signup=signup, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step at sign-in: its secrets are encrypted at rest, as everything confidential is."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "Para cambiar tu correo, desactiva antes el segundo paso al ingresar.",
        "cannot_delete_authenticator": "Ahora no se puede desactivar.",
        "cannot_generate_recovery_codes": "Activa antes el segundo paso al ingresar.",
        "incorrect_code": "Ese código no es correcto o ya venció.",
        "unverified_email": "Confirma antes tu correo con el enlace que te enviamos.",
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)
