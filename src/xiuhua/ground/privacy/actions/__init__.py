"""Verbs about people's own data."""

from xiuhua.ground.privacy.actions.assessments import record_assessment, remove_assessment
from xiuhua.ground.privacy.actions.consents import record_consent, set_basis, withdraw_consent
from xiuhua.ground.privacy.actions.erasure import erase_resident, lift_hold, set_hold
from xiuhua.ground.privacy.actions.exports import export_list
from xiuhua.ground.privacy.actions.limits import lift_restriction, restrict_resident
from xiuhua.ground.privacy.actions.requests import (
    ON_THEIR_PHONE,
    answer_access,
    answer_request,
    file_request,
    read_copy,
    refuse_request,
)

__all__ = [
    "ON_THEIR_PHONE",
    "answer_access",
    "answer_request",
    "erase_resident",
    "export_list",
    "file_request",
    "lift_hold",
    "lift_restriction",
    "read_copy",
    "record_assessment",
    "record_consent",
    "refuse_request",
    "remove_assessment",
    "restrict_resident",
    "set_basis",
    "set_hold",
    "withdraw_consent",
]
