"""Reads the environment for settings.py: what is missing stops the start with a hint.

Kept apart from settings.py so that each rule can be read, typed and tested alone.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

OFFICIAL_MERCADOPAGO_API = "https://api.mercadopago.com"

# Scheme of EMAIL_URL → (Anymail backend, name of the setting that holds the key).
EMAIL_PROVIDERS = {
    "brevo": ("anymail.backends.brevo.EmailBackend", "BREVO_API_KEY"),
    "mailgun": ("anymail.backends.mailgun.EmailBackend", "MAILGUN_API_KEY"),
    "mailersend": ("anymail.backends.mailersend.EmailBackend", "MAILERSEND_API_TOKEN"),
    "postmark": ("anymail.backends.postmark.EmailBackend", "POSTMARK_SERVER_TOKEN"),
    "resend": ("anymail.backends.resend.EmailBackend", "RESEND_API_KEY"),
    "sendgrid": ("anymail.backends.sendgrid.EmailBackend", "SENDGRID_API_KEY"),
}

HINTS = {
    "SECRET_KEY": "a long random string, e.g. from `openssl rand -base64 48`",
    "SITE_URL": "the public address, e.g. https://need.example",
    "ALLOWED_HOSTS": "the host names served, comma-separated, e.g. need.example",
    "FIELD_ENCRYPTION_KEYS": "comma-separated, the first encrypts; `DEBUG=1 manage.py new_encryption_key`",
    "MERCADOPAGO_ACCESS_TOKEN": "the access token of the Mercado Pago application",
    "MERCADOPAGO_WEBHOOK_SECRET": "the secret shown in Mercado Pago's panel under Webhooks",
    "EMAIL_URL": "the provider, e.g. postmark://TOKEN or smtp+tls://user:password@host:587",
}


def require(name: str, value: str, *, debug: bool) -> str:
    """Give back `value`, or stop the start with a hint when it is empty and DEBUG is off."""
    if value or debug:
        return value
    raise ImproperlyConfigured(f"{name} is not set. Without DEBUG, Need needs {name}: {HINTS[name]}.")


def email_settings(url: str) -> dict[str, object]:
    """Settings for a provider URL such as `postmark://TOKEN`; empty for SMTP and other Django schemes."""
    scheme = urlsplit(url).scheme
    if scheme not in EMAIL_PROVIDERS:
        return {}
    backend, key_name = EMAIL_PROVIDERS[scheme]
    parts = urlsplit(url)
    anymail: dict[str, object] = {key_name: unquote(parts.netloc)}
    if scheme == "mailgun" and parts.path.strip("/"):
        anymail["MAILGUN_SENDER_DOMAIN"] = parts.path.strip("/")
    return {"EMAIL_BACKEND": backend, "ANYMAIL": anymail}


def media_options(url: str) -> dict[str, object]:
    """django-storages options from `s3://KEY:SECRET@bucket?endpoint_url=…&region_name=…`."""
    from urllib.parse import parse_qsl

    parts = urlsplit(url)
    options: dict[str, object] = {"bucket_name": parts.hostname or "", **dict(parse_qsl(parts.query))}
    if parts.username:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    return options
