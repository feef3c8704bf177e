"""Settings of danvan; what differs from one installation to the next comes from the environment."""

import os
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from danvan.config import database, outside

ROOT = Path(os.environ.get("DANVAN_ROOT", Path(__file__).resolve().parents[3]))
VAR = Path(os.environ.get("DANVAN_VAR", ROOT / "var"))
DEMO = os.environ.get("DANVAN_DEMO") == "1"
DEMO_ACCOUNTS = "danvan.config.demo.org.ACCOUNTS"  # shown where one signs in to the demo
DEBUG = False

SECRET_KEY = os.environ.get("DANVAN_SECRET_KEY", "only-for-tests-and-tools-never-served")
# Signs the seals of the journal; with the remembered end of its chain it stays out of the database.
DANVAN_AUDIT_KEY = os.environ.get("DANVAN_AUDIT_KEY", "only-for-tests-and-tools-never-served")
DANVAN_AUDIT_HEAD = Path(os.environ.get("DANVAN_AUDIT_HEAD", VAR / "audit-head"))
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
_trust = os.environ.get("DANVAN_EXCHANGE_TRUST", "")
# Certificates (PEM) of those who certify signatures of documents; without it nobody is vouched for.
DANVAN_EXCHANGE_TRUST = Path(_trust) if _trust else None
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
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "danvan.console.accounts.signin.Seen",
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
    {"NAME": f"danvan.accounts.passwords.{one}"}
    for one in ("LongEnough", "NotCommon", "HardToGuess", "NotBreached")
]
# A file of SHA-1 hashes in order, as the Pwned Passwords Downloader writes it; without it the
# other three judge alone.
DANVAN_BREACHED_PASSWORDS = os.environ.get("DANVAN_BREACHED_PASSWORDS", "")
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "console:work"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "danvan.console.accounts.signin.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "change_password": "danvan.console.accounts.forms.ChangePassword",
    "reset_password": "danvan.console.accounts.forms.ResetPassword",
    "reset_password_from_key": "danvan.console.accounts.forms.NewPassword",
    "set_password": "danvan.console.accounts.forms.FirstPassword",
}
# An office stands behind one address. Tries of passwords have limits of their own: signin.Adapter.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/15m/key",  # the second step
    "reset_password": "20/m/ip,5/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("DANVAN_PROXIES", "0"))
MFA_ADAPTER = "danvan.console.accounts.signin.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody registers himself, so no address is claimed
MFA_TOTP_ISSUER = "danvan"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
SOCIALACCOUNT_ADAPTER = "danvan.console.accounts.signin.ProvinceSignIn"
DANVAN_OIDC = outside.oidc(os.environ)  # the province's single sign-on; None without one
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [DANVAN_OIDC.app] if DANVAN_OIDC else []}}

_MAIL = outside.mail(os.environ)
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port  # no host: letters wait
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.tls
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _MAIL.sender

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
        # The provider's answer to the form that leads there is a redirect: browsers ask for it too.
        "form-action": [SELF, *([DANVAN_OIDC.origin] if DANVAN_OIDC else [])],
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
