"""What somebody who booked is told (通知): by the room of messages, within the action that makes it so."""

from enum import StrEnum

from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings.models import Booking
from xiuhua.ground.bookings.times import span_of
from xiuhua.ground.messages import titles
from xiuhua.ground.messages.sending import send
from xiuhua.ground.words import gettext as _


class News(StrEnum):
    """What somebody who booked learns."""

    BOOKED = "booked"
    WAITING = "waiting"
    PROMOTED = "promoted"
    CHANGED = "changed"
    CALLED_OFF = "called_off"


def register_all() -> None:
    """Name these messages."""
    titles.calls("bookings.booked", gettext_lazy("预约成功"))
    titles.calls("bookings.waiting", gettext_lazy("排上候补"))
    titles.calls("bookings.promoted", gettext_lazy("候补补上"))
    titles.calls("bookings.changed", gettext_lazy("场次有变动"))
    titles.calls("bookings.called_off", gettext_lazy("场次取消"))


def tell(booking: Booking, news: News) -> None:
    """Bring the news to whoever booked: to their account, else to their telephone."""
    values = _values(booking)
    to = {"to_user": booking.user} if booking.user_id else {"to_phone": booking.phone}
    send(
        text=_words(news) % values,
        about=booking,
        template=f"bookings.{news}",
        values={name: str(value) for name, value in values.items()},
        link=booking.own_url if booking.user_id else "",
        **to,
    )


def _values(booking: Booking) -> dict[str, str | int]:
    session = booking.session
    return {
        "title": session.title,
        "when": span_of(session),
        "place": session.place,
        "people": booking.people,
        "code": booking.code,
        "reason": session.cancel_reason,
    }


def _words(news: News) -> str:
    return {
        News.BOOKED: _("已约好「%(title)s」%(when)s，%(place)s，%(people)d 人，签到码 %(code)s。"),
        News.WAITING: _("「%(title)s」已约满，给您排上了候补，有空位会通知您。"),
        News.PROMOTED: _("「%(title)s」有空位了，已经给您补上：%(when)s，%(place)s，签到码 %(code)s。"),
        News.CHANGED: _("您约的「%(title)s」有变动，现在是 %(when)s，%(place)s。"),
        News.CALLED_OFF: _("您约的「%(title)s」%(when)s 取消了：%(reason)s。"),
    }[news]
