"""Planning, holding and reporting events."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import actions as bookings
from xiuhua.ground.bookings import rules as booking_rules
from xiuhua.ground.bookings.models import Session
from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.suggestions import permits, queries
from xiuhua.programmes.suggestions.actions.spots import new_code
from xiuhua.programmes.suggestions.flow import EventFlow
from xiuhua.programmes.suggestions.models import Event, ProgrammeItem
from xiuhua.programmes.suggestions.rules import events as rules
from xiuhua.programmes.suggestions.rules.events import EventFacts, ItemFacts
from xiuhua.programmes.suggestions.sorting.personal import masked

SHARED = ("title", "place", "starts_at", "ends_at", "lon", "lat")
"""What an event and the session by which people register for it say alike."""


@action("suggestions.plan_event", says=gettext_lazy("筹备活动"), permits=permits.may_plan_event)
def plan_event(*, actor: Actor, facts: EventFacts) -> Done[Event]:
    """Put an event into the calendar (筹备活动), for the office alone until people can register.

    Raises
    ------
    Refused
        It has no name or place, ends before it starts, lies elsewhere, or its wall has no topics or too many.
    """
    refuse_unless(_can_be_planned(facts))
    event = Event(code=new_code(), made_by=actor.reference, made_at=now())
    _write(event, facts)
    event.save(force_insert=True)
    return Done(event, {"kind": event.kind, "starts_at": event.starts_at})


@action("suggestions.edit_event", says=gettext_lazy("改活动"), permits=permits.may_hold_event)
def edit_event(*, actor: Actor, event: Event, facts: EventFacts) -> Done[Event]:
    """Change an event (改活动); who registered is told of another time or place.

    Raises
    ------
    Refused
        As for `plan_event`; or notes hang in a column that would go.
    """
    event = locked(event)
    refuse_unless(_can_be_planned(facts))
    used = event.notes.standing().aggregate(last=Max("topic"))["last"]
    refuse_unless(rules.topics_can_be_left(topics=len(facts.topics), last_used=used))
    before = {name: getattr(event, name) for name in _fields(facts)}
    _write(event, facts)
    changed = sorted(name for name, value in before.items() if getattr(event, name) != value)
    event.save()
    session = session_of(event)
    shared = {name: getattr(event, name) for name in SHARED if name in changed}
    if session is not None and shared and booking_rules.is_still_open(session.facts()).decision:
        bookings.edit_session(actor=actor, session=session, **shared)
    return Done(event, {"fields": changed})


@action("suggestions.set_programme", says=gettext_lazy("排议程"), permits=permits.may_hold_event)
def set_programme(*, actor: Actor, event: Event, items: Sequence[ItemFacts]) -> Done[Event]:
    """Say what happens when at an event (排议程), in place of what was said before.

    Raises
    ------
    Refused
        The lines are too many.
    """
    event = locked(event)
    refuse_unless(rules.programme_can_stand(items))
    event.programme.all().delete()
    for item in sorted(items, key=lambda one: one.starts_at):
        ProgrammeItem.objects.create(
            event=event, starts_at=item.starts_at, title=item.title, who=item.who, place=item.place
        )
    return Done(event, {"items": len(items)})


@action(
    "suggestions.open_registration",
    says=gettext_lazy("开放报名"),
    permits=permits.may_hold_event,
    audience=Audience.PUBLIC,
)
def open_registration(
    *, actor: Actor, event: Event, capacity: int, opens_at: datetime | None = None, has_waiting_list: bool = True
) -> Done[Event]:
    """Let people register for an event (开放报名), by a session of its own; from now on everybody may read of it.

    Raises
    ------
    Refused
        It is open, held or called off already; or such a session cannot be held.
    """
    event = locked(event)
    event.state = EventFlow.after("open_registration", event.state)
    bookings.open_session(
        actor=actor,
        path=event.path,
        capacity=capacity,
        opens_at=opens_at,
        has_waiting_list=has_waiting_list,
        is_public=event.is_public,
        subject=event,
        **{name: getattr(event, name) for name in SHARED},
    )
    event.save(update_fields=["state"])
    return Done(event, {"capacity": capacity})


@action("suggestions.hold_event", says=gettext_lazy("活动办完了"), permits=permits.may_hold_event)
def hold_event(*, actor: Actor, event: Event) -> Done[Event]:
    """Put down that an event took place (办完了).

    Raises
    ------
    Refused
        It has not begun, or was put down before.
    """
    event = locked(event)
    state = EventFlow.after("hold", event.state)
    refuse_unless(rules.event_can_be_said_held(now=now(), starts_at=event.starts_at))
    event.state = state
    event.save(update_fields=["state"])
    return Done(event)


@action(
    "suggestions.call_off_event",
    says=gettext_lazy("取消活动"),
    permits=permits.may_hold_event,
    audience=Audience.PUBLIC,
)
def call_off_event(*, actor: Actor, event: Event, reason: str) -> Done[Event]:
    """Call an event off (取消活动); everybody who registered is told why.

    Raises
    ------
    Refused
        It was held or called off before, or no reason is given.
    """
    event = locked(event)
    refuse_unless(rules.event_can_be_called_off(reason=reason))
    event.state, event.called_off_because = EventFlow.after("call_off", event.state), reason.strip()
    session = session_of(event)
    if session is not None and session.cancelled_at is None:
        bookings.cancel_session(actor=actor, session=session, reason=reason)
    event.save(update_fields=["state", "called_off_because"])
    return Done(event)


@action("suggestions.write_minutes", says=gettext_lazy("写活动纪要"), permits=permits.may_hold_event)
def write_minutes(*, actor: Actor, event: Event, minutes: str, conclusions: str) -> Done[Event]:
    """Write down what was said at an event (写纪要), and in a few words what came of it.

    Names stay in the sealed minutes; the report and the pages show both with personal data masked.
    """
    event = locked(event)
    event.minutes, event.masked_minutes = minutes.strip(), masked(minutes.strip())
    event.conclusions = masked(conclusions.strip())
    event.save(update_fields=["minutes", "masked_minutes", "conclusions"])
    return Done(event, {"letters": len(event.masked_minutes)})


@action(
    "suggestions.open_minutes",
    says=gettext_lazy("看纪要原文"),
    permits=permits.may_hold_event,
    audience=Audience.OFFICE,
    shows=True,
)
def open_minutes(*, actor: Actor, event: Event) -> Done[Event]:
    """Read the minutes with the names that stand in them (看纪要原文); each time is on record."""
    return Done(event)


@action("suggestions.keep_event_photos", says=gettext_lazy("存活动照片"), permits=permits.may_hold_event)
def keep_event_photos(
    *, actor: Actor, event: Event, photos: Sequence[Prepared], title: str, public: bool = False
) -> Done[Event]:
    """Keep photographs of an event (存照片); `public` ones stand on its page for everybody."""
    for photo in photos:
        file = keeping.keep(photo, subject=event, title=title.strip())
        if public:
            keeping.publish(file)
    return Done(event, {"photos": len(photos), "public": public})


@action(
    "suggestions.report_event", says=gettext_lazy("完成小结"), permits=permits.may_hold_event, audience=Audience.PUBLIC
)
def report_event(*, actor: Actor, event: Event) -> Done[Event]:
    """Say that an event's report is whole (完成小结): its conclusions stand on its page for everybody.

    Raises
    ------
    Refused
        It was not held, is not over, has no conclusions, or notes were left on its wall.
    """
    event, at = locked(event), now()
    state = EventFlow.after("report", event.state)
    unturned = event.notes.unturned().count()
    refuse_unless(
        rules.event_can_be_reported(conclusions=event.conclusions, now=at, ends_at=event.ends_at, unturned=unturned)
    )
    event.state, event.reported_at = state, at
    event.save(update_fields=["state", "reported_at"])
    return Done(event, {"suggestions": event.suggestions.count()})


def session_of(event: Event) -> Session | None:
    """The session by which people register for an event."""
    found: Session | None = Session.objects.of(event).order_by("pk").last()
    return found


def _fields(facts: EventFacts) -> dict[str, Any]:
    names = ("kind", "title", "theme", "about", "path", "place", "starts_at", "ends_at", "lon", "lat", "is_public")
    return {**{name: getattr(facts, name) for name in names}, "topics": list(facts.topics)}


def _write(event: Event, facts: EventFacts) -> None:
    for name, value in _fields(facts).items():
        setattr(event, name, value)


def _can_be_planned(facts: EventFacts) -> Any:
    subdistrict = Subdistrict.objects.get(path=facts.path[:9])
    return rules.event_can_be_planned(facts, is_inside=queries.lies_within(subdistrict, facts.lon, facts.lat))
