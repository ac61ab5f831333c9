"""Django's way to the rule of passwords (口令要求)."""

from functools import cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.accounts.rules.passwords import SHORTEST_OWN_WORD, password_is_good
from xiuhua.ground.words import gettext as _


class PolicyValidator:
    """Django's password validation by `password_is_good`; it stands in ``AUTH_PASSWORD_VALIDATORS``."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise what the rule says against a password.

        Raises
        ------
        ValidationError
            The password is no good; one message a reason.
        """
        figures, own = policy(getattr(user, "home", "")).password, _own_words(user)
        verdict = password_is_good(password, figures, own_words=own, is_common=_is_common(password))
        if not verdict.decision:
            raise ValidationError([str(reason) for reason in verdict.reasons])

    def get_help_text(self, home: str = "") -> str:
        """What is asked of a password, of whoever belongs to a place."""
        figures = policy(home).password
        return _("至少 %(least)s 个字，大写字母、小写字母、数字、符号里用上 %(kinds)s 种；不要用工号、手机号") % {
            "least": int(figures.least_letters.number),
            "kinds": int(figures.least_kinds.number),
        }


def _own_words(user: Any) -> list[str]:
    words = [getattr(user, "username", ""), getattr(user, "phone", "")]
    return [word for word in words if len(word) >= SHORTEST_OWN_WORD]


@cache
def _list() -> CommonPasswordValidator:
    return CommonPasswordValidator()


def _is_common(password: str) -> bool:
    return password.casefold().strip() in _list().passwords
