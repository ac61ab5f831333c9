"""What the rule book says of signing in, on this day, and who it applies to."""

from django.conf import settings

from xiuhua.ground import standards
from xiuhua.ground.accounts import demonstration
from xiuhua.ground.accounts.models import User
from xiuhua.ground.clock import now
from xiuhua.ground.scope.roles import ADMINISTRATIONS, Sight
from xiuhua.ground.standards import TrustStandard


def policy() -> TrustStandard:
    """The figures that hold today."""
    return standards.on(now().date()).trust


def two_factor_required() -> bool:
    """Whether anybody must sign in in two steps.

    ``settings.TWO_FACTOR`` decides where it is set; else the rule book does, except on a demonstration, whose accounts
    and passwords anyone may read off its own door.
    """
    if settings.TWO_FACTOR is not None:
        return bool(settings.TWO_FACTOR)
    return bool(policy().two_factor.required.value) and not demonstration.is_here()


def must_use_two_factors(user: User) -> bool:
    """Whether this person must: they may open residents' files, or hold one of the three administrations."""
    figures = policy().two_factor
    administers = bool(figures.administrations.value) and user.holds(*ADMINISTRATIONS)
    return two_factor_required() and (administers or bool(user.sees(Sight(str(figures.sight.value)))))
