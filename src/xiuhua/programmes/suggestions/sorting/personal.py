"""Personal data in free text (个人信息): what must not be read by everybody, found and masked (脱敏).

It errs towards masking: a number that may be somebody's telephone is hidden, while what an office must read to act, the
quarter, lane and building, stays.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xiuhua.ground.sources.id_numbers import Unsound, read_id_number
from xiuhua.programmes.suggestions.sorting.folding import Folded, folded
from xiuhua.programmes.suggestions.sorting.names import family_name_length, names_in
from xiuhua.programmes.suggestions.sorting.rooms import rooms_in


class Kind(StrEnum):
    """What was found, in the order in which one goes before another."""

    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    PLATE = "plate"
    BIRTHDAY = "birthday"
    ROOM = "room"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of personal data, where it stands in the text as it was written.

    Parameters
    ----------
    text : str
        As written, whatever is not seen included.
    """

    kind: Kind
    start: int
    end: int
    text: str


Spans = Iterator[tuple[int, int]]

_SEP = r"[ \t\-—–－_.·・]{0,2}"
_ID = re.compile(rf"(?<![0-9])[1-8]{_SEP}\d(?:{_SEP}\d){{12,15}}(?:{_SEP}[0-9Xx])(?![0-9A-Za-z])")
_CARD = re.compile(rf"(?<![0-9A-Za-z])[3-6](?:{_SEP}\d){{14,18}}(?!\d)")
_CARD_SAID = re.compile(
    rf"(?:卡号|银行卡号?|储蓄卡|账号|帐号|账户|交行|工行|建行|农行|中行|招行)[^\d\n]{{0,6}}(\d(?:{_SEP}\d){{11,18}})(?!\d)"
)
_EXTENSION = r"(?:[ ]?(?:转|-|分机)[ ]?\d{1,5})?"
_MOBILE = re.compile(rf"(?<![0-9])(?:(?:\+|00)?86{_SEP})?1{_SEP}[3-9](?:{_SEP}\d){{9}}(?!\d)")
_PUBLIC = re.compile(r"(?<!\d)(?:[48]00[- ]?\d{3}[- ]?\d{4}|9\d{4,5}|1\d{4})(?!\d)")
_AREA = re.compile(
    r"(?<!\d)[(（]?0(?:10|2\d|[3-9]\d{2})[)）]?[ \-—–]{0,2}[2-8]\d{2,3}[ \-—–]?\d{4}" + _EXTENSION + r"(?!\d)"
)
_LOCAL = re.compile(r"(?<![\d.])(?:[56]\d{7}|[356]\d{3}[ \-—–]\d{4})" + _EXTENSION + r"(?!-?\d|[.元])")
_LOCAL_SAID = re.compile(
    r"(?:电话|座机|固话|致电|拨打|联系方式|号码|宅电|[Tt][Ee][Ll]|打给?)[^\d\n]{0,5}"
    r"([2-8]\d{2,3}[ \-—–]?\d{4}" + _EXTENSION + r")(?![\d元])"
)
_ORDER = re.compile(r"(?:单号|编号|工单号?|订单号?|流水号?|票号|设备号|表号|件号|文号|No\.?)[^\d\n]{0,3}$")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64} ?@ ?[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,20}){1,4}")
_ACCOUNT = re.compile(
    r"(?:微信|薇信|威信|[Vv]信|(?<![A-Za-z])(?:we ?chat|weixin|wx|vx|qq)(?![A-Za-z])|扣扣|企鹅)"
    r"(?!公众|小程序|支付|步数)(?:号码?|账号|群|ID|id|同号)?"
    r"[ \t]*(?:是|为|[:：]|加)?[ \t]*([A-Za-z][A-Za-z0-9_\-]{5,19}|[1-9]\d{4,11})(?![\d元])",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][ ]?"
    r"([A-HJ-Za-hj-z][ ·•・.\-]{0,2}[A-HJ-NP-Za-hj-np-z0-9]{4,5}"
    r"[A-HJ-NP-Za-hj-np-z0-9挂学警港澳])(?![A-Za-z0-9])"
)
_PLATE_SAID = re.compile(
    r"车牌号?(?:码|尾号)?[ \t]*(?:是|为|[:：])?[ \t]*([A-Za-z][ ·•.\-]?[A-Za-z0-9]{4,6})(?![A-Za-z0-9])"
)
_DAY = r"(?:19|20)\d{2}[ ]?[年./\-][ ]?\d{1,2}(?:[ ]?[月./\-](?:[ ]?\d{1,2}[日号]?)?)?"
_BORN = re.compile(rf"(?:出生(?:日期|年月|于)?|生日|生于|生辰)[^\d\n]{{0,4}}({_DAY}|\d{{1,2}}月\d{{1,2}}[日号])")
_BORN_AFTER = re.compile(rf"(?<!\d)({_DAY})[ ]?(?:出?生人|出生|生(?=[,，。、;；)）的 ]|$))")


def find(text: str) -> list[Found]:
    """Find personal data in a text, from left to right, none overlapping another."""
    plain = folded(text)
    taken: list[tuple[int, int, Kind]] = []
    for kind, spans in _all(plain):
        for start, end in spans:
            if all(end <= first or last <= start for first, last, _ in taken):
                taken.append((start, end, kind))
    return [_found(text, plain, *one) for one in sorted(taken)]


def masked(text: str) -> str:
    """The text with personal data made unreadable; what is left of them tells what stood there, not whose."""
    pieces, at = [], 0
    for one in find(text):
        pieces += [text[at : one.start], _mask(one)]
        at = one.end
    return "".join([*pieces, text[at:]])


def _all(plain: Folded) -> Iterator[tuple[Kind, Spans]]:
    digits, text = plain.digits, plain.text
    yield Kind.EMAIL, (found.span() for found in _EMAIL.finditer(text))
    for kind, reader in ((Kind.ID_NUMBER, _id_numbers), (Kind.BANK_CARD, _bank_cards), (Kind.PHONE, _phones)):
        yield kind, reader(text)  # as written first: after a number 三楼 is no digit
        yield kind, reader(digits)
    yield Kind.ACCOUNT, (found.span(1) for found in _ACCOUNT.finditer(text))
    for pattern in (_PLATE, _PLATE_SAID):
        yield Kind.PLATE, (found.span(1) for found in pattern.finditer(text))
    for pattern in (_BORN, _BORN_AFTER):
        yield Kind.BIRTHDAY, (found.span(1) for found in pattern.finditer(text))
    yield Kind.ROOM, rooms_in(text)
    yield Kind.NAME, names_in(text)


def _id_numbers(text: str) -> Spans:
    for found in _ID.finditer(text):
        number = re.sub(r"[^0-9Xx]", "", found[0])
        try:
            read_id_number(number)
        except Unsound as unsound:
            if unsound.fault != "check" or _ORDER.search(text[: found.start()]):
                continue
        yield found.span()


def _bank_cards(text: str) -> Spans:
    for found in _CARD.finditer(text):
        if _luhn(re.sub(r"\D", "", found[0])) and not _ORDER.search(text[max(0, found.start() - 8) : found.start()]):
            yield found.span()
    for found in _CARD_SAID.finditer(text):
        yield found.span(1)


def _luhn(number: str) -> bool:
    """Whether the last digit is the one that belongs to the others (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _phones(text: str) -> Spans:
    public = [found.span() for found in _PUBLIC.finditer(text)]

    def is_own(start: int, end: int) -> bool:
        return not any(start < last and first < end for first, last in public)

    for pattern in (_MOBILE, _AREA):
        yield from (found.span() for found in pattern.finditer(text))
    for found in _LOCAL.finditer(text):
        if is_own(*found.span()) and not _ORDER.search(text[max(0, found.start() - 8) : found.start()]):
            yield found.span()
    yield from (found.span(1) for found in _LOCAL_SAID.finditer(text) if is_own(*found.span(1)))


def _found(text: str, plain: Folded, start: int, end: int, kind: Kind) -> Found:
    first, last = plain.span(start, end)
    return Found(kind, first, last, text[first:last])


def _mask(one: Found) -> str:
    shown = folded(one.text).text
    if one.kind is Kind.NAME:
        family = family_name_length(shown)
        return shown[:family] + "*" * (len(shown) - family)
    return "*" * _STARS.get(one.kind, 3)


_STARS = {Kind.PHONE: 11, Kind.ID_NUMBER: 18, Kind.BANK_CARD: 16, Kind.PLATE: 6}
"""How many stars stand for what, however long it was; three for the rest."""
