"""What must hold before a file is opened, and whom it then shows."""

from collections.abc import Mapping

from xiuhua.ground.standards import Purpose
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

FEW_LETTERS = 4
"""A case that is named in fewer letters says nothing."""


def file_can_be_opened(
    purpose: str,
    purposes: Mapping[str, Purpose],
    *,
    kept_only: bool = False,
    some_kept_only: bool = False,
    note: str = "",
) -> Verdict[bool]:
    """Whether a file may be opened for that: a purpose of the rule book, which must open what is kept and not used.

    Parameters
    ----------
    kept_only : bool
        Whether the person in question, or everybody of the household, is kept and not used (只存不用).
    some_kept_only : bool
        Whether anybody of the household is: where they are opened too, it is said in words which case it is.
    """
    if purpose not in purposes:
        known = _("、").join(one.name for one in purposes.values())
        return Verdict(
            False,
            Reason(_("没有说明为什么打开档案"), field="purpose", mend=_("请选一个用途：%(known)s") % {"known": known}),
        )
    asked = purposes[purpose]
    if not asked.opens_kept_only:
        return Verdict(False, _is_kept_only(asked, purposes)) if kept_only else Verdict(True)
    if (kept_only or some_kept_only) and len(note.strip()) < FEW_LETTERS:
        return Verdict(
            False,
            Reason(
                _("这份档案只存不用，没有写清楚是哪一件"),
                field="note",
                mend=_("请写依据的职责、谁的申请或什么情况"),
                cites=f"privacy.purposes.{purpose}.though_kept_only",
            ),
        )
    return Verdict(True)


def is_shown(kept_only: bool, purpose: str, purposes: Mapping[str, Purpose]) -> bool:
    """Whether a file that was opened for a purpose shows somebody's values."""
    return not kept_only or (purpose in purposes and purposes[purpose].opens_kept_only)


def purposes_offered(purposes: Mapping[str, Purpose], *, kept_only: bool) -> list[Purpose]:
    """What a file may be opened for; of somebody kept and not used, the few purposes that the law leaves."""
    return [one for one in purposes.values() if one.opens_kept_only or not kept_only]


def _is_kept_only(asked: Purpose, purposes: Mapping[str, Purpose]) -> Reason:
    left = _("、").join(one.name for one in purposes_offered(purposes, kept_only=True))
    return Reason(
        _("这份档案只存不用，不能为「%(purpose)s」打开") % {"purpose": asked.name},
        field="purpose",
        mend=_("只能为这些打开：%(left)s") % {"left": left},
        cites=f"privacy.purposes.{asked.key}.though_kept_only",
    )
