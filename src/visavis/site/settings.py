"""Django's settings, from the options."""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from visavis.core import egress
from visavis.site import logs
from visavis.site.addresses import database
from visavis.site.contents import POLICY
from visavis.site.options import instance, options
from visavis.site.sqlite import use_bundled

use_bundled()
django_stubs_ext.monkeypatch()

OPTIONS = options()
INSTANCE = instance()
INSTANCE.prepare()

SECRET_KEY, *SECRET_KEY_FALLBACKS = INSTANCE.secret_keys()
#: Read anew each time: a key may be changed while pages are served (people/accounts/sealed.py).
SEALING_KEYS = INSTANCE.sealing_keys
DEBUG = OPTIONS.debug
ALLOWED_HOSTS = OPTIONS.hosts.split(",")

ROOMS = [
    "visavis.people.units",
    "visavis.people.persons",
    "visavis.people.accounts",
    "visavis.people.access",
    "visavis.people.erasures",
    "visavis.web",
    "visavis.moments.references",
    "visavis.moments.exchanges",
    "visavis.listen.surveys",
    "visavis.listen.campaigns",
    "visavis.listen.returns",
    "visavis.listen.releases",
    "visavis.listen.imports",
    "visavis.understand.themes",
    "visavis.understand.search",
    "visavis.understand.verbatims",
    "visavis.understand.learning",
    "visavis.understand.journeys",
    "visavis.understand.symmetry",
    "visavis.understand.pairs",
    "visavis.understand.mirror",
    "visavis.understand.correspondences",
    "visavis.act.inbox",
    "visavis.share.analytics",
    "visavis.share.alerts",
    "visavis.share.boards",
    "visavis.share.restitution",
    "visavis.share.letters",
    "visavis.share.law",
    "visavis.share.settings",
    "visavis.site",
    "visavis.site.backups",
    "visavis.demo",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "django_tasks",
    "huey.contrib.djhuey",
]
MIDDLEWARE = [
    "visavis.web.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "visavis.web.outages.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "visavis.web.resending.SignInMiddleware",
    "visavis.web.middleware.LanguageMiddleware",
    "visavis.people.access.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "visavis.people.accounts.middleware.SessionLimits",
    "visavis.people.accounts.middleware.SecondStep",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "visavis.web.middleware.RefusalMiddleware",
    "visavis.web.middleware.StorableMiddleware",
    "visavis.web.middleware.ReadOnlyMiddleware",
]
ROOT_URLCONF = "visavis.site.urls"
WSGI_APPLICATION = "visavis.site.wsgi.application"

# Cotton and template-partials each rewrite the loaders when left to themselves; the last one wins in silence.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "visavis.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "visavis.web.forms.HouseRenderer"

DATABASES = {"default": database(OPTIONS.database_url, INSTANCE.folder)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people_accounts.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "visavis.people.accounts.hashers.Argon2id",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "visavis.people.accounts.passwords.HouseWords", "OPTIONS": {"more": OPTIONS.password_words}},
    {"NAME": "visavis.people.accounts.passwords.Breached", "OPTIONS": {"file": OPTIONS.breached_passwords}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/compte/login/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "visavis.people.accounts.adapter.ClosedDoor"
ACCOUNT_FORMS = {"add_email": "visavis.people.accounts.forms.FixedEmail"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_RATE_LIMITS = {"login": "20/m/ip", "login_failed": "5/m/key,20/m/ip"}
MFA_ADAPTER = "visavis.people.accounts.sealed.SealedSteps"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Vis-à-vis"
#: The company's sign-in service, in allauth's words (people/accounts/sign_on.py); the demo has none.
SIGN_ON = {} if INSTANCE.demo else OPTIONS.sign_on
SIGN_ON_CA, SIGN_ON_DOOR = OPTIONS.oidc_ca, "sign-in"
SOCIALACCOUNT_ADAPTER = "visavis.people.accounts.sign_on.Directory"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
#: Roles that must set a second step before anything else opens; the demo is open to everybody.
SECOND_STEP_ROLES = frozenset() if INSTANCE.demo else frozenset(OPTIONS.second_step_roles)
#: How many proxies stand in front: only what they add to X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = OPTIONS.proxies
#: Counts of sign-ins and of codes that served, for all processes; then what each keeps for itself.
CACHES = {
    "default": {"BACKEND": "visavis.people.accounts.counts.Counts"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
CSRF_COOKIE_SAMESITE = "Strict"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "visavis.web.errors.csrf_failure"
if OPTIONS.https:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-visavis", "__Host-csrf"
    SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    #: The proxy in front redirects; entering the browsers' own list is the company's decision.
    SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W021"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = POLICY

LANGUAGE_CODE = OPTIONS.language
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [str(INSTANCE.folder / "locale")]
TIME_ZONE = OPTIONS.time_zone
USE_TZ = USE_I18N = True
FORMAT_MODULE_PATH = ["visavis.web.formats"]
#: Over HTTPS no other host may set a cookie of ours.
COOKIE_PREFIX = "__Host-" if OPTIONS.https else ""
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}visavis_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "static/"
STATIC_ROOT = INSTANCE.folder / "static"
WHITENOISE_USE_FINDERS, WHITENOISE_ALLOW_ALL_ORIGINS = True, False
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_HANDLERS = ["visavis.listen.imports.uploads.LimitedUpload"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
EXPORT_ROWS = OPTIONS.export_rows
MAX_IMPORT_BYTES = 200 * 1024 * 1024

HUEY = {
    "huey_class": "huey.SqliteHuey",
    "name": "visavis",
    "immediate": False,
    "filename": str(INSTANCE.folder / "jobs.db"),
    "fsync": True,
    "consumer": {"workers": 1, "worker_type": "thread", "periodic": True},
}
TASKS = {"default": {"BACKEND": "huey.contrib.djhuey.tasks_backend.HueyBackend", "ENQUEUE_ON_COMMIT": True}}

#: Letters leave by the mail server of the options, from the worker only; never from the demo.
SENDS_LETTERS = bool(OPTIONS.smtp_host) and not INSTANCE.demo
EMAIL_BACKEND = (
    "visavis.site.mail.GuardedBackend" if SENDS_LETTERS else "django.core.mail.backends.dummy.EmailBackend"
)
#: Nothing leaves the machine but through these (core/egress.py).
egress.configure(
    *([egress.Door("mail", OPTIONS.smtp_host, OPTIONS.smtp_port)] if SENDS_LETTERS else []),
    *(egress.Door(f"{SIGN_ON_DOOR} {host}", host, port) for host, port in OPTIONS.sign_on_hosts if SIGN_ON),
)
egress.guard()
EMAIL_HOST, EMAIL_PORT = OPTIONS.smtp_host, OPTIONS.smtp_port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = OPTIONS.smtp_user, OPTIONS.smtp_password
EMAIL_USE_TLS, EMAIL_USE_SSL = OPTIONS.smtp_security == "starttls", OPTIONS.smtp_security == "tls"
EMAIL_TIMEOUT = OPTIONS.smtp_timeout
DEFAULT_FROM_EMAIL = SERVER_EMAIL = OPTIONS.smtp_sender or "visavis@localhost"
#: Where links of letters lead, and what names the letters themselves.
ADDRESS = OPTIONS.site_address
LETTERS_DOMAIN = parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]

LOGGING = logs.CONFIG

#: The demo stands still at its own day; elsewhere this is None and the clock decides.
TODAY = INSTANCE.today
#: Read by the policy, which never goes under its own floor.
SMALLEST_GROUP = OPTIONS.smallest_group
#: The key of what must hold after a restore: marks of erasures, identities of anonymous answers, stop links.
LASTING_KEY = INSTANCE.lasting_key()
#: Where backups go, and where the journal of erasures has its copies.
BACKUPS = [INSTANCE.folder / "backups", *([Path(OPTIONS.backup_to)] if OPTIONS.backup_to else [])]
ERASURE_COPIES = [INSTANCE.folder, *BACKUPS]
REPORT_FROZEN_AFTER = OPTIONS.report_frozen_after
SECOND_OPINION = OPTIONS.second_opinion
DEMO = bool(INSTANCE.demo)
PRODUCT = _("Vis-à-vis")
