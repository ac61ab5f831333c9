"""What accounts, passwords, codes and sessions must satisfy: decisions on plain values."""

from xiuhua.ground.accounts.rules.door import after_failure, code_can_be_sent, end_of, token_can_be_made
from xiuhua.ground.accounts.rules.passwords import password_is_good
from xiuhua.ground.accounts.rules.staff import (
    factors_can_be_dropped,
    password_can_be_reset,
    role_can_be_given,
    role_can_be_taken,
    staff_can_be_corrected,
    staff_can_be_ended,
    staff_can_be_invited,
    staff_can_be_reopened,
)

__all__ = [
    "after_failure",
    "code_can_be_sent",
    "end_of",
    "factors_can_be_dropped",
    "password_can_be_reset",
    "password_is_good",
    "role_can_be_given",
    "role_can_be_taken",
    "staff_can_be_corrected",
    "staff_can_be_ended",
    "staff_can_be_invited",
    "staff_can_be_reopened",
    "token_can_be_made",
]
