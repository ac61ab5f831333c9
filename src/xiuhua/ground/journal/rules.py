"""What the record's overseers may do, and how long values are kept."""

from datetime import date

from xiuhua.ground.standards import Figure
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

FEW_LETTERS = 4
"""A purpose in fewer letters says nothing."""


def purpose_is_told(known: bool, words: str) -> Verdict[bool]:
    """Whether it is said what a sealed value is opened for: one of the book's purposes, and in words."""
    reasons = []
    if not known:
        reasons.append(Reason(_("还没有选事由"), field="purpose", mend=_("请选一项事由")))
    if len(words.strip()) < FEW_LETTERS:
        reasons.append(
            Reason(
                _("说明太短"),
                field="words",
                mend=_("请写清楚是哪一件事，至少 %(count)s 个字") % {"count": FEW_LETTERS},
            )
        )
    return Verdict(not reasons, *reasons)


def renewal_is_explained(words: str) -> Verdict[bool]:
    """Whether it is said why the notes outside the database begin anew."""
    if len(words.strip()) >= FEW_LETTERS:
        return Verdict(True)
    mend = _("请写清楚为什么要重新记起，至少 %(count)s 个字") % {"count": FEW_LETTERS}
    return Verdict(False, Reason(_("原因没有写清楚"), field="--why", mend=mend))


def months_can_be_kept(months: Figure, least: Figure) -> Verdict[bool]:
    """Whether values may be shredded after so many months: never before the law's."""
    if months.number >= least.number:
        return Verdict(True)
    return Verdict(
        False,
        Reason(
            _("留痕保存期定成了 %(months)s 个月，少于 %(least)s 个月（《网络安全法》%(clause)s，%(sure)s）")
            % {
                "months": f"{months.number:g}",
                "least": f"{least.number:g}",
                "clause": least.clause,
                "sure": least.status.label,
            },
            field="trust.journal.months",
            mend=_("请改成 %(least)s 个月以上；改好之前不粉碎任何封存值") % {"least": f"{least.number:g}"},
            cites="trust.journal.least_months",
        ),
    )


def first_year_kept(today: date, months: int) -> int:
    """First year whose values may still be within their months; those of the years before are past them wholly.

    A year's key opens all that was sealed in it, so it goes only when its last day is over by so many months.
    """
    years, left = divmod(months, 12)
    return today.year - years - (1 if today.month <= left else 0)
