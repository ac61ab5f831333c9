"""Addresses that the sign-in library asks for by its own names: the door, and second factors.

Only these of its pages are open: nobody signs up, changes an e-mail address or resets a password by themselves.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from xiuhua.ground.accounts.entrance import pages
from xiuhua.ground.accounts.factors import pages as factors
from xiuhua.ground.accounts.guards import for_staff

urlpatterns = [
    path("sign-in/", pages.sign_in, name="account_login"),
    path("sign-in/second-step/", factors.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", pages.sign_out, name="account_logout"),
    path("account/again/", for_staff(account.reauthenticate), name="account_reauthenticate"),
    path("account/again/code/", for_staff(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/again/passkey/", for_staff(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/second-step/", for_staff(factors.second_step), name="mfa_index"),
    path("account/second-step/app/", for_staff(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-step/app/remove/", for_staff(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-step/passkeys/new/", for_staff(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("account/second-step/codes/", for_staff(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/second-step/codes/new/", for_staff(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
]
