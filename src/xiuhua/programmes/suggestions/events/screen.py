"""The page of one event, put together."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.clock import now
from xiuhua.ground.files.sections import files_of
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip, Fact, Gate, Next, ObjectPage, Part, Related, Step
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.events import lists, queries
from xiuhua.programmes.suggestions.events.asked import may_hold
from xiuhua.programmes.suggestions.lists import columns as suggestion_columns
from xiuhua.programmes.suggestions.models import Event

FEW = 60
"""Suggestions that an event's own page shows."""
SHOWN = ("title", "number", "category", "state")


def say_url(event: Event) -> str:
    """Where the hall sends in for itself."""
    return f"{reverse('say:form')}?event={event.code}"


def event_page(request: HttpRequest, event: Event) -> ObjectPage:
    """One event: what it is, how far it is, what was said."""
    people = queries.people_counts(event)
    notes = event.notes.filter(taken_down_at__isnull=True).count()
    holds = may_hold(request, event)
    suggestions = event.suggestions.all()
    shown = [column for column in suggestion_columns(committee_names(actor_of(request))) if column.key in SHOWN]
    return ObjectPage(
        title=event.title,
        subtitle=event.theme,
        subject=event,
        crumbs=lists.crumbs(),
        chips=[
            Chip(event.get_kind_display(), lists.KIND_TONES[event.kind]),
            Chip(event.state_title, lists.TONES[event.state]),
        ],
        steps=_steps(event),
        acts=_acts(event, holds=holds),
        facts=[
            Fact(_("时间"), lists.span_of(event)),
            Fact(_("地点"), event.place),
            Fact(_("介绍"), event.about),
            *([Fact(_("报名和到场"), _people_words(people))] if people else []),
            Fact(_("便签"), _("%(notes)s 张，转成建议 %(count)s 件") % {"notes": notes, "count": suggestions.count()}),
            *([Fact(_("取消原因"), event.called_off_because)] if event.called_off_because else []),
        ],
        sections=[
            Part(_("议程"), "suggestions/events/parts/programme.html", {"items": list(event.programme.all())}),
            Related(
                _("这里说出来的建议"),
                shown,
                suggestions.select_related("project").order_by("-pk")[:FEW],
                empty=_("便签转成建议，就列在这里。"),
                more=None if suggestions.count() <= FEW else (_("全部"), _all_of(event)),
            ),
            Part(
                _("结论和纪要"),
                "suggestions/events/parts/minutes.html",
                {"event": event, "lines": event.conclusions.splitlines(), "holds": holds},
            ),
            files_of(event, title=_("照片"), removable=holds),
        ],
        aside=[_next(event, notes=notes), *_codes(request, event)],
    )


def _all_of(event: Event) -> str:
    """The list of everything that came by events of its kind, on its day and after."""
    return f"{reverse('suggestions:all')}?source={event.kind}&submitted_from={event.day.isoformat()}"


def _steps(event: Event) -> list[Step]:
    titles = [("planned", _("筹备")), ("open", _("报名")), ("held", _("举办")), ("reported", _("小结"))]
    place = {"planned": 0, "open": 1, "held": 3, "reported": 4}.get(event.state)
    if place is None:
        return []
    if event.state == "open" and now() >= event.starts_at:
        place = 2
    return [
        Step(title, "done" if number < place else "now" if number == place else "later")
        for number, (_key, title) in enumerate(titles)
    ]


def _acts(event: Event, *, holds: bool) -> list[Act]:
    here = [event.pk]
    wall = Act(
        _("便签墙"), reverse("gatherings:wall", args=here), "i-layout-grid-add", primary=event.state in ("open", "held")
    )
    report = Act(_("小结"), reverse("gatherings:report", args=here), "i-report", primary=event.state == "reported")
    if not holds:
        return [report, wall]
    acts = []
    if event.state in ("planned", "open"):
        acts.append(Act(_("取消活动"), reverse("gatherings:call_off", args=here), "i-ban"))
    if event.state != "called_off":
        acts.append(Act(_("改"), reverse("gatherings:edit", args=here), "i-edit"))
    if event.state == "planned":
        acts.append(Act(_("开放报名"), reverse("gatherings:open", args=here), "i-user-check", primary=True))
    return [*acts, report, wall]


def _next(event: Event, *, notes: int) -> Next:
    """What has to be so before the event is done with, each with where it is done."""
    here = [event.pk]
    unturned = event.notes.unturned().count()
    session = queries.session_of(event)
    gates = [
        _gate(_("议程"), event.programme.exists(), reverse("gatherings:edit", args=here)),
        _gate(
            _("报名和签到"),
            session is not None,
            session.get_absolute_url() if session else reverse("gatherings:open", args=here),
            _("还没有开放") if session is None else "" if session.closed_at else _("到门口签到"),
        ),
        _gate(
            _("便签转成建议"),
            notes > 0 and not unturned,
            reverse("gatherings:wall", args=here),
            _("还有 %(count)s 张") % {"count": unturned} if unturned else "",
        ),
        _gate(_("照片"), bool(queries.photos_of(event)), reverse("gatherings:photos", args=here)),
        _gate(_("纪要和结论"), bool(event.conclusions), reverse("gatherings:minutes", args=here)),
    ]
    return Next(_("要做的"), gates=gates, acts=_next_acts(event, session))


def _gate(title: str, done: bool, url: str, note: str = "") -> Gate:
    return Gate(title, "ok" if done else "wait", note, url)


def _next_acts(event: Event, session: Any) -> list[Act]:
    begun = now() >= event.starts_at
    acts = []
    if session is not None and session.cancelled_at is None and session.closed_at is None:
        acts.append(Act(_("签到"), reverse("bookings:door", args=[session.pk]), "i-qrcode"))
    if event.state in ("planned", "open") and begun:
        acts.append(Act(_("办完了"), reverse("gatherings:hold", args=[event.pk]), "i-check", post=True))
    if event.state == "held":
        acts.append(Act(_("完成小结"), reverse("gatherings:finish", args=[event.pk]), "i-clipboard-check", post=True))
    return acts


def _codes(request: HttpRequest, event: Event) -> list[Part]:
    if event.state == "called_off" or event.ends_at <= now():
        return []
    context: dict[str, Any] = {"event": event, "say_url": request.build_absolute_uri(say_url(event))}
    if event.is_announced:
        context["public_url"] = request.build_absolute_uri(event.public_url)
    return [Part(_("居民扫码"), "suggestions/events/parts/codes.html", context)]


def _people_words(people: dict[str, int]) -> str:
    told = {"registered": people["registered"], "came": people["came"], "capacity": people["capacity"]}
    return _("报名 %(registered)s 人，到场 %(came)s 人，名额 %(capacity)s") % told
