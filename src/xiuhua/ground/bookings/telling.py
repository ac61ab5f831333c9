"""Who is told what became of a booking: by whatever room sends messages (`told_by`)."""

from collections.abc import Callable
from enum import StrEnum

from xiuhua.ground.bookings.models import Booking
from xiuhua.ground.words import gettext as _


class News(StrEnum):
    """What somebody who booked learns."""

    BOOKED = "booked"
    WAITING = "waiting"
    PROMOTED = "promoted"
    CHANGED = "changed"
    CALLED_OFF = "called_off"


Teller = Callable[[Booking, News, str], None]
_tellers: list[Teller] = []


def told_by(teller: Teller) -> None:
    """Let `teller` bring the news to whoever booked; it is called within the action, once for each booking."""
    _tellers.append(teller)


def tell(booking: Booking, news: News) -> None:
    """Bring the news to whoever booked."""
    text = words_of(booking, news)
    for teller in _tellers:
        teller(booking, news, text)


def words_of(booking: Booking, news: News) -> str:
    """What the message says."""
    from xiuhua.ground.bookings.times import span_of

    session = booking.session
    told = {
        "title": session.title,
        "when": span_of(session),
        "place": session.place,
        "people": booking.people,
        "code": booking.code,
        "reason": session.cancel_reason,
    }
    return {
        News.BOOKED: _("已约好「%(title)s」%(when)s，%(place)s，%(people)d 人，签到码 %(code)s。"),
        News.WAITING: _("「%(title)s」已约满，给您排上了候补，有空位会通知您。"),
        News.PROMOTED: _("「%(title)s」有空位了，已经给您补上：%(when)s，%(place)s，签到码 %(code)s。"),
        News.CHANGED: _("您约的「%(title)s」有变动，现在是 %(when)s，%(place)s。"),
        News.CALLED_OFF: _("您约的「%(title)s」%(when)s 取消了：%(reason)s。"),
    }[news] % told
