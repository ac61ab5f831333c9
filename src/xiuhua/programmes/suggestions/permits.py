"""Who may do what with people's suggestions."""

import hmac
from typing import Any

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.journal.actors import Actor, System, Visitor
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions.heard import Heard
from xiuhua.programmes.suggestions.models import Event, Note, Source, Spot, Suggestion, Topic
from xiuhua.programmes.suggestions.rules.events import EventFacts

HEARS = (Role.GRID_WORKER, Role.COMMITTEE_HEAD, Role.COMMUNITY_PLANNER, Role.SECTION_HEAD)
"""Who enters what people say, and answers them."""

DECIDES = (Role.COMMITTEE_HEAD, Role.COMMUNITY_PLANNER, Role.SECTION_HEAD)
"""Who takes up, hands on, adopts or declines."""

BY_ONESELF = frozenset({Source.PHONE, Source.PLACE, Source.FESTIVAL, Source.WORKSHOP, Source.SALON, Source.OPEN311})
"""Ways by which people send in for themselves."""


def may_send(actor: Actor, *, heard: Heard, **_: object) -> bool:
    """Anybody, for themselves; what came by letter, telephone or hotline is entered by those who hear people."""
    if heard.source in BY_ONESELF:
        return True
    return actor.holds(*HEARS)


def may_handle(actor: Actor, *, suggestion: Suggestion, **_: object) -> bool:
    """Whoever hears people there, or has it in hand."""
    return _holds(actor, HEARS, suggestion)


def may_decide(actor: Actor, *, suggestion: Suggestion, **_: object) -> bool:
    """Whoever decides there, or where it is in hand."""
    return _holds(actor, DECIDES, suggestion)


def may_make_spot(actor: Actor, *, subdistrict: Subdistrict, **_: object) -> bool:
    """Whoever hears people somewhere in the subdistrict."""
    return any(within(grant.path, subdistrict.path) for grant in actor.grants if grant.role in HEARS) or isinstance(
        actor, System
    )


def may_end_spot(actor: Actor, *, spot: Spot, **_: object) -> bool:
    """Whoever hears people there."""
    return actor.holds(*HEARS, at=spot.path)


def may_plan_event(actor: Actor, *, facts: EventFacts, **_: object) -> bool:
    """Whoever hears people where the event is held."""
    return actor.holds(*HEARS, at=facts.path)


def may_hold_event(actor: Actor, *, event: Event, **_: object) -> bool:
    """Whoever hears people where the event is held."""
    return actor.holds(*HEARS, at=event.path)


def may_keep_note(actor: Actor, *, note: Note, **_: object) -> bool:
    """Whoever holds the event on whose wall the note hangs."""
    return actor.holds(*HEARS, at=note.event.path)


def may_escalate(actor: Actor, **_: object) -> bool:
    """Only the system, when a term is over."""
    return isinstance(actor, System)


def may_follow(actor: Any, *, suggestion: Suggestion, token: str = "", **_: object) -> bool:
    """Whoever holds the link that was given for it, or sent it in under their own account."""
    if suggestion.user_id is not None and getattr(actor, "pk", None) == suggestion.user_id:
        return True
    return bool(token) and hmac.compare_digest(token, suggestion.token)


def may_train(actor: Actor, **_: object) -> bool:
    """Whoever sits at the office's own machine, and section heads."""
    return isinstance(actor, System) or actor.holds(Role.SECTION_HEAD)


def may_group_topics(actor: Actor, *, subdistrict: Subdistrict, **_: object) -> bool:
    """The system by night, and whoever decides for the whole subdistrict."""
    return actor.holds(*DECIDES, at=subdistrict.path)


def may_ask_for_topics(actor: Actor, *, path: str, **_: object) -> bool:
    """Whoever may group topics there, by a job."""
    return actor.holds(*DECIDES, at=path)


def may_rename_topic(actor: Actor, *, topic: Topic, **_: object) -> bool:
    """Whoever decides wherever it is spoken of."""
    return actor.holds(*DECIDES, at=topic.path)


def resident_of(actor: Actor) -> User | None:
    """The account of someone who signed in as a resident; of others, none."""
    return actor if isinstance(actor, User) and actor.kind == Kind.RESIDENT else None


def is_visitor(actor: Actor) -> bool:
    """Whether nobody signed in."""
    return isinstance(actor, Visitor)


def _holds(actor: Actor, roles: tuple[Role, ...], suggestion: Suggestion) -> bool:
    places = filter(None, (suggestion.path, suggestion.unit_path, suggestion.co_unit_path))
    return any(actor.holds(*roles, at=path) for path in places)
