"""Dossiers are opened, and stairwells measured."""

from collections import Counter
from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.actions import judge_stairwell
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Stairwell, Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules import moves, suitability
from xiuhua.programmes.lifts.rules.facts import Measures


@action("lifts.open_dossiers", says=_("建加梯档案"), permits=permits.may_open_dossiers)
def open_dossiers(*, actor: Actor, subdistrict: Subdistrict) -> Done[Subdistrict]:
    """Open a dossier for every stairwell that has no lift and none yet (建档); one entry a committee."""
    rows = Stairwell.objects.under(subdistrict.path).filter(has_lift=False, dossier__isnull=True).order_by("path")
    made = Dossier.objects.bulk_create(Dossier(stairwell=row, path=row.path) for row in rows)
    counts = Counter(committee_of(row.path) for row in made)
    return Done(subdistrict, {}, spread={path: {"opened": count} for path, count in counts.items()})


@action("lifts.measure_stairwell", says=_("可行性初评"), permits=permits.may_work)
def measure_stairwell(*, actor: Actor, dossier: Dossier, measures: Measures, measured_on: date) -> Done[Dossier]:
    """Put down how a stairwell is built, and judge whether a lift suits it (可行性初评).

    Raises
    ------
    Refused
        A measure cannot be so, or the day is still to come or before the house was built.
    """
    dossier = held(dossier)
    refuse_unless(suitability.measures_are_sound(measures))
    refuse_unless(moves.day_has_come(measured_on, today=today(), field="measured_on"))
    refuse_unless(moves.house_stood(measured_on, built=dossier.stairwell.building.year_built, field="measured_on"))
    figures = standards.on(today(), at=dossier.path).lifts.suitability
    verdict = suitability.suits_a_lift(dossier.stairwell.levels, measures, figures)
    for name, value in asdict(measures).items():
        setattr(dossier, name, value)
    dossier.measured_on = measured_on
    dossier.save()
    because = "；".join(reason.text for reason in verdict.reasons) if verdict.decision is False else ""
    judge_stairwell(actor=actor, stairwell=dossier.stairwell, suitable=verdict.decision, because=because)
    return Done(dossier, {"suitable": verdict.decision, "on": measured_on})
