"""What the rule book says of signing in, as it stands today where somebody belongs, and who it applies to."""

from datetime import date

from django.conf import settings

from xiuhua.ground import standards
from xiuhua.ground.accounts import demonstration
from xiuhua.ground.accounts.models import User
from xiuhua.ground.clock import now
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.roles import ADMINISTRATIONS, Sight
from xiuhua.ground.standards import TrustStandard


def policy(path: str = EVERYWHERE) -> TrustStandard:
    """The figures that hold today for whoever belongs to a place; without one, at the door, which is nobody's."""
    return standards.on(now().date(), at=path).trust


def set_by_deployment(_path: str, _day: date) -> dict[str, bool]:
    """What whoever runs the machine has set otherwise than the book, for subdistricts that set nothing themselves.

    ``settings.TWO_FACTOR`` is one such figure; on a demonstration nobody need sign in in two steps, since anyone may
    read its accounts and passwords off its own door.
    """
    if settings.TWO_FACTOR is not None:
        return {"trust.two_factor.required": bool(settings.TWO_FACTOR)}
    return {"trust.two_factor.required": False} if demonstration.is_here() else {}


def must_use_two_factors(user: User) -> bool:
    """Whether this person must: they may open residents' files, or hold one of the three administrations."""
    figures = policy(user.home).two_factor
    administers = bool(figures.administrations.value) and user.holds(*ADMINISTRATIONS)
    return bool(figures.required.value) and (administers or bool(user.sees(Sight(str(figures.sight.value)))))
