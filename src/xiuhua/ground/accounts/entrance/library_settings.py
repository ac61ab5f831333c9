"""Settings of the sign-in library (django-allauth), of sessions and of passwords: ``doors.settings`` takes them in.

What has a figure in the rule book (``standards/trust.toml``) takes it from there.
"""

from datetime import date
from typing import Any

from xiuhua.ground import standards

_trust = standards.on(date.today()).trust  # noqa: DTZ011 - which rules hold, to the day

APPS = ["allauth", "allauth.account", "allauth.mfa", "allauth.usersessions"]
"""They stand after our own app, whose templates come first."""

SETTINGS: dict[str, Any] = {
    "AUTHENTICATION_BACKENDS": ["xiuhua.ground.accounts.entrance.backend.AccountBackend"],
    "AUTH_PASSWORD_VALIDATORS": [{"NAME": "xiuhua.ground.accounts.entrance.passwords.PolicyValidator"}],
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "/",
    "SESSION_COOKIE_AGE": int(3600 * _trust.session.hours.number),
    # One shared cache: what the library counts and what it has seen once holds in every process.
    "CACHES": {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            # So many that nobody pushes out what was counted by asking from many addresses.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    },
    "ACCOUNT_ADAPTER": "xiuhua.ground.accounts.entrance.adapter.AccountAdapter",
    "ACCOUNT_LOGIN_METHODS": {"username"},
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_LOGIN_TIMEOUT": int(60 * _trust.sign_in.second_step_minutes.number),
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": int(60 * _trust.sign_in.recently_minutes.number),
    "ACCOUNT_RATE_LIMITS": {
        "login": f"{_trust.sign_in.address_minute.number:.0f}/m/ip",
        "login_failed": None,  # counted at our own door, in a table (`tries`)
        "reauthenticate": "10/m/user",
    },
    "MFA_ADAPTER": "xiuhua.ground.accounts.factors.adapter.FactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    "MFA_FORMS": {
        "authenticate": "xiuhua.ground.accounts.factors.forms.SecondStepForm",
        "authenticate_webauthn": "xiuhua.ground.accounts.factors.forms.SecondStepByPasskeyForm",
        "reauthenticate": "xiuhua.ground.accounts.factors.forms.AgainByCodeForm",
        "activate_totp": "xiuhua.ground.accounts.factors.forms.SetUpCodesForm",
        "add_webauthn": "xiuhua.ground.accounts.factors.forms.AddPasskeyForm",
        "login_webauthn": "xiuhua.ground.accounts.factors.forms.SignInByPasskeyForm",
    },
    "ACCOUNT_FORMS": {"reauthenticate": "xiuhua.ground.accounts.factors.forms.AgainByPasswordForm"},
}
