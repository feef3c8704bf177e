"""Settings of danvan; what differs from one installation to the next comes from the environment."""

import os
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from danvan.config import database

ROOT = Path(os.environ.get("DANVAN_ROOT", Path(__file__).resolve().parents[3]))
VAR = Path(os.environ.get("DANVAN_VAR", ROOT / "var"))
DEMO = os.environ.get("DANVAN_DEMO") == "1"
DEMO_ACCOUNTS = "danvan.config.demo.org.ACCOUNTS"  # shown where one signs in to the demo
DEBUG = False

SECRET_KEY = os.environ.get("DANVAN_SECRET_KEY", "only-for-tests-and-tools-never-served")
ALLOWED_HOSTS = os.environ.get("DANVAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DANVAN_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("DANVAN_HTTPS") == "1"

# The province that this installation serves.
DANVAN_BODY = os.environ.get("DANVAN_BODY", "UBND tỉnh Tân Giang")
DANVAN_TODAY = (
    date.fromisoformat(os.environ["DANVAN_TODAY"]) if "DANVAN_TODAY" in os.environ else None
)
DANVAN_READING_SECONDS = 600  # for one document; a scan takes about three seconds a page
DANVAN_READING_MEGABYTES = 3_072
DANVAN_UPLOAD_LIMIT = 50 * 1024 * 1024  # bytes; a whole year's plan with annexes stays under 20 MB
DANVAN_HELP_PHONE = os.environ.get("DANVAN_HELP_PHONE", "")

INSTALLED_APPS = [
    "danvan.audit",
    "danvan.definitions",
    "danvan.files",
    "danvan.notices",
    "danvan.workdays",
    "danvan.org",
    "danvan.accounts",
    "danvan.documents",
    "danvan.duties",
    "danvan.records",
    "danvan.figures",
    "danvan.reports",
    "danvan.scores",
    "danvan.publication",
    "danvan.console",
    "danvan.portal",
    "danvan.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "danvan.console.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "danvan.console.middleware.Readable",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "danvan.console.middleware.ActorMiddleware",
]

ROOT_URLCONF = "danvan.config.urls"
WSGI_APPLICATION = "danvan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "danvan.console.context.frame",
            ],
        },
    }
]

DATABASES = {"default": database.settings(as_owner=os.environ.get("DANVAN_AS_OWNER") == "1")}
DATABASES["default"]["CONN_MAX_AGE"] = 300
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by all processes, so that rate limits hold whichever process answers.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
    },
    # Pages of files as pictures, drawn once for all who look at them within the hour.
    "pictures": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "pictures",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "console:work"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "danvan.console.signin.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("DANVAN_PROXIES", "0"))

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", "English")]
LOCALE_PATHS = [ROOT / "src/danvan/locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "danvan.config.formats"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "src/danvan/static"]
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

FILE_UPLOAD_HANDLERS = [
    "danvan.files.upload.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

SESSION_COOKIE_NAME = "danvan_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "danvan.console.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"danvan": {"level": "INFO"}},
}
