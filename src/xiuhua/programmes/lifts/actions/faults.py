"""Faults of lifts are reported, answered and closed."""

from dataclasses import asdict, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.messages import sending as messages
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts import permits_build, queries
from xiuhua.programmes.lifts.models import Fault, Unit
from xiuhua.programmes.lifts.rules import faults as rules
from xiuhua.programmes.lifts.rules.faults import FaultFacts, Priority

TEMPLATE = "lifts.fault"
"""What the message is for that somebody is trapped."""


@action("lifts.report_fault", says=_("电梯报修"), permits=permits_build.may_report_fault)
def report_fault(*, actor: Actor, lift: Unit, facts: FaultFacts, at: datetime) -> Done[Fault]:
    """Open a fault on a lift in service (报修).

    Raises
    ------
    Refused
        The lift is not in service yet, the same fault is already open, or the moment is still to come
        or before it was handed over.
    """
    lift = locked(lift)
    refuse_unless(rules.fault_is_reportable(facts, lift.facts(), open_faults=lift.faults.open().facts()))
    refuse_unless(rules.moment_can_be(at, after=None, now=now(), field="at"))
    day = timezone.localtime(at).date()
    refuse_unless(rules.lift_ran(day, completed_on=lift.dossier.completed_on))
    figures = standards.on(day, at=lift.dossier.path).lifts.fault
    priority = rules.fault_priority(facts, lift.facts(), figures).decision
    fault = Fault.objects.create(
        lift=lift,
        **asdict(replace(facts, words=facts.words.strip())),
        priority=priority,
        opened_at=at,
        due_at=rules.due_at(priority, at, figures),
        by=actor.reference,
    )
    if priority is Priority.NOW and now() <= fault.due_at:
        _call_coordinators(fault)
    return Done(fault, {"priority": int(priority), "at": at, "due": fault.due_at})


@action("lifts.answer_fault", says=_("维修人员到场"), permits=permits_build.may_see_to_fault)
def answer_fault(*, actor: Actor, fault: Fault, arrived_at: datetime) -> Done[Fault]:
    """Note when somebody came to a fault (到场).

    Raises
    ------
    Refused
        It was noted already, the fault is closed, or the moment cannot be.
    """
    fault = locked(fault)
    refuse_unless(rules.can_be_answered(arrived=fault.arrived_at is not None, closed=fault.closed_at is not None))
    refuse_unless(rules.moment_can_be(arrived_at, after=fault.opened_at, now=now(), field="arrived_at"))
    fault.arrived_at = arrived_at
    fault.save(update_fields=["arrived_at"])
    return Done(fault, {"at": arrived_at, "minutes": _minutes(fault), "late": arrived_at > fault.due_at})


@action("lifts.close_fault", says=_("故障修复"), permits=permits_build.may_see_to_fault)
def close_fault(*, actor: Actor, fault: Fault, closed_at: datetime, cause: str, found: str = "") -> Done[Fault]:
    """Note that a fault is mended (修好), and what it was.

    Raises
    ------
    Refused
        Nobody has come yet, it is closed already, no cause is given, or the moment cannot be.
    """
    fault = locked(fault)
    refuse_unless(
        rules.can_be_closed(
            arrived=fault.arrived_at is not None,
            closed=fault.closed_at is not None,
            cause=cause,
            causes=Fault.Cause.values,
        )
    )
    refuse_unless(rules.moment_can_be(closed_at, after=fault.arrived_at, now=now(), field="closed_at"))
    fault.closed_at, fault.cause, fault.found = closed_at, cause, found.strip()
    fault.save(update_fields=["closed_at", "cause", "found"])
    return Done(fault, {"at": closed_at, "cause": cause})


def _minutes(fault: Fault) -> int:
    return int(fault.response.total_seconds() // 60) if fault.response is not None else 0


def _call_coordinators(fault: Fault) -> None:
    """Tell whoever accompanies the stairwell, at once, that somebody is inside."""
    dossier = fault.lift.dossier
    told = {"place": dossier.address, "at": timezone.localtime(fault.due_at).strftime("%H:%M")}
    for member in queries.team_of(dossier):
        if member.user is not None:
            messages.send(
                to_user=member.user,
                text=gettext("%(place)s：有人被困，%(at)s 前要有人到场") % told,
                about=fault,
                template=TEMPLATE,
                link=fault.get_absolute_url(),
                urgent=True,
            )
