"""Reads the environment for settings.py: what is missing stops the start with a hint.

Kept apart from settings.py so that each rule can be read, typed and tested alone.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from cryptography.fernet import Fernet
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


def encryption_keys(keys: list[str], *, debug: bool) -> list[str]:
    """Give back the keys, or stop the start when one is none: nothing written could be kept, or read."""
    require("FIELD_ENCRYPTION_KEYS", ",".join(keys), debug=debug)
    for number, key in enumerate(keys, 1):
        try:
            Fernet(key)
        except ValueError:
            # Neither the key nor the first error, which may quote it.
            raise ImproperlyConfigured(
                f"FIELD_ENCRYPTION_KEYS: number {number} is not a key of 32 bytes in URL-safe base64. "
                "Make one with `DEBUG=1 manage.py new_encryption_key`."
            ) from None
    return keys


def mercadopago_api(url: str, *, debug: bool) -> str:
    """Give back the API's address, or stop the start: without DEBUG no stand-in may take payments."""
    if debug or url.rstrip("/") == OFFICIAL_MERCADOPAGO_API:
        return url
    raise ImproperlyConfigured(
        "MERCADOPAGO_API_URL is not Mercado Pago's. Without DEBUG, unset it, "
        f"or set it to {OFFICIAL_MERCADOPAGO_API}."
    )


def standin_serves(url: str, *, debug: bool, access_token: str, own: str) -> bool:
    """Whether our own stand-in takes payments: with DEBUG, without a token, unless another one is named."""
    return debug and not access_token and url.rstrip("/").replace("//localhost:", "//127.0.0.1:") in ("", own)


def payment_pages(api_url: str, *, standin: bool) -> list[str]:
    """Where people may be sent to pay, for the content policy.

    A stand-in of somebody else's shows its page wherever it likes, and only its links tell where. There is
    none without DEBUG (`mercadopago_api`).
    """
    countries = ("cl", "com.ar", "com.pe", "com.co", "com.mx", "com.uy")
    pages = ["https://www.mercadopago.com", *(f"https://www.mercadopago.{each}" for each in countries)]
    if standin:
        # Under either name of this machine.
        return [*pages, api_url, api_url.replace("127.0.0.1", "localhost")]
    official = api_url.rstrip("/") == OFFICIAL_MERCADOPAGO_API
    return pages if official else [*pages, "http:", "https:"]


def collector_id(text: str, *, access_token: str) -> int:
    """The number of the account that is paid, as given, or else as the access token ends with it.

    Mercado Pago's tokens end in the number of their account. 0, which accepts any account's payments, where
    neither says it.
    """
    number = text or access_token.rpartition("-")[2]
    if text and not text.isdecimal():
        raise ImproperlyConfigured(
            "MERCADOPAGO_COLLECTOR_ID is the user number of the Mercado Pago account that is paid, "
            "e.g. 2400000001."
        )
    return int(number) if number.isdecimal() else 0


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


def proxy_count(number: int) -> int:
    """Give back TRUSTED_PROXIES, or stop the start: what it means below zero, nobody knows."""
    if number < 0:
        raise ImproperlyConfigured("TRUSTED_PROXIES is how many proxies of your own stand in front.")
    return number


def media_sources(url: str) -> list[str]:
    """Where pages show the bucket's files from, for the content policy; nothing without a bucket.

    Which of its addresses a bucket is called by is the S3 client's choice, so all of them are named. Those on
    a host it shares with other buckets are narrowed to its own folder.
    """
    if not url:
        return []
    options = media_options(url)
    bucket = options["bucket_name"]
    if domain := options.get("custom_domain"):
        return [f"{options.get('url_protocol', 'https:')}//{domain}"]
    if endpoint := options.get("endpoint_url"):
        parts = urlsplit(str(endpoint))
        return [
            f"{parts.scheme}://{bucket}.{parts.netloc}",
            f"{parts.scheme}://{parts.netloc}/{bucket}/",
        ]
    hosts = ["s3.amazonaws.com"]
    if region := options.get("region_name"):
        hosts.append(f"s3.{region}.amazonaws.com")
    return [source for host in hosts for source in (f"https://{bucket}.{host}", f"https://{host}/{bucket}/")]


def media_options(url: str) -> dict[str, object]:
    """django-storages options from `s3://KEY:SECRET@bucket?endpoint_url=…&region_name=…`.

    Addresses are never signed: kept pages, shared links, the site map and readers of the API hold on to them
    for longer than a signature lasts. And a second file of the same name gets a name of its own.
    """
    from urllib.parse import parse_qsl

    parts = urlsplit(url)
    options: dict[str, object] = {"bucket_name": parts.hostname or "", **dict(parse_qsl(parts.query))}
    options |= {"querystring_auth": False, "file_overwrite": False}
    if parts.username:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    return options
