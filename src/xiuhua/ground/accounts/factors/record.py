"""What goes on record of second factors: the library says what it has done, our verbs write it down."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.entrance.credentials import refuse_second_step
from xiuhua.ground.accounts.entrance.gates import note_factor_given_up
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.answers import without_key


def _set_up(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    with without_key():  # one request may set up two: a factor, and codes for the day when it is lost
        actions.keep_factor(actor=user, user=user, kind=str(authenticator.type))


def _given_up(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    with without_key():  # the last factor takes the codes with it
        actions.give_up_factor(actor=user, user=user, kind=str(authenticator.type))
    note_factor_given_up(request)


def _failed(user: User, **_kwargs: Any) -> None:
    refuse_second_step(user)


def listen() -> None:
    """Put on record what the library does with second factors."""
    signals.authenticator_added.connect(_set_up, dispatch_uid="accounts.factor")
    signals.authenticator_reset.connect(_set_up, dispatch_uid="accounts.factor")
    signals.authenticator_removed.connect(_given_up, dispatch_uid="accounts.factor")
    signals.authentication_failed.connect(_failed, dispatch_uid="accounts.factor")
