"""Settings of a running house, embedded or grown; `test.py` differs in a few lines.

Embedded default: SQLite in WAL mode and files under NHIPCAU_DATA. A province outgrows it by
settings alone: NHIPCAU_DATABASE_URL for PostgreSQL, several web and worker processes.
"""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from config import env
from config.keys import secret_key_of

ROOT = Path(__file__).resolve().parent.parent.parent

# --- where things lie -------------------------------------------------------------------------

DATA = env.folder(
    "NHIPCAU_DATA",
    default=ROOT / "data",
    shown_default="./data",
    help="Folder of the embedded default: database, media, keys, index, page store.",
)
KEYS = env.folder(
    "NHIPCAU_KEYS",
    default=DATA / "keys",
    shown_default="NHIPCAU_DATA/keys",
    help="Folder of the keys (secret key, signing key). Never part of a backup.",
)
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
PAGE_STORE = DATA / "pages"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "config" / "static"]
STATIC_URL = "/static/"

# --- who may come in --------------------------------------------------------------------------

HOST = env.text("NHIPCAU_HOST", default="127.0.0.1", help="Address that the web server listens on.")
PORT = env.number(
    "NHIPCAU_PORT", default=8000, help="Port that the web server listens on.", least=1
)
WEB_WORKERS = env.number(
    "NHIPCAU_WEB_WORKERS", default=1, help="Web processes that `nhipcau serve` starts.", least=1
)
PUBLIC_URL = env.text(
    "NHIPCAU_PUBLIC_URL",
    default="",
    help="Address under which people reach this house, with https://. Needed in production.",
)
_public_host = PUBLIC_URL.partition("://")[2].partition("/")[0].partition(":")[0]
IS_LOCAL = _public_host in {"", "localhost", "127.0.0.1"} and HOST in {
    "127.0.0.1",
    "localhost",
    "::1",
}
ALLOWED_HOSTS = env.words(
    "NHIPCAU_ALLOWED_HOSTS",
    default="",
    help="Further host names under which the house answers, parted by commas.",
) + [host for host in (_public_host, "localhost", "127.0.0.1", "[::1]") if host]
DEBUG = env.flag(
    "NHIPCAU_DEBUG", default=False, help="Show errors in the browser. For developers only."
)
SECRET_KEY = secret_key_of(
    env.secret(
        "NHIPCAU_SECRET_KEY", help="Django's secret key; made in NHIPCAU_KEYS when not given."
    ),
    folder=KEYS,
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL.rstrip("/")] if PUBLIC_URL.startswith("https://") else []
BEHIND_TLS = PUBLIC_URL.startswith("https://")
SAMPLE_ACCOUNTS_ALLOWED = (
    env.flag(
        "NHIPCAU_SAMPLE_ACCOUNTS",
        default=False,
        help="Let the sample province's accounts exist on a host that is not local.",
    )
    or IS_LOCAL
)

# --- the house --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "nhipcau.website",
    "nhipcau.website.store",
    "nhipcau.api",
    "nhipcau.demo",
    "nhipcau.desk",
    "nhipcau.publishing",
    "nhipcau.works",
    "nhipcau.translation",
    "nhipcau.plans",
    "nhipcau.operations",
    "nhipcau.media",
    "nhipcau.people",
    "nhipcau.registry",
    "nhipcau.outbox",
    "nhipcau.audit",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "nhipcau.search",  # after Wagtail's: it hears of changes in the place of that
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "nhipcau.audit.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before whatever may refuse by itself: its refusals carry the same headers as every page.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nhipcau.operations.middleware.PoliciesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "nhipcau.people.middleware.SignedInMiddleware",
    "nhipcau.operations.middleware.DiskMiddleware",
    "nhipcau.search.middleware.SearchMiddleware",
    "nhipcau.works.views.stopped.StoppedMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "nhipcau.demo.marks.sample",
            ],
        },
    },
]

# --- database ---------------------------------------------------------------------------------

_database_url = env.text(
    "NHIPCAU_DATABASE_URL",
    default="",
    help="postgresql://user:password@host/name; empty for SQLite under NHIPCAU_DATA.",
)
if _database_url:
    DATABASES = {
        "default": dj_database_url.parse(_database_url, conn_max_age=60, conn_health_checks=True)
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA / "nhipcau.sqlite3"),
            "OPTIONS": {
                # Writers queue from their first statement, so none fails half-way (decision 9).
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- languages --------------------------------------------------------------------------------

from config.settings.languages import *  # noqa: E402 -- where it stands in the order of this file

# The second holds our words for what libraries say, the third what readers are told in languages
# that the desk does not speak; all win over the libraries' own catalogues.
LOCALE_PATHS = [
    ROOT / "nhipcau" / "locale",
    ROOT / "nhipcau" / "locale_of_libraries",
    ROOT / "nhipcau" / "locale_of_readers",
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text(
    "NHIPCAU_TIME_ZONE", default="Asia/Ho_Chi_Minh", help="Time zone of the province."
)

# --- people -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["nhipcau.people.backends.RoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

ACCOUNT_ADAPTER = "nhipcau.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True  # one address; the new one counts once its link was opened
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever changes a password or a factor hears of it
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Nhịp Cầu] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BEHIND_TLS else "http"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False  # a shared computer forgets with the browser
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end: people.receivers
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number(
    "NHIPCAU_TRUSTED_PROXIES",
    default=1 if BEHIND_TLS else 0,
    help="Proxies before the house whose X-Forwarded-For counts, for throttling and session lists.",
)
USERSESSIONS_TRACK_ACTIVITY = False

MFA_ADAPTER = "nhipcau.people.adapters.MfaAdapter"
MFA_FORMS = {
    "add_webauthn": "nhipcau.people.forms.AddKeyForm",
    "edit_webauthn": "nhipcau.people.forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Nhịp Cầu"
MFA_TOTP_TOLERANCE = 1  # phones in the field are not always on time
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL

# One identity service of the province, by OpenID Connect. Accounts are still by invitation.
OIDC_ISSUER = env.text(
    "NHIPCAU_OIDC_ISSUER",
    default="",
    help="Address of the province's identity service (OpenID Connect issuer); empty: none.",
)
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://") and not IS_LOCAL:
    raise env.SettingUnusable(
        "NHIPCAU_OIDC_ISSUER phải bắt đầu bằng https://: đăng nhập chỉ an toàn bằng đường truyền.",
        "NHIPCAU_OIDC_ISSUER must begin with https://: who signs in is only as sure as the line.",
    )
_oidc_client = env.text("NHIPCAU_OIDC_CLIENT_ID", default="", help="Our name at that service.")
_oidc_secret = env.secret("NHIPCAU_OIDC_CLIENT_SECRET", help="Our password at that service.")
_oidc_name = env.text(
    "NHIPCAU_OIDC_NAME", default="SSO", help="What the button to that service says."
)
SOCIALACCOUNT_ADAPTER = "nhipcau.people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # a verified address opens the account that has it
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "province",
                "name": _oidc_name,
                "client_id": _oidc_client,
                "secret": _oidc_secret,
                "settings": {"server_url": OIDC_ISSUER, "fetch_userinfo": False},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# Throttling counts in here, so every process must see the same cache.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Wagtail ----------------------------------------------------------------------------------

WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one province, one time: nobody chooses among 600
WAGTAIL_SITE_NAME = "Nhịp Cầu"
WAGTAILADMIN_BASE_URL = PUBLIC_URL or f"http://{HOST}:{PORT}"
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Attachment"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing is fetched from elsewhere
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_AUTOSAVE_INTERVAL = 5000  # milliseconds after the last key: weak lines, old laptops
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "nhipcau.search.engine.backend"}}
SEARCH_INDEX = env.folder(
    "NHIPCAU_INDEX",
    default=DATA / "index",
    shown_default="NHIPCAU_DATA/index",
    help="Folder of this machine's search index, on a local disk. Never part of a backup.",
)

# --- background work --------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

NODE = env.text(
    "NHIPCAU_NODE",
    default="1",
    help="Name of this machine among several over one database; each keeps its own search index.",
)

# --- security ---------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
# Watchers on the machine itself ask without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # OIDC comes back by a link from outside
SESSION_COOKIE_AGE = 12 * 3600  # a working day
X_FRAME_OPTIONS = "DENY"  # the desk, whose preview is a frame: nhipcau.operations.middleware
SECURE_REFERRER_POLICY = "same-origin"
# For the public; the desk's wider one stands in nhipcau.operations.middleware, with its reasons.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A block of a body is half a dozen fields of the editor's form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o640

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- further topics ---------------------------------------------------------------------------

from config.settings.api import *  # noqa: E402 -- where it stands in the order of this file
from config.settings.logs import *  # noqa: E402 -- as above
from config.settings.mail import *  # noqa: E402 -- as above
from config.settings.media import *  # noqa: E402 -- as above
from config.settings.pages import *  # noqa: E402 -- as above
from config.settings.paper import *  # noqa: E402 -- as above
from config.settings.plugs import *  # noqa: E402 -- as above
