"""Putting up codes at places, and taking them down."""

import secrets

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits, queries, rules
from xiuhua.programmes.suggestions.models import Spot

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing that one reads for another on a notice."""
_CODE = 8


def new_code() -> str:
    """A code that nobody guesses, for what hangs on a notice."""
    return "".join(secrets.choice(_LETTERS) for _place in range(_CODE))


@action("suggestions.make_spot", says=gettext_lazy("设扫码点"), permits=permits.may_make_spot)
def make_spot(*, actor: Actor, subdistrict: Subdistrict, name: str, lon: float, lat: float) -> Done[Spot]:
    """Put up a code at a place (设扫码点): whoever scans it says something about that place.

    Raises
    ------
    Refused
        The place has no name, or lies elsewhere.
    """
    inside = queries.lies_within(subdistrict, lon, lat)
    refuse_unless(rules.spot_can_be_made(name=name.strip(), is_inside=bool(inside)))
    committee = queries.committee_at(subdistrict, lon, lat)
    spot = Spot.objects.create(
        code=new_code(),
        path=committee.path if committee else subdistrict.path,
        name=name.strip(),
        lon=lon,
        lat=lat,
        made_at=now(),
    )
    return Done(spot, {"name": spot.name})


@action("suggestions.end_spot", says=gettext_lazy("停用扫码点"), permits=permits.may_end_spot)
def end_spot(*, actor: Actor, spot: Spot) -> Done[Spot]:
    """Take a code down (停用扫码点); what was said there stays.

    Raises
    ------
    Refused
        It was taken down before.
    """
    spot = locked(spot)
    if spot.ended_at is not None:
        raise Refused(Reason(_("这个扫码点已经停用")))
    spot.ended_at = now()
    spot.save(update_fields=["ended_at"])
    return Done(spot, {"name": spot.name})
