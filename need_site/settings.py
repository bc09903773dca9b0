"""Need's settings: one file, driven by the environment (docs/configuration.md lists every variable)."""

import base64
import hashlib
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from need_site.environment import (
    OFFICIAL_MERCADOPAGO_API,
    collector_id,
    email_settings,
    encryption_keys,
    media_options,
    media_sources,
    mercadopago_api,
    payment_pages,
    proxy_count,
    require,
    standin_serves,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
PORT = env.int("PORT", default=8000)
# Everything the site writes on one machine lives here: database, media, mailbox, built assets.
LOCAL_DIR = Path(env("LOCAL_DIR", default=str(BASE_DIR / ".local")))
LOCAL_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = (
    require("SECRET_KEY", env("SECRET_KEY", default=""), debug=DEBUG) or "insecure-key-for-development-only"
)
SITE_URL = (
    require("SITE_URL", env("SITE_URL", default=""), debug=DEBUG) or f"http://localhost:{PORT}"
).rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
require("ALLOWED_HOSTS", ",".join(ALLOWED_HOSTS), debug=DEBUG)
if DEBUG and not ALLOWED_HOSTS:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

_development_key = base64.urlsafe_b64encode(hashlib.sha256(SECRET_KEY.encode()).digest()).decode()
FIELD_ENCRYPTION_KEYS = encryption_keys(env.list("FIELD_ENCRYPTION_KEYS", default=[]), debug=DEBUG) or [
    _development_key
]

# --- applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "need_site",
    "surveys",
    "consultations",
    "casestudies",
    "home",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "home.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "home.apps.OfficeConfig",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_q",
    "analytical",
    "anymail",
    "compressor",
    "corsheaders",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "home.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "home.middleware.SiteMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.middleware.ConfidentialPagesMiddleware",
    "home.middleware.BackOfficeMiddleware",
    "home.middleware.StaffSecondFactorMiddleware",
    "casestudies.middleware.PublicationMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "need_site.urls"
WSGI_APPLICATION = "need_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context_processors.site",
            ],
        },
    }
]

# --- data ---------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{LOCAL_DIR / 'need.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on beside the one writer; IMMEDIATE takes the writer's place at the start of a
    # transaction, so that two of them queue up instead of failing half-way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Closing SQLite's last connection writes the whole log back to the file, in somebody's request.
DATABASES["default"]["CONN_MAX_AGE"] = 60

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "need"}
}

# Around Django, on what anonymous visitors read; a bare runserver shows every change of a template at once.
PAGE_CACHE = env.bool("PAGE_CACHE", default=env.bool("BUILT_ASSETS", default=not DEBUG))
# The marks of what is old, for all processes of one machine; Redis holds them where there is Redis.
PAGE_CACHE_DIR = LOCAL_DIR / "page-cache"

# The queue is a table of the same database whether or not there is Redis: a job is then enqueued in
# the transaction that needs it, and survives a killed worker (docs/decisions/0002-queue-in-the-database.md).
# How far its processes stand back behind the web server's on the same machine; 0 to 19.
QUEUE_NICENESS = env.int("QUEUE_NICENESS", default=10)
Q_CLUSTER = {
    "name": "need",
    "orm": "default",
    "broker_class": "need_site.queue_broker.QueueBroker",
    "workers": env.int("QUEUE_WORKERS", default=2),
    "timeout": 60,
    "retry": env.int("QUEUE_RETRY_SECONDS", default=90),
    # Two days at one try in 90 seconds: an outage of the e-mail provider loses no letter.
    "max_attempts": 2000,
    "ack_failures": False,
    "catch_up": False,
    # Failures alone are kept: to keep the last thousand successes, each job locks and reads all of them.
    "save_limit": -1,
    "poll": env.float("QUEUE_POLL_SECONDS", default=0.5),
    # What a killed worker holds waits for QUEUE_RETRY_SECONDS: few at a time.
    "bulk": 8,
    "queue_limit": 4,
    "recycle": 5000,
    "log_level": "WARNING",
}

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "home.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("home:after_login")
ACCOUNT_ADAPTER = "home.account_adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "home.models.user.display_name"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "signup": "home.forms.SignupForm",
    "login": "home.forms.LoginForm",
    "reauthenticate": "home.forms.ReauthenticateForm",
    "add_email": "home.forms.AddEmailForm",
    "change_password": "home.forms.ChangePasswordForm",
    "set_password": "home.forms.SetPasswordForm",
    "reset_password": "home.forms.ResetPasswordForm",
    "reset_password_from_key": "home.forms.ResetPasswordKeyForm",
}
MFA_ADAPTER = "home.account_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Need"
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=not DEBUG)

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español")]
TIME_ZONE = env("TIME_ZONE", default="America/Santiago")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "compressor.finders.CompressorFinder",
]
# BUILT_ASSETS is what `make run` and production use: hashed names, one bundle, compressed files.
# Tests and a bare runserver serve the source files as they are.
BUILT_ASSETS = env.bool("BUILT_ASSETS", default=not DEBUG)
if DEBUG and BUILT_ASSETS:
    # `make run`: whoever tries the site gets its own page where there is nothing.
    MIDDLEWARE.append("need_site.not_found.OwnNotFoundMiddleware")
COMPRESS_ENABLED = BUILT_ASSETS
COMPRESS_OFFLINE = BUILT_ASSETS
# Hashed names are enough: a suffix would make the font in the bundle another file than the preloaded one.
COMPRESS_CSS_HASHING_METHOD = None
COMPRESS_FILTERS = {
    "css": ["compressor.filters.css_default.CssAbsoluteFilter", "compressor.filters.cssmin.rCSSMinFilter"],
    "js": ["compressor.filters.jsmin.rJSMinFilter"],
}
MEDIA_URL = "/media/"
MEDIA_ROOT = LOCAL_DIR / "media"
MEDIA_BUCKET_URL = env("MEDIA_BUCKET_URL", default="")
# Read by the back office's own content policy too.
MEDIA_SOURCES = media_sources(MEDIA_BUCKET_URL)
STORAGES = {
    "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": media_options(MEDIA_BUCKET_URL)}
    if MEDIA_BUCKET_URL
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "need_site.storage.BuiltStaticFilesStorage"
        if BUILT_ASSETS
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 600
# Built assets do not change while the site runs; unbuilt ones are looked up at every request.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not BUILT_ASSETS
# A hash in the name: kept for ever. WhiteNoise would not know it of the bundles, which no manifest names.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$"

# --- e-mail -------------------------------------------------------------------------------------
EMAIL_URL = require("EMAIL_URL", env("EMAIL_URL", default=""), debug=DEBUG)
MAILBOX_DIR = LOCAL_DIR / "mail"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Need <hola@need.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
ANYMAIL: dict[str, object] = {}
if not EMAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAILBOX_DIR)
elif provider := email_settings(EMAIL_URL):
    globals().update(provider)
else:
    globals().update(env.email_url_config(EMAIL_URL))

# --- Mercado Pago -------------------------------------------------------------------------------
MERCADOPAGO_ACCESS_TOKEN = require(
    "MERCADOPAGO_ACCESS_TOKEN", env("MERCADOPAGO_ACCESS_TOKEN", default=""), debug=DEBUG
)
MERCADOPAGO_WEBHOOK_SECRET = require(
    "MERCADOPAGO_WEBHOOK_SECRET", env("MERCADOPAGO_WEBHOOK_SECRET", default=""), debug=DEBUG
)
# Without credentials, and only with DEBUG, the stand-in that `make run` starts takes the calls.
STANDIN_PORT = env.int("STANDIN_PORT", default=PORT + 1)
_standin_url = f"http://127.0.0.1:{STANDIN_PORT}"
_api_url = env("MERCADOPAGO_API_URL", default="")
MERCADOPAGO_STANDIN = standin_serves(
    _api_url, debug=DEBUG, access_token=MERCADOPAGO_ACCESS_TOKEN, own=_standin_url
)
MERCADOPAGO_API_URL = mercadopago_api(
    _api_url or (_standin_url if MERCADOPAGO_STANDIN else OFFICIAL_MERCADOPAGO_API), debug=DEBUG
)
if DEBUG and not MERCADOPAGO_ACCESS_TOKEN:
    MERCADOPAGO_ACCESS_TOKEN = "TEST-standin-token"  # noqa: S105 (a stand-in's, not a secret)
    MERCADOPAGO_WEBHOOK_SECRET = MERCADOPAGO_WEBHOOK_SECRET or "standin-webhook-secret"
# Payments must land in this account; where it is unknown (0), in the one that the order's own link named.
MERCADOPAGO_COLLECTOR_ID = collector_id(
    env("MERCADOPAGO_COLLECTOR_ID", default=""),
    # A stand-in's token tells nothing.
    access_token="" if DEBUG else MERCADOPAGO_ACCESS_TOKEN,
)
CURRENCY = env("CURRENCY", default="CLP")

# --- analytics ----------------------------------------------------------------------------------
GA_MEASUREMENT_ID = env("GA_MEASUREMENT_ID", default="")
GA_API_SECRET = env("GA_API_SECRET", default="")
GA_API_URL = env("GA_API_URL", default="https://www.google-analytics.com")
GOOGLE_ANALYTICS_GTAG_PROPERTY_ID = GA_MEASUREMENT_ID
# On, django-analytical would send the signed-in person's address and write it unescaped into a script.
ANALYTICAL_AUTO_IDENTIFY = False
ANALYTICAL_INTERNAL_IPS: list[str] = []
GOOGLE_ANALYTICS_INTERNAL_IPS: list[str] = []

# --- security -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *MEDIA_SOURCES],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "frame-src": ["https://www.youtube-nocookie.com"],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        # Browsers apply form-action to the redirect that follows the form: paying leaves the site.
        "form-action": [SELF, *payment_pages(MERCADOPAGO_API_URL, standin=MERCADOPAGO_STANDIN)],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "need_session"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# A browser may be shared, and a back button may come hours later: a failed check explains itself calmly.
CSRF_FAILURE_VIEW = "home.views.errors.csrf_failure"
HTTPS = SITE_URL.startswith("https://")
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=HTTPS)
    SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
    SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
    SECURE_HSTS_PRELOAD = HTTPS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# How many proxies of our own stand in front, each adding to X-Forwarded-For whom it was called by.
TRUSTED_PROXIES = proxy_count(env.int("TRUSTED_PROXIES", default=0))
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
RATELIMIT_IP_META_KEY = "home.proxies.client_address"
RATELIMIT_ENABLE = env.bool("RATELIMIT_ENABLE", default=True)
# Counting in each process's own memory is weaker than in Redis, and still enough on one machine.
SILENCED_SYSTEM_CHECKS = [] if REDIS_URL else ["django_ratelimit.E003", "django_ratelimit.W001"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- other sites: scripts of those named here may read the content API, as anybody's, and nothing else ------
API_ALLOWED_ORIGINS = env.list("API_ALLOWED_ORIGINS", default=[])
CORS_ALLOWED_ORIGINS = API_ALLOWED_ORIGINS
CORS_URLS_REGEX = r"^/api/v2/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_CREDENTIALS = False
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]

# --- Wagtail ------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Need"
WAGTAIL_FINISH_WORKFLOW_ACTION = "casestudies.review_outcome.publish_reviewed"
WAGTAILADMIN_BASE_URL = SITE_URL
# Their texts and notices would quote drafts in clear, outside the anonymiser and past a withdrawal.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_FRONTEND_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# Nobody sets another person's password: whoever does can sign in as them.
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "txt"]
# Through the site, which asks whether a collection is private; no address leads to a document in the bucket.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "spanish"}
}
WAGTAILSEARCH_HITS_MAX_AGE = 0
TAGGIT_CASE_INSENSITIVE = True

# --- logs: what happened, never what anybody wrote nor an address that is a key ------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask_keys": {"()": "need_site.log_masking.MaskKeys"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["mask_keys"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Named, so that Django's own handlers go: one prints unmasked, one would mail whole requests.
        "django": {"level": "INFO"},
        "django.request": {"filters": ["mask_keys"]},
        "django.server": {"level": "WARNING", "filters": ["mask_keys"], "propagate": True},
        # Tells of every draft, by its title and path: an editor may have typed a name there.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_q": {"level": "WARNING"},
        "django-q": {"level": "WARNING"},
    },
}
