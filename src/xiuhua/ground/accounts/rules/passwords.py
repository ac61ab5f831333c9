"""What a password must be (口令要求)."""

import unicodedata
from collections.abc import Collection

from xiuhua.ground.standards.trust import PasswordStandard
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

LONGEST = 128
"""Letters that are hashed; more would only keep the machine busy."""

SHORTEST_OWN_WORD = 4


def password_is_good(
    password: str, figures: PasswordStandard, *, own_words: Collection[str] = (), is_common: bool = False
) -> Verdict[bool]:
    """Whether a password is long, varied, not known to every thief, and not the person's own name or number.

    Parameters
    ----------
    password : str
        As typed.
    figures : PasswordStandard
        What is asked for.
    own_words : collection of str
        Staff number, telephone: whoever knows the person knows them.
    is_common : bool
        It stands on a list of passwords that are tried first.
    """
    reasons = []
    least, kinds = int(figures.least_letters.number), int(figures.least_kinds.number)
    if len(password) < least:
        reasons.append(
            Reason(
                _("密码只有 %(count)s 个字") % {"count": len(password)},
                mend=_("至少要 %(least)s 个字，可以用一句话") % {"least": least},
                cites="trust.password.least_letters",
            )
        )
    if len(password) > LONGEST:
        reasons.append(Reason(_("密码太长"), mend=_("最多 %(most)s 个字") % {"most": LONGEST}))
    if len(kinds_of(password)) < kinds:
        reasons.append(
            Reason(
                _("密码太单一"),
                mend=_("大写字母、小写字母、数字、符号里至少用 %(kinds)s 种") % {"kinds": kinds},
                cites="trust.password.least_kinds",
            )
        )
    if is_common or len(set(password)) < SHORTEST_OWN_WORD:
        reasons.append(Reason(_("这个密码太常见，别人先试的就是它"), mend=_("请换一个")))
    if any(_holds(password, word) for word in own_words):
        reasons.append(Reason(_("密码里有您的工号或手机号"), mend=_("请换一个，知道您的人猜得到")))
    return Verdict(not reasons, *reasons)


def kinds_of(password: str) -> set[str]:
    """Which of capitals, small letters, figures, signs and other letters (Chinese characters) are in it."""
    return {_kind_of(letter) for letter in password if not letter.isspace()}


def _holds(password: str, word: str) -> bool:
    return word.casefold() in password.casefold()


def _kind_of(letter: str) -> str:
    category = unicodedata.category(letter)
    return category if category in {"Lu", "Ll"} else {"N": "figure", "L": "letter"}.get(category[0], "sign")
