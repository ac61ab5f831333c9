"""Verbs of accounts, by what they are about."""

from xiuhua.ground.accounts.actions.codes import send_code
from xiuhua.ground.accounts.actions.first_passwords import give_first_password
from xiuhua.ground.accounts.actions.locked_out import drop_factors, unlock
from xiuhua.ground.accounts.actions.own import (
    change_password,
    end_token,
    give_up_factor,
    keep_factor,
    make_token,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.accounts.actions.staff import (
    correct_staff,
    end_staff,
    export_staff,
    give_role,
    invite_staff,
    reopen_staff,
    reset_password,
    take_role,
)

__all__ = [
    "change_password",
    "correct_staff",
    "drop_factors",
    "end_staff",
    "end_token",
    "export_staff",
    "give_first_password",
    "give_role",
    "give_up_factor",
    "invite_staff",
    "keep_factor",
    "make_token",
    "open_own",
    "reopen_staff",
    "reset_password",
    "send_code",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "take_role",
    "unlock",
]
