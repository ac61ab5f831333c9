"""Owners let somebody act for them, and end it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts import permits_votes
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.models import Dossier, Mandate, Owner
from xiuhua.programmes.lifts.rules import mandates as rules
from xiuhua.programmes.lifts.rules.mandates import MandateTold
from xiuhua.programmes.lifts.telling import tell_of_mandate


@action("lifts.give_mandate", says=_("登记委托"), permits=permits_votes.may_give_mandate)
def give_mandate(
    *, actor: Actor, dossier: Dossier, owner: Owner, told: MandateTold, file: Prepared | None = None
) -> Done[Mandate]:
    """Put down that an owner lets somebody act for them (委托): by a signed document, or by the owner's own phone.

    The owner is told of it, whoever put it down.

    Raises
    ------
    Refused
        The document is missing, nobody or nothing is named, it stands already, or the days cannot be.
    """
    dossier = held(dossier)
    refuse_unless(
        rules.mandate_can_be_given(
            told,
            has_paper=file is not None,
            by_owner=permits_votes.is_owner(actor, owner),
            owner_phone=digits_of(owner.phone),
            of_here=owner.dossier_id == dossier.pk,
            in_force=_in_force(owner, told),
            today=today(),
        )
    )
    mandate = Mandate.objects.create(
        dossier=dossier,
        owner=owner,
        name=told.name.strip(),
        phone=told.phone.strip(),
        relation=told.relation.strip(),
        covers=[deed for deed in rules.DEEDS if deed in told.covers],
        by_document=file is not None,
        given_on=told.given_on,
        until=told.until,
        by=actor.reference,
        at=now(),
    )
    if file is not None:
        keeping.keep(file, subject=mandate, title=gettext("委托书"))
    tell_of_mandate(mandate)
    facts = {"covers": mandate.covers, "on": told.given_on, "until": told.until}
    return Done(mandate, facts, sealed={"name": mandate.name, "phone": mandate.phone})


def _in_force(owner: Owner, told: MandateTold) -> set[str]:
    """What the telephone may do for the owner already, as long as is told now."""
    rows = Mandate.objects.in_force(today()).filter(sealed_equals(Mandate, "phone", told.phone), owner=owner)
    return {deed for row in rows.filter(until__gte=told.until) for deed in row.covers}


@action("lifts.end_mandate", says=_("撤销委托"), permits=permits_votes.may_end_mandate)
def end_mandate(*, actor: Actor, mandate: Mandate, on: date | None = None) -> Done[Mandate]:
    """End a mandate (撤销委托); what was done by it stands.

    Raises
    ------
    Refused
        It has ended already.
    """
    mandate = locked(mandate)
    refuse_unless(rules.mandate_stands(mandate.ended_on is not None))
    mandate.ended_on = on or today()
    mandate.save(update_fields=["ended_on"])
    return Done(mandate, {"on": mandate.ended_on})
