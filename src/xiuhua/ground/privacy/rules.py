"""What a consent, a request, a hold and an erasure must satisfy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiuhua.ground.standards import Basis, BasisKind, Figure
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

KEEPS_FILE = "keep_file"
"""The consent on which the basis `consent` rests (同意建立和保存个人档案)."""

FEW_LETTERS = 4
"""A reason in fewer letters says nothing."""


class Ground(StrEnum):
    """Why data are erased (删除情形), as the law counts them (PIPL 47)."""

    PURPOSE_OVER = "purpose_over"
    TERM_OVER = "term_over"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    UNLAWFUL = "unlawful"

    @property
    def label(self) -> str:
        """What a screen calls it."""
        return {
            Ground.PURPOSE_OVER: _("处理目的已实现、无法实现或不再必要（如迁出、去世）"),
            Ground.TERM_OVER: _("停止服务，或保存期限已满"),
            Ground.CONSENT_WITHDRAWN: _("本人撤回同意"),
            Ground.UNLAWFUL: _("违反法律、行政法规或约定处理"),
        }[self]


@dataclass(frozen=True, slots=True)
class Birth:
    """When someone was born, as far as it is on record."""

    year: int
    day: date | None = None

    def surely_reached(self, years: float, on: date) -> bool:
        """Whether they have reached an age for certain: where only the year is known, their birthday may be to come."""
        if self.day is None:
            return on.year - self.year > years
        passed = on.year - self.day.year - ((on.month, on.day) < (self.day.month, self.day.day))
        return passed >= years


def consent_can_be_recorded(
    *,
    purpose_known: bool,
    given_on: date,
    today: date,
    by_guardian: bool,
    guardian: str,
    paper_without_number: bool,
    birth: Birth,
    guardian_below: Figure,
    in_force: bool,
    erased: bool,
) -> Verdict[bool]:
    """Whether a consent is one: to something of the book, given by whoever may give it, with something to show."""
    reasons: list[Reason] = []
    if erased:
        reasons.append(_is_erased())
    if not purpose_known:
        reasons.append(Reason(_("没有这个同意事项"), field="purpose", mend=_("请从列表里选")))
    if given_on > today:
        reasons.append(Reason(_("同意日期在今天之后"), field="given_on", mend=_("请填签字那天的日期")))
    if not by_guardian and not birth.surely_reached(guardian_below.number, given_on):
        reasons.append(
            Reason(
                _("未满 %(years)s 周岁的，由父母或其他监护人同意（%(source)s %(clause)s）")
                % {
                    "years": f"{guardian_below.number:g}",
                    "source": _("个人信息保护法"),
                    "clause": guardian_below.clause,
                },
                field="given_by",
                mend=_("请改成监护人；如果已经满了，请先补登出生日期"),
                cites="privacy.children.guardian_below_years",
            )
        )
    if by_guardian and not guardian.strip():
        reasons.append(Reason(_("没有写监护人姓名"), field="guardian", mend=_("请写签字的监护人")))
    if paper_without_number:
        reasons.append(Reason(_("纸质同意书没有编号"), field="evidence_number", mend=_("请写同意书上的编号")))
    if in_force:
        reasons.append(
            Reason(_("这一项已经有一份有效的同意"), field="purpose", mend=_("内容变了的，请先撤回旧的再登记"))
        )
    return Verdict(not reasons, *reasons)


def consent_can_be_withdrawn(*, in_force: bool) -> Verdict[bool]:
    """Whether a consent still stands."""
    return Verdict(True) if in_force else Verdict(False, Reason(_("这份同意已经撤回过了")))


def basis_can_be_set(basis: Basis | None, *, keeps_file: bool, is_same: bool, erased: bool) -> Verdict[bool]:
    """Whether data may be kept on this basis: on consent only where one is in force."""
    if erased:
        return Verdict(False, _is_erased())
    if basis is None:
        return Verdict(False, Reason(_("没有这项处理依据"), field="basis", mend=_("请从列表里选")))
    if is_same:
        return Verdict(False, Reason(_("处理依据本来就是这一项"), field="basis"))
    if basis.kind == BasisKind.CONSENT and not keeps_file:
        return Verdict(
            False,
            Reason(
                _("没有有效的同意"),
                field="basis",
                mend=_("请先登记「建立和保存个人档案」的同意"),
                cites="privacy.bases.consent.law",
            ),
        )
    return Verdict(True)


def is_left_without_basis(basis: Basis | None, *, keeps_file: bool) -> bool:
    """Whether nothing carries the keeping of someone's data any more (待删除)."""
    return basis is None or (basis.kind == BasisKind.CONSENT and not keeps_file)


def request_can_be_filed(
    *,
    asked_on: date,
    today: date,
    for_another: bool,
    asker: str,
    needs_words: bool,
    words: str,
    erased: bool,
    waits_until: date | None = None,
) -> Verdict[bool]:
    """Whether it is clear who asks for what, and whether it is asked already.

    Parameters
    ----------
    waits_until : date, optional
        Term of a request of the same kind that waits, where a second one would ask for nothing more.
    """
    reasons = [_is_erased()] if erased else []
    if waits_until is not None:
        reasons.append(
            Reason(
                _("同样的请求已经提过，还在办"),
                field="kind",
                mend=_("请等到 %(day)s，那天以前答复") % {"day": waits_until},
            )
        )
    if asked_on > today:
        reasons.append(Reason(_("提出日期在今天之后"), field="asked_on", mend=_("请填提出那天的日期")))
    if for_another and not asker.strip():
        reasons.append(Reason(_("没有写提出人姓名"), field="asker", mend=_("请写代为提出的人，并当面核对身份")))
    if needs_words and not words.strip():
        reasons.append(Reason(_("没有写请求内容"), field="words", mend=_("请写清楚要改什么、问什么")))
    return Verdict(not reasons, *reasons)


def due_on(asked_on: date, answer_days: Figure) -> date:
    """Last day for an answer."""
    return asked_on + timedelta(days=int(answer_days.number))


def request_can_be_closed(*, is_open: bool, words: str) -> Verdict[bool]:
    """Whether a request waits and the answer says something."""
    if not is_open:
        return Verdict(False, Reason(_("这件请求已经办结")))
    return _says_enough(words, "answer", _("请写给本人看得懂的答复"))


def request_can_be_refused(*, is_open: bool, words: str) -> Verdict[bool]:
    """Whether a request waits and it is said why it is refused (PIPL 50)."""
    if not is_open:
        return Verdict(False, Reason(_("这件请求已经办结")))
    return _says_enough(words, "answer", _("拒绝的要说明理由，本人可以依法起诉"))


def copy_can_be_handed_over(
    *, is_access: bool, refused: bool, erased: bool, to_phone: bool = False, has_phone: bool = False
) -> Verdict[bool]:
    """Whether what is kept of someone is handed to them: on a request to see it that was not refused.

    Parameters
    ----------
    to_phone, has_phone : bool
        Whether they are to read it on their own page, and whether an account is bound to them.
    """
    if erased:
        return Verdict(False, _is_erased())
    if not is_access:
        return Verdict(False, Reason(_("这件请求不是查阅、复制"), mend=_("请另登记一件查阅、复制的请求")))
    if to_phone and not has_phone:
        return Verdict(
            False, Reason(_("本人没有绑定的手机账号"), field="form", mend=_("请选网页或 Excel，当面交给本人"))
        )
    return Verdict(False, Reason(_("这件请求已经拒绝"))) if refused else Verdict(True)


def copy_can_be_read(*, is_answered_access: bool, closed_on: date | None, today: date, days: Figure) -> Verdict[bool]:
    """Whether someone reads the copy on their own page: it was handed over, not too long ago."""
    if not is_answered_access or closed_on is None:
        return Verdict(False, Reason(_("副本还没有准备好")))
    if today > closed_on + timedelta(days=int(days.number)):
        return Verdict(
            False,
            Reason(
                _("副本只能看 %(days)s 天，已经过了") % {"days": f"{days.number:g}"},
                mend=_("要看请再要一份"),
                cites="privacy.requests.copy_days",
            ),
        )
    return Verdict(True)


def person_can_be_erased(
    basis: Basis | None, ground: Ground, *, holds: Sequence[tuple[date, str]], keeps_file: bool, erased: bool
) -> Verdict[bool]:
    """Whether someone's data are to be erased: not while they are held, nor while a duty or a consent carries them.

    Parameters
    ----------
    ground : Ground
        Why. A duty gives way where it is over or was broken, never to a consent that nobody needed.
    holds : sequence of (date, str)
        Last day and reason of each hold that stands.
    """
    if erased:
        return Verdict(False, _is_erased())
    reasons = [
        Reason(
            _("暂停删除到 %(until)s：%(reason)s") % {"until": until, "reason": reason},
            mend=_("到期或解除之后再删除；在那之前只存不用"),
        )
        for until, reason in holds
    ]
    if ground == Ground.CONSENT_WITHDRAWN and basis is not None:
        reasons += _carried_by(basis, keeps_file=keeps_file)
    return Verdict(not reasons, *reasons)


def _carried_by(basis: Basis, *, keeps_file: bool) -> list[Reason]:
    if basis.kind != BasisKind.CONSENT:
        return [
            Reason(
                _("留存依据是「%(basis)s」（%(law)s %(clause)s），不靠同意，撤回同意不足以删除")
                % {"basis": basis.name, "law": basis.law.value, "clause": basis.law.clause},
                field="ground",
                mend=_("已经迁出、去世或不再需要的，请选相应的情形"),
                cites=f"privacy.bases.{basis.key}.law",
            )
        ]
    if keeps_file:
        return [Reason(_("同意还没有撤回"), field="ground", mend=_("请先登记撤回同意"))]
    return []


def kept_birth_year(year: int, band_years: Figure) -> int:
    """Year of birth as it is kept of someone erased: the first of its band."""
    return year - year % int(band_years.number)


def hold_can_be_set(*, reason: str, until: date, today: date, erased: bool) -> Verdict[bool]:
    """Whether a hold says why and till when."""
    reasons = [_is_erased()] if erased else []
    reasons += _says_enough(reason, "reason", _("请写依据的案件、文书或条文")).reasons
    if until < today:
        reasons.append(Reason(_("截止日期已经过了"), field="until", mend=_("请填今天或以后的日期")))
    return Verdict(not reasons, *reasons)


def hold_can_be_lifted(*, holds: bool) -> Verdict[bool]:
    """Whether a hold stands."""
    return Verdict(True) if holds else Verdict(False, Reason(_("已经解除或到期了")))


def restriction_can_be_set(*, reason: str, stands: bool, erased: bool) -> Verdict[bool]:
    """Whether somebody's data can be kept and not used (只存不用): once, and it is said why."""
    reasons = [_is_erased()] if erased else []
    if stands:
        reasons.append(Reason(_("已经是只存不用")))
    reasons += _says_enough(reason, "reason", _("请写本人怎么说的")).reasons
    return Verdict(not reasons, *reasons)


def restriction_can_be_lifted(*, stands: bool) -> Verdict[bool]:
    """Whether a restriction stands."""
    return Verdict(True) if stands else Verdict(False, Reason(_("已经解除了")))


def assessment_can_be_recorded(*, texts: dict[str, str], decided_on: date, today: date) -> Verdict[bool]:
    """Whether an assessment says what the law asks of one (PIPL 56)."""
    reasons = [reason for name, text in texts.items() for reason in _says_enough(text, name, _("请写清楚")).reasons]
    if decided_on > today:
        reasons.append(Reason(_("评估日期在今天之后"), field="decided_on", mend=_("请填做出结论那天的日期")))
    return Verdict(not reasons, *reasons)


def keep_until(decided_on: date, keep_years: Figure) -> date:
    """First day on which an assessment may be removed."""
    year = decided_on.year + int(keep_years.number)
    leap_day = (decided_on.month, decided_on.day) == (2, 29)
    return date(year, 3, 1) if leap_day else decided_on.replace(year=year)


def assessment_can_be_removed(*, kept_until: date, today: date, keep_years: Figure) -> Verdict[bool]:
    """Whether an assessment's time is over."""
    if today >= kept_until:
        return Verdict(True)
    return Verdict(
        False,
        Reason(
            _("影响评估至少保存 %(years)s 年（%(law)s %(clause)s），这一份要保存到 %(until)s")
            % {
                "years": f"{keep_years.number:g}",
                "law": _("个人信息保护法"),
                "clause": keep_years.clause,
                "until": kept_until,
            },
            cites="privacy.impact.keep_years",
        ),
    )


def _says_enough(text: str, field: str, mend: str) -> Verdict[bool]:
    if len(text.strip()) >= FEW_LETTERS:
        return Verdict(True)
    return Verdict(False, Reason(_("写得太少"), field=field, mend=mend))


def _is_erased() -> Reason:
    return Reason(_("这位居民的个人信息已经删除"))
