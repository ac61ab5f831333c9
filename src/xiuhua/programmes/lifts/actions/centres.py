"""The service centre and its sub-centres open and close."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.models import Centre
from xiuhua.programmes.lifts.rules import centres as rules
from xiuhua.programmes.lifts.rules.centres import CentreFacts


@action("lifts.open_centre", says=_("开办加梯服务中心"), permits=permits.may_run_centres)
def open_centre(*, actor: Actor, path: str, facts: CentreFacts, opened_on: date) -> Done[Centre]:
    """Open the subdistrict's service centre, or a committee's sub-centre (开办分中心).

    Raises
    ------
    Refused
        There is one at that place, something is left out, or the day is still to come.
    """
    refuse_unless(
        rules.centre_can_open(facts, opened_on, today=today(), there=Centre.objects.filter(path=path).exists())
    )
    centre = Centre.objects.create(
        path=path,
        name=facts.name.strip(),
        address=facts.address.strip(),
        phone=facts.phone.strip(),
        hours=facts.hours.strip(),
        opened_on=opened_on,
    )
    return Done(centre, {"on": opened_on})


@action("lifts.close_centre", says=_("撤并分中心"), permits=permits.may_run_centres)
def close_centre(*, actor: Actor, centre: Centre, closed_on: date) -> Done[Centre]:
    """Note that a centre has closed (撤并).

    Raises
    ------
    Refused
        It is closed, or the day cannot be.
    """
    centre = locked(centre)
    refuse_unless(
        rules.centre_can_close(
            closed_on, opened_on=centre.opened_on, closed=centre.closed_on is not None, today=today()
        )
    )
    centre.closed_on = closed_on
    centre.save(update_fields=["closed_on"])
    return Done(centre, {"on": closed_on})
