"""What was said is put down (记一笔), and why a stairwell is stuck."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.models import Contact, Dossier, Flat
from xiuhua.programmes.lifts.rules import contacts, moves


@action("lifts.note_contact", says=_("登记来往"), permits=permits.may_work)
def note_contact(
    *, actor: Actor, dossier: Dossier, kind: str, on: date, words: str, flat: Flat | None = None
) -> Done[Contact]:
    """Put down that somebody was spoken to (记一笔), and what was said; the words lie sealed.

    Raises
    ------
    Refused
        Nothing is said, no such kind, the flat is another stairwell's, or the day is still to come
        or before the house was built.
    """
    dossier = held(dossier)
    refuse_unless(
        contacts.contact_is_told(
            words, kind=kind, kinds=Contact.Kind.values, of_here=flat is None or flat.dossier_id == dossier.pk
        )
    )
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    refuse_unless(moves.house_stood(on, built=dossier.stairwell.building.year_built, field="on"))
    row = Contact.objects.create(
        dossier=dossier, flat=flat, kind=kind, on=on, words=words.strip(), by=actor.reference, at=now()
    )
    return Done(row, {"kind": kind, "on": on})


@action("lifts.note_snag", says=_("说明卡住原因"), permits=permits.may_work)
def note_snag(*, actor: Actor, dossier: Dossier, words: str) -> Done[Dossier]:
    """Say why a stairwell is stuck (卡住的原因), for whoever takes it up; it is wiped when the stairwell moves on."""
    dossier = held(dossier)
    refuse_unless(moves.says_why(words, field="words"))
    dossier.snag = words.strip()
    dossier.save(update_fields=["snag"])
    return Done(dossier, {}, sealed={"words": dossier.snag})
