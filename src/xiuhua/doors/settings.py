"""Django settings, from the environment, with defaults that are safe on the office's own machine.

=========================  ==========================================================================
``XIUHUA_DATA``            folder of database, secret key and collected files (default: the platform's)
``DATABASE_URL``           another database, such as ``postgres://user:password@host/name``
``XIUHUA_SECRET_KEY``      else made once and kept in the data folder, readable by its owner only
``XIUHUA_HEADS``           folder of the journal's signed heads (default: in the data folder; better on another disk)
``XIUHUA_KEYS_FILE``       the key ring of sealed fields, outside the data folder (default: the platform's)
``XIUHUA_KEYS``            the key ring itself, instead of a file: ``id:base64``, comma-separated, the current key first
``XIUHUA_HOSTS``           further host names, comma-separated
``XIUHUA_HTTPS``           ``1`` where people come by https only: cookies then go nowhere else
``XIUHUA_PROXIES``         how many proxies of one's own stand before this server and name the client's address
``XIUHUA_TWO_FACTOR``      ``1`` or ``0``: sign-in in two steps for roles that open files (default: the rule book's, and
                           off on a demonstration)
``XIUHUA_SMS``             ``file`` (the default: ``outbox`` of the data folder), ``console``, ``gateway``, or a class
``XIUHUA_SMS_URL``         the gateway's address; ``XIUHUA_SMS_KEY`` and ``XIUHUA_SMS_SECRET`` sign the requests,
                           ``XIUHUA_SMS_SIGN`` is the office's signature, ``XIUHUA_SMS_TEMPLATE`` the gateway's name for
                           the template of one-time codes; ``XIUHUA_SMS_TEMPLATES`` for other messages:
                           ``suggestions.answered=SMS_1001``, comma-separated
``XIUHUA_DEBUG``           ``1`` for error pages with tracebacks and static files without collecting
=========================  ==========================================================================
"""

import hashlib
import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _
from platformdirs import user_config_path, user_data_path

from xiuhua.doors.secret import secret_key
from xiuhua.ground import clock
from xiuhua.ground.accounts.entrance import library_settings
from xiuhua.ground.jobs.timing import Q_CLUSTER  # noqa: F401 - a setting
from xiuhua.ground.ui.csp import CONTENT_SECURITY_POLICY  # noqa: F401 - a setting

DATA = Path(os.environ.get("XIUHUA_DATA") or user_data_path("xiuhua", appauthor=False)).expanduser().absolute()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
DEBUG = os.environ.get("XIUHUA_DEBUG") == "1"
KEYS = os.environ.get("XIUHUA_KEYS", "")
_KEYS = user_config_path("xiuhua-keys", appauthor=False) / f"{hashlib.sha256(str(DATA).encode()).hexdigest()[:12]}.txt"
KEYS_FILE = Path(os.environ.get("XIUHUA_KEYS_FILE") or _KEYS).expanduser().absolute()
SECRET_KEY = os.environ.get("XIUHUA_SECRET_KEY") or secret_key(DATA)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *filter(None, os.environ.get("XIUHUA_HOSTS", "").split(","))]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic",
    "django.contrib.staticfiles",
    "csp",
    "django_q",
    "xiuhua.ground.ui",
    "xiuhua.ground.journal",
    "xiuhua.ground.jobs",
    "xiuhua.ground.files",
    "xiuhua.ground.messages",
    "xiuhua.ground.bookings",
    "xiuhua.ground.rosters",
    "xiuhua.ground.accounts",
    *library_settings.APPS,
    "xiuhua.ground.territory",
    "xiuhua.ground.privacy",
    "xiuhua.programmes.lifecircle",
    "xiuhua.programmes.projects",
    "xiuhua.programmes.suggestions",
    "xiuhua.programmes.lifts",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xiuhua.ground.ui.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xiuhua.ground.territory.figures.FiguresHeld",
    "xiuhua.ground.accounts.entrance.sessions.SessionLimits",
    "xiuhua.doors.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xiuhua.doors.middleware.OnceMiddleware",
]

ROOT_URLCONF = "xiuhua.doors.urls"
ASGI_APPLICATION = "xiuhua.doors.asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "xiuhua.ground.ui.shell.shell",
            ]
        },
    }
]

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'xiuhua.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;",
    }

JOURNAL_HEADS = Path(os.environ.get("XIUHUA_HEADS") or DATA / "heads")

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("XIUHUA_HTTPS") == "1"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "xiuhua.ground.ui.views.csrf_failure"
FILE_UPLOAD_HANDLERS = ["xiuhua.ground.files.upload.InMemoryHandler"]

globals().update(library_settings.SETTINGS)
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("XIUHUA_PROXIES") or 0)
TWO_FACTOR = {"1": True, "0": False}.get(os.environ.get("XIUHUA_TWO_FACTOR", ""))
SMS = {
    "sender": os.environ.get("XIUHUA_SMS") or "file",
    "outbox": DATA / "outbox",
    "url": os.environ.get("XIUHUA_SMS_URL", ""),
    "key": os.environ.get("XIUHUA_SMS_KEY", ""),
    "secret": os.environ.get("XIUHUA_SMS_SECRET", ""),
    "sign": os.environ.get("XIUHUA_SMS_SIGN") or "绣花",
    "templates": {
        "code": os.environ.get("XIUHUA_SMS_TEMPLATE") or "code",
        **dict(pair.split("=", 1) for pair in os.environ.get("XIUHUA_SMS_TEMPLATES", "").split(",") if "=" in pair),
    },
    "timeout_s": 4,
    "tries": 3,
    "first_wait_s": 0.5,
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parents[1] / "ground" / "ui" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "xiuhua.ground.ui.storage.HashedStorage"
    },
}
SERVESTATIC_USE_FINDERS = SERVESTATIC_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "secrets": {"()": "xiuhua.doors.logs.SecretsLeftOut"},
        "refusals": {"()": "xiuhua.doors.logs.RefusalsInALine"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets", "refusals"]},
    },
    "loggers": {
        name: {"handlers": ["console"], "level": "WARNING", "propagate": False}
        for name in ("django", "django-q", "xiuhua")
    },
}

clock.restore(DATA / clock.FILE)
