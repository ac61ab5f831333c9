"""What may come in."""

from dataclasses import dataclass

from xiuhua.ground.accounts.numbers import is_mobile
from xiuhua.ground.standards.suggestions import Intake
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

LONGEST_NAME, LONGEST_PLACE, LONGEST_SPOT = 40, 120, 60


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sends in, as far as it is judged; counts are of what the same sender sent before.

    Parameters
    ----------
    letters : int
        Length of the words, blanks at the ends left out.
    has_more : bool
        Whether a photograph or a voice note comes along.
    is_inside : bool or None
        Whether the point lies in the subdistrict; None where none is given.
    needs_phone : bool
        Whether a reply by text message is wanted.
    from_address, by_phone : int
        How many came from this address in the last hour, and from this telephone today.
    most_from_address : int
        How many may, in an hour: more where many people stand at one event.
    by_staff : bool
        Entered for somebody by the office: no limit holds.
    """

    letters: int
    has_more: bool = False
    is_inside: bool | None = None
    name: str = ""
    phone: str = ""
    place: str = ""
    needs_phone: bool = False
    from_address: int = 0
    by_phone: int = 0
    most_from_address: int = 0
    by_staff: bool = False


def can_be_received(sent: Sent, figures: Intake) -> Verdict[bool]:
    """Whether something can be taken in as it is; every reason at once, each at its field."""
    reasons = [*_about_words(sent, figures), *_about_person(sent), *_about_place(sent)]
    return Verdict(not reasons, *reasons)


def is_no_flood(sent: Sent, figures: Intake) -> Verdict[bool]:
    """Whether no more came from one sender than the book allows; nothing is amiss with the thing itself."""
    reasons = [] if sent.by_staff else _about_floods(sent, figures)
    return Verdict(not reasons, *reasons)


def _about_words(sent: Sent, figures: Intake) -> list[Reason]:
    most = int(figures.most_letters.number)
    if not sent.letters and not sent.has_more:
        return [Reason(_("还没有说是什么事"), field="words", mend=_("写一句话，或者按住说话、拍张照片"))]
    if sent.letters > most:
        said = _("写了 %(letters)s 个字，最多 %(most)s 个") % {"letters": sent.letters, "most": most}
        mend = _("请把最要紧的写在这里，其余的拍照附上")
        return [Reason(said, field="words", mend=mend, cites="suggestions.intake.most_letters")]
    return []


def _about_person(sent: Sent) -> list[Reason]:
    reasons = []
    if len(sent.name) > LONGEST_NAME:
        reasons.append(Reason(_("称呼太长"), field="name", mend=_("最多 %(most)s 个字") % {"most": LONGEST_NAME}))
    if sent.needs_phone and not sent.phone:
        reasons.append(Reason(_("要短信回复，还没有留手机号"), field="phone", mend=_("填上手机号，或者不要短信回复")))
    elif sent.phone and (sent.needs_phone or not sent.by_staff) and not is_mobile(sent.phone):
        reasons.append(_phone_reason(sent.phone))
    return reasons


def _phone_reason(phone: str) -> Reason:
    short = 11 - len(phone)
    if phone.isdecimal() and short > 0:
        return Reason(_("手机号少了 %(count)s 位") % {"count": short}, field="phone", mend=_("手机号是 11 位"))
    if phone.isdecimal() and short < 0:
        return Reason(_("手机号多了 %(count)s 位") % {"count": -short}, field="phone", mend=_("手机号是 11 位"))
    return Reason(_("这不是手机号"), field="phone", mend=_("手机号是 1 开头的 11 位数字"))


def _about_place(sent: Sent) -> list[Reason]:
    if sent.is_inside is False:
        return [
            Reason(
                _("这个位置不在本街道"), field="point", mend=_("请在地图上点到街道里面，或者不标位置，用文字写在哪里")
            )
        ]
    if len(sent.place) > LONGEST_PLACE:
        mend = _("最多 %(most)s 个字，详细的写在「什么事」里") % {"most": LONGEST_PLACE}
        return [Reason(_("地点太长"), field="place", mend=mend)]
    return []


def _about_floods(sent: Sent, figures: Intake) -> list[Reason]:
    if sent.from_address >= sent.most_from_address:
        return [
            Reason(
                _("这里一小时里已经送来 %(count)s 条") % {"count": sent.from_address},
                mend=_("请过一小时再送；急事请打居委会电话，或者拨 12345"),
                cites="suggestions.intake.address_hour",
            )
        ]
    if sent.by_phone >= figures.phone_day.number:
        return [
            Reason(
                _("这个手机号今天已经送来 %(count)s 条") % {"count": sent.by_phone},
                field="phone",
                mend=_("请明天再送；急事请打居委会电话，或者拨 12345"),
                cites="suggestions.intake.phone_day",
            )
        ]
    return []


def spot_can_be_made(*, name: str, is_inside: bool) -> Verdict[bool]:
    """Whether a code can be put up at a place: one with a name, in the subdistrict."""
    reasons = []
    if not name or len(name) > LONGEST_SPOT:
        mend = _("写居民一看就懂的地方，最多 %(most)s 个字") % {"most": LONGEST_SPOT}
        reasons.append(Reason(_("地点还没有写好"), field="name", mend=mend))
    if not is_inside:
        reasons.append(Reason(_("这个位置不在本街道"), field="point", mend=_("请在地图上点到街道里面")))
    return Verdict(not reasons, *reasons)
