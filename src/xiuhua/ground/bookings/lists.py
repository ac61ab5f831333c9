"""Lists of sessions, and of who booked one."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from xiuhua.ground.bookings import actions
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.ui.acts import Act, Crumbs
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period, choice_words
from xiuhua.ground.words import gettext as _

TONES = {"booked": "info", "waiting": "soon", "cancelled": "outline", "came": "good", "missed": "over"}


def state_words(session: Session, *, waiting: int) -> tuple[str, str]:
    """How a session stands, with so many people who wait: words, and the colour of its chip."""
    if session.cancelled_at:
        return _("已取消"), "outline"
    at = now()
    if session.closed_at or at >= session.ends_at:
        return (_("已结束"), "outline") if session.closed_at else (_("待结束登记"), "soon")
    if at >= session.starts_at:
        return _("进行中"), "good"
    if session.opens_at and at < session.opens_at:
        return _("还没开始预约"), ""
    return (_("约满"), "over") if waiting or not session.free else (_("可以预约"), "info")


def _state(row: Any) -> tuple[str, str]:
    return state_words(row, waiting=row.waiting_people)


def state_column() -> Column[Any]:
    """How a session stands; its rows come `with_counts`."""
    return Column("state", _("状态"), lambda row: _state(row)[0], kind="chip", tone=lambda row: _state(row)[1])


def session_columns() -> list[Column[Any]]:
    """Columns of sessions."""
    return [
        Column(
            "title",
            _("场次"),
            lambda row: row.title,
            link=lambda row: row.get_absolute_url(),
            order_by="title",
            search="title__icontains",
        ),
        Column("starts_at", _("开始时间"), lambda row: row.starts_at, kind="moment", order_by="starts_at"),
        Column("place", _("地点"), lambda row: row.place, search="place__icontains"),
        Column("taken", _("已约"), lambda row: row.taken, unit=_("人"), numeric=True, order_by="taken"),
        Column("capacity", _("名额"), lambda row: row.capacity, unit=_("人"), numeric=True, order_by="capacity"),
        Column("waiting", _("候补"), lambda row: row.waiting_people, unit=_("人"), numeric=True),
        Column("came", _("签到"), lambda row: row.came_people, unit=_("人"), numeric=True),
        state_column(),
    ]


def sessions_page(acts: list[Act]) -> ListPage[Any]:
    """The list of sessions."""
    return ListPage(
        title=_("预约场次"),
        subtitle=_("活动、课程、服务，一场一场地约：名额、候补、签到都在这里。"),
        acts=acts,
        columns=session_columns(),
        filter_label=_("名称、地点"),
        filters=[
            Choice(
                "when",
                _("时间"),
                [("coming", _("要来的")), ("past", _("开过的")), ("off", _("取消的"))],
                by=_by_time,
                kind="segments",
                blank=_("全部"),
            ),
            Period("day", _("哪天"), lookup="starts_at"),
        ],
        empty=Empty(
            _("还没有场次"),
            _("设立一场，居民就能在手机上预约。"),
            acts[0].url if acts else "",
            acts[0].title if acts else "",
        ),
    )


def booking_columns(*, checks_in: bool = True) -> list[Column[Booking]]:
    """Columns of who booked; names and telephones are masked."""
    return [
        Column(
            "name",
            _("称呼"),
            lambda row: row.name,
            mask=mask_name,
            link=(lambda row: row.get_absolute_url()) if checks_in else None,
        ),
        Column("number", _("序号"), lambda row: row.number, order_by="number"),
        Column("phone", _("电话"), lambda row: row.phone, mask=mask_phone),
        Column("people", _("人数"), lambda row: row.people, unit=_("人"), numeric=True, order_by="people"),
        Column(
            "state",
            _("状态"),
            choice_words("state", Booking.State),
            kind="chip",
            tone=lambda row: TONES[row.state],
            order_by="state",
        ),
        Column("booked_at", _("预约时间"), lambda row: row.booked_at, kind="moment", order_by="booked_at"),
        Column("came_at", _("签到时间"), lambda row: row.came_at, kind="moment", order_by="came_at"),
    ]


def people_page(session: Session, crumbs: Crumbs) -> ListPage[Booking]:
    """The list of who booked a session."""
    return ListPage(
        title=_("名单：%(title)s") % {"title": session.title},
        crumbs=crumbs,
        columns=booking_columns(),
        filter_label=_("电话，要写全"),
        search=_by_phone,
        private=True,
        filters=[Choice("state", _("状态"), Booking.State.choices, lookup="state")],
        empty=Empty(_("还没有人预约")),
        exported=_exported(session),
    )


def _by_time(rows: QuerySet[Session], value: str) -> QuerySet[Session]:
    at = now()
    if value == "off":
        return rows.filter(cancelled_at__isnull=False)
    standing = rows.filter(cancelled_at__isnull=True)
    return standing.filter(ends_at__gt=at) if value == "coming" else standing.filter(ends_at__lte=at)


def _by_phone(rows: Any, words: list[str]) -> Any:
    return rows.of_phone("".join(words))


def _exported(session: Session) -> Callable[[HttpRequest, int], None]:
    def on_record(request: HttpRequest, count: int) -> None:
        actions.export_people(actor=actor_of(request), session=session, rows=count)

    return on_record
