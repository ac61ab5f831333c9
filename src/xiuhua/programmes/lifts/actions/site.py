"""The site is written up day by day, and put off with a reason."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits, queries_build
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.models import Delay, DiaryEntry, Dossier
from xiuhua.programmes.lifts.rules import site as rules


@action("lifts.write_diary", says=_("写施工日志"), permits=permits.may_work)
def write_diary(
    *, actor: Actor, dossier: Dossier, kind: str, on: date, words: str, photos: Sequence[Prepared] = ()
) -> Done[DiaryEntry]:
    """Write up what was done, inspected or unsafe on the site (施工日志), with photographs.

    Raises
    ------
    Refused
        Building has not begun, nothing is said, no such kind, or the day cannot be.
    """
    dossier = held(dossier)
    kinds = [one for one in DiaryEntry.Kind.values if one != DiaryEntry.Kind.DELAY]
    row = _written(actor, dossier, kind, on, words, photos, kinds=kinds)
    return Done(row, {"kind": kind, "on": on, "photos": len(photos)})


@action("lifts.note_delay", says=_("登记延期"), permits=permits.may_work)
def note_delay(
    *, actor: Actor, dossier: Dossier, on: date, until_on: date, reason: str, photos: Sequence[Prepared] = ()
) -> Done[DiaryEntry]:
    """Put a site off (延期): why, and when it will be finished now; what was planned before stays on record.

    Raises
    ------
    Refused
        It is not being built, no reason is given, or the new day is not later than what was planned.
    """
    dossier = held(dossier)
    planned_on = queries_build.planned_finish_of(dossier)
    row = _written(actor, dossier, DiaryEntry.Kind.DELAY, on, reason, photos, kinds=DiaryEntry.Kind.values)
    assert planned_on is not None  # an entry is only written of what has begun
    refuse_unless(rules.delay_can_be_noted(until_on, planned_on=planned_on, on=on, state=dossier.state))
    Delay.objects.create(entry=row, planned_on=planned_on, until_on=until_on)
    return Done(row, {"on": on, "planned_on": planned_on, "until_on": until_on})


def _written(
    actor: Actor,
    dossier: Dossier,
    kind: str,
    on: date,
    words: str,
    photos: Sequence[Prepared],
    *,
    kinds: Sequence[str],
) -> DiaryEntry:
    refuse_unless(
        rules.entry_is_told(words, kind=kind, kinds=kinds, on=on, started_on=dossier.started_on, today=today())
    )
    row = DiaryEntry.objects.create(
        dossier=dossier, kind=kind, on=on, words=words.strip(), by=actor.reference, at=now()
    )
    for photo in photos:
        keeping.keep(photo, subject=row, title=str(row.get_kind_display()))
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
    return row
