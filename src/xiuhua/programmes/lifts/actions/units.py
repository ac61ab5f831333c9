"""A lift is registered, kept and inspected."""

from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards.lifts import UpkeepFigures
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts import permits, permits_build
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.actions.papers import put_away
from xiuhua.programmes.lifts.models import Contractor, Dossier, Inspection, Paper, Service, Unit, Upkeep
from xiuhua.programmes.lifts.rules import units as rules
from xiuhua.programmes.lifts.rules.units import UnitFacts, UpkeepFacts


@action("lifts.register_unit", says=_("登记电梯"), permits=permits.may_work)
def register_unit(*, actor: Actor, dossier: Dossier, facts: UnitFacts, on: date) -> Done[Unit]:
    """Put down the lift itself with its certificate of use (使用登记), or correct what is said of it.

    Raises
    ------
    Refused
        Building has not begun, something is left out or cannot be, or the certificate is another lift's.
    """
    dossier = held(dossier)
    row = Unit.objects.filter(dossier=dossier).first() or Unit(dossier=dossier)
    others = Unit.objects.filter(registration=facts.registration.strip()).exclude(pk=row.pk)
    refuse_unless(
        rules.unit_is_sound(
            facts,
            state=dossier.state,
            levels=dossier.stairwell.levels,
            again=others.exists(),
            on=on,
            after=dossier.started_on,
            today=today(),
        )
    )
    for name, value in asdict(facts).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.registered_on = on
    if not row.pk or not row.inspections.exists():
        row.inspect_by = rules.next_inspection(on, _upkeep(dossier).inspect_months.number)
    row.save()
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
    return Done(row, {"on": on, "stops": row.stops, "load_kg": row.load_kg})


@action("lifts.sign_upkeep", says=_("签维保合同"), permits=permits_build.may_keep_lift)
def sign_upkeep(
    *, actor: Actor, lift: Unit, firm: Contractor, facts: UpkeepFacts, file: Prepared | None = None
) -> Done[Upkeep]:
    """Put down who keeps the lift, from when until when, for how much (维保合同), and what a household pays a month.

    Raises
    ------
    Refused
        The firm keeps no lifts, an amount is negative, or another contract holds then.
    """
    lift = locked(lift)
    others = lift.upkeeps.filter(from_on__lte=facts.until_on, until_on__gte=facts.from_on)
    refuse_unless(rules.upkeep_is_sound(facts, kind=firm.kind, overlaps=others.exists()))
    row = Upkeep.objects.create(lift=lift, firm=firm, **asdict(facts))
    lift.service_by = rules.next_service(facts.from_on, _upkeep(lift.dossier).service_days.number)
    lift.save(update_fields=["service_by"])
    if file is not None:
        put_away(actor, lift.dossier, Paper.Kind.CONTRACT, gettext("维保合同"), file, dated=min(facts.from_on, today()))
    return Done(row, {"firm": firm.pk, "from": facts.from_on, "until": facts.until_on, "price_fen": facts.price_fen})


@action("lifts.note_service", says=_("登记维保"), permits=permits_build.may_keep_lift)
def note_service(*, actor: Actor, lift: Unit, on: date, found: str = "") -> Done[Service]:
    """Note that the firm has seen to the lift (记维保); the next one is due so many days on.

    Raises
    ------
    Refused
        The day cannot be, or is noted already.
    """
    lift = locked(lift)
    again = lift.services.filter(on=on).exists()
    refuse_unless(rules.seen_to_can_be(on, since=lift.registered_on, today=today(), again=again))
    row = Service.objects.create(lift=lift, on=on, found=found.strip()[:200], by=actor.reference)
    last = lift.services.latest("on")
    lift.service_by = rules.next_service(last.on, _upkeep(lift.dossier).service_days.number)
    lift.save(update_fields=["service_by"])
    return Done(row, {"on": on, "next": lift.service_by})


@action("lifts.note_inspection", says=_("登记检验"), permits=permits_build.may_keep_lift)
def note_inspection(
    *, actor: Actor, lift: Unit, on: date, passed: bool, number: str, file: Prepared | None = None
) -> Done[Inspection]:
    """Note a periodic inspection (定期检验). One that failed is due again at once.

    Raises
    ------
    Refused
        The report has no number or is noted already, or the day cannot be.
    """
    lift = locked(lift)
    refuse_unless(rules.inspection_is_told(number, again=lift.inspections.filter(number=number.strip()).exists()))
    refuse_unless(rules.seen_to_can_be(on, since=lift.registered_on, today=today(), again=False))
    months = _upkeep(lift.dossier).inspect_months.number
    next_by = rules.next_inspection(on, months) if passed else on
    row = Inspection.objects.create(
        lift=lift, on=on, passed=passed, number=number.strip(), next_by=next_by, by=actor.reference
    )
    last = lift.inspections.latest("on", "pk")
    lift.inspect_by = last.next_by
    lift.save(update_fields=["inspect_by"])
    if file is not None:
        put_away(actor, lift.dossier, Paper.Kind.INSPECTION, gettext("定期检验报告"), file, dated=on)
    return Done(row, {"on": on, "passed": passed, "next": lift.inspect_by})


def _upkeep(dossier: Dossier) -> UpkeepFigures:
    return standards.on(today(), at=dossier.path).lifts.upkeep
