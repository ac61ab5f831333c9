"""How what is said reaches whoever suggested, told as it is: nobody reads that a person was told who cannot be."""

from enum import Enum, auto

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.models import Source, Suggestion

WITHOUT_LINK = (Source.TELEPHONE, Source.VISIT, Source.PAPER, Source.HOTLINE)
"""Ways by which things came whose sender was shown no link to follow them."""


class Way(Enum):
    """A way to a person."""

    MESSAGE = auto()
    ACCOUNT = auto()
    CALL = auto()
    HOTLINE = auto()
    LINK = auto()
    NONE = auto()


def way_to(row: Suggestion) -> Way:
    """The way on which a person hears: a message only to a telephone that was shown to be theirs."""
    if row.wants_reply and row.phone_confirmed_at is not None:
        return Way.MESSAGE
    if row.user_id:
        return Way.ACCOUNT
    has_link = row.source not in WITHOUT_LINK
    if row.phone and (row.wants_reply or not has_link):
        return Way.CALL
    if has_link:
        return Way.LINK
    return Way.HOTLINE if row.source == Source.HOTLINE else Way.NONE


def reached(row: Suggestion) -> str:
    """How the person reads what is said to them."""
    if way_to(row) is Way.CALL and row.wants_reply:
        return _("号码还没有核实，发不了短信，请打电话")
    return {
        Way.MESSAGE: _("希望短信回复"),
        Way.ACCOUNT: _("在自己账号里看回复"),
        Way.CALL: _("没有要短信，请打电话"),
        Way.HOTLINE: _("没有留电话，请在 12345 平台上回复"),
        Way.LINK: _("凭查询链接看回复"),
        Way.NONE: _("没有留联系方式，告诉不到本人"),
    }[way_to(row)]


def told(row: Suggestion, done: str) -> str:
    """What was done, and whether the person hears of it by that."""
    then = {
        Way.MESSAGE: _("短信发给居民了。"),
        Way.ACCOUNT: _("居民在自己账号里看得到。"),
        Way.CALL: _("没有发短信，请打电话告诉居民。"),
        Way.HOTLINE: _("没有留电话，请在 12345 平台上回复，居民才知道。"),
        Way.LINK: _("没有发短信，居民凭查询链接看得到。"),
        Way.NONE: _("没有留联系方式，告诉不到本人。"),
    }[way_to(row)]
    return _("%(done)s%(then)s") % {"done": done, "then": then}


def hears(row: Suggestion) -> bool:
    """Whether the person hears or reads by themselves what is put on record for them."""
    return way_to(row) in (Way.MESSAGE, Way.ACCOUNT, Way.LINK)
