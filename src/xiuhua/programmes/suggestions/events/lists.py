"""The list of events: what each column shows, and by what it is narrowed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from xiuhua.ground.bookings.times import WEEKDAYS
from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.ui.acts import Act, Crumbs
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period
from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import in_english
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.flow import EventFlow
from xiuhua.programmes.suggestions.models import Event, EventKind

TONES = {"planned": "soon", "open": "info", "held": "plum", "reported": "good", "called_off": "outline"}
KIND_TONES = {"festival": "soon", "workshop": "info", "salon": "plum"}


def crumbs() -> Crumbs:
    """The way to every page about events."""
    return [(_("活动"), reverse("gatherings:list"))]


def span_of(event: Event) -> str:
    """From when to when, as people say it: 8 月 5 日（周六）09:00–16:00; of another year with the year."""
    start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    if in_english():
        return f"{start:%a} {start.day} {start:%b %Y %H:%M}–{end:%H:%M}"
    told = {"month": start.month, "day": start.day, "weekday": WEEKDAYS[start.weekday()]}
    day = _("%(month)s 月 %(day)s 日（周%(weekday)s）") % told
    if start.year != timezone.localtime(now()).year:
        day = _("%(year)s 年 %(day)s") % {"year": start.year, "day": day}
    return f"{day}{start:%H:%M}–{end:%H:%M}"


def short_day(event: Event) -> str:
    """A day near at hand: 周六 9:00."""
    start = timezone.localtime(event.starts_at)
    clock = f"{start.hour}:{start:%M}"
    if in_english():
        return f"{start:%a} {clock}"
    if 0 <= (start.date() - timezone.localtime(now()).date()).days < len(WEEKDAYS):
        return _("周%(weekday)s %(clock)s") % {"weekday": WEEKDAYS[start.weekday()], "clock": clock}
    return _("%(month)s 月 %(day)s 日 %(clock)s") % {"month": start.month, "day": start.day, "clock": clock}


def columns() -> list[Column[Any]]:
    """Columns of events; their rows come `with_counts`."""
    return [
        Column(
            "title",
            _("活动"),
            lambda row: row.title,
            link=lambda row: row.get_absolute_url(),
            order_by="title",
            search=("title__icontains", "theme__icontains", "place__icontains"),
        ),
        Column(
            "kind",
            _("类型"),
            lambda row: row.get_kind_display(),
            kind="chip",
            tone=lambda row: KIND_TONES[row.kind],
            order_by=("kind", "pk"),
        ),
        Column("starts_at", _("时间"), lambda row: row.starts_at, kind="moment", order_by="starts_at"),
        Column("place", _("地点"), lambda row: row.place),
        Column(
            "state",
            _("状态"),
            lambda row: row.state_title,
            kind="chip",
            tone=lambda row: TONES[row.state],
            order_by=("state", "pk"),
        ),
        Column("notes", _("便签"), lambda row: row.note_count, unit=_("张"), numeric=True, order_by="note_count"),
        Column(
            "unturned",
            _("没转的"),
            lambda row: row.unturned_count,
            unit=_("张"),
            numeric=True,
            order_by="unturned_count",
        ),
        Column(
            "suggestions",
            _("建议"),
            lambda row: row.suggestion_count,
            unit=_("件"),
            numeric=True,
            order_by="suggestion_count",
        ),
    ]


def events_page(request: HttpRequest) -> ListPage[Any]:
    """The list of events."""
    actor = actor_of(request)
    plans = actor.holds(*permits.HEARS)
    new = reverse("gatherings:new")
    return ListPage(
        title=_("活动"),
        subtitle=_("生活节、工作坊、沙龙：报名、签到、便签墙、小结，都在这里。"),
        columns=columns(),
        filters=[
            Choice(
                "when",
                _("时间"),
                [("coming", _("要来的")), ("past", _("办过的"))],
                by=_by_time,
                kind="segments",
                blank=_("全部"),
            ),
            Choice("kind", _("类型"), EventKind.choices, lookup="kind"),
            Choice("state", _("状态"), EventFlow.choices(), lookup="state"),
            Choice("notes", _("便签"), [("unturned", _("有没转的"))], by=_by_notes),
            Period("day", _("哪天"), "starts_at"),
        ],
        filter_label=_("名称、主题、地点"),
        acts=[Act(_("筹备活动"), new, "i-calendar-plus", primary=True)] if plans else [],
        empty=Empty(
            _("还没有活动"),
            _("筹备一场，排好议程，居民就能报名。"),
            new if plans else "",
            _("筹备活动") if plans else "",
        ),
    )


def _by_time(rows: Any, value: str) -> Any:
    return rows.filter(ends_at__gt=now()) if value == "coming" else rows.filter(ends_at__lte=now())


def _by_notes(rows: Any, _value: str) -> Any:
    from xiuhua.programmes.suggestions.events.queries import with_unturned_notes

    return with_unturned_notes(rows)
