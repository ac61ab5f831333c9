"""Who may do what with the life circle."""

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models import Subdistrict


def may_run_analysis(actor: Actor, *, subdistrict: Subdistrict, **_: object) -> bool:
    """Whoever plans for the whole subdistrict."""
    return any(within(subdistrict.path, top) for top in actor.sees(Sight.PLANS))
