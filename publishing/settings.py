"""The site's settings: safe defaults, everything that differs between installations from the environment.

The variables are described in docs/reference/settings.md.
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from publishing import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- who we are ---------------------------------------------------------------------------------
SITE_NAME = env.text("SITE_NAME", "Dragoman")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# Where readers' reports go: the site itself, or another host of the same site where the pages are static files.
FEEDBACK_URL = env.text("FEEDBACK_URL", f"{SITE_URL}/feedback/")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- security -----------------------------------------------------------------------------------
SECRET_KEY = env.secret("SECRET_KEY", kept_in=VAR_DIR / "secret_key")
DEBUG = env.flag("DEBUG")
SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE and env.flag("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the workbench shows the preview of a page in a frame of its own
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF] if FEEDBACK_URL.startswith(f"{SITE_URL}/") else [SELF, FEEDBACK_URL],
        "frame-ancestors": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- readers ------------------------------------------------------------------------------------
# How long a page may be kept: by a browser, and by caches that many share. A cache that is told of changes
# (PURGE_URL) may keep it much longer.
PAGE_CACHE_CONTROL = (
    f"public, max-age={env.number('PAGE_SECONDS', 60)}, "
    f"s-maxage={env.number('SHARED_PAGE_SECONDS', 60)}, stale-while-revalidate=600"
)
# Megabytes of pages that each process holds, so that PostgreSQL need not send them again: docs/decisions/0040.
PAGES_HELD = env.number("PAGES_HELD_MB", 64)
FEEDBACK_PER_SENDER = env.number("FEEDBACK_PER_SENDER", 20)  # reports a day from one address of the network
FEEDBACK_PER_RELEASE = env.number("FEEDBACK_PER_RELEASE", 200)  # reports a day of one release
FEEDBACK_KEEP_DAYS = env.number("FEEDBACK_KEEP_DAYS", 180)  # then a reader's e-mail address goes in any case
PURGE_URL = env.address("PURGE_URL")
PURGE_TOKEN = env.text("PURGE_TOKEN")

# --- the application ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "publishing.apps.PublishingConfig",
    "publishing.apps.PublishingAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    "publishing.reader.middleware.ReleasedPages",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "publishing.urls"
WSGI_APPLICATION = "publishing.wsgi.application"
AUTH_USER_MODEL = "publishing.Person"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
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
            ],
        },
    },
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- the database -------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'dragoman.sqlite3'}"), conn_max_age=0
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # To open the file again at every request would cost seven times as much as the request itself.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # Write-ahead log, a write lock taken at BEGIN and patience: without IMMEDIATE a transaction that
    # reads first and writes later fails at once when somebody else wrote in between.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What is read is read where the system keeps it, without a copy: docs/decisions/0041.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=1073741824;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = True
    # Behind a pooler of transactions nothing may be kept in a session: no cursor, no prepared statement.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.flag("DATABASE_POOLER")

# --- languages and time -------------------------------------------------------------------------
# Of the commands' reports, and of people whose browser asks for none of ours.
LANGUAGE_CODE = env.text("LANGUAGE_CODE", "en")
LANGUAGES = [("en", _("English")), ("tr", _("Turkish")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = True

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True  # a demo needs no collectstatic
WHITENOISE_AUTOREFRESH = DEBUG
CATALOG_ROOT = Path(env.text("CATALOG_ROOT", str(BASE_DIR / "locale")))

# --- evidence -----------------------------------------------------------------------------------
REVIEW_RECORD_KEY = env.text(
    "REVIEW_RECORD_KEY"
)  # the file of the key that records of review are signed with

# --- machine translation and work ---------------------------------------------------------------
MT_ENGINES = env.listing("MT_ENGINES")
MT_BUDGET = env.figures("MT_BUDGET")  # characters a month; an engine that is not named has no limit
MT_RUN_HOURS = env.number("MT_RUN_HOURS", 12)  # then a run ends with what it has
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 30)
JOB_POLL_SECONDS = 1
CLAIM_SECONDS = env.number("CLAIM_SECONDS", 600)  # a claim on a segment, renewed while one types
JOB_KEEP_DAYS = env.number("JOB_KEEP_DAYS", 30)  # then the rows of ended jobs go
# With a broker, `manage.py worker` sends the ids of due jobs to Celery's workers; without one it does the jobs.
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL")
CELERY_QUEUE = env.text("CELERY_QUEUE", "dragoman")

# --- e-mail -------------------------------------------------------------------------------------
# Without a server nothing is sent: notices stand in the newsroom.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_USER"), env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "dragoman@localhost")
DIGEST_MINUTES = env.number("DIGEST_MINUTES", 60)  # notices that come in until then go in one e-mail

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"publishing": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")}},
}
