"""What the search of the top bar finds of lifts, and what a stairwell's own page says of its lift."""

from collections.abc import Sequence

from django.http import HttpRequest

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory import hooks
from xiuhua.ground.territory.models import Stairwell
from xiuhua.ground.territory.search import stairwells_with
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Empty, ListPage
from xiuhua.ground.ui.objects import Fact, Facts, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, lists, queries, words
from xiuhua.programmes.lifts.models import Dossier


def register_all() -> None:
    """Let the top bar find dossiers, and stairwells lead to theirs."""
    hooks.searched_by(_dossiers)
    hooks.stairwell_sections_told_by(_of_stairwell)


def _dossiers(request: HttpRequest, wanted: list[str]) -> hooks.Kind | None:
    actor = actor_of(request)
    if not actor.sees(Sight.LIFTS):
        return None
    doors = stairwells_with(Stairwell.objects.visible_to(actor), wanted, actor)
    rows = queries.dossiers(actor).filter(stairwell__in=doors.values("pk"))
    columns = lists.columns(request, few=True)
    return "lifts:list", ListPage(title=_("加梯档案"), columns=columns, empty=Empty(_("没有找到加梯档案"))), rows


def _of_stairwell(stairwell: Stairwell, reader: Actor) -> Sequence[Section]:
    """How far its lift has come, with the way to its dossier."""
    dossier: Dossier | None = queries.dossiers(reader).filter(stairwell=stairwell).first()
    if dossier is None:
        return ()
    step = words.book(dossier.path).steps.get(dossier.step)
    open_gates = [gate.name for gate in gates.next_gates(dossier) if gate.is_open]
    facts = [Fact(_("阶段"), lists.stage_words(dossier))]
    if step is not None and dossier.state != "running":
        facts.append(Fact(_("步骤"), f"{step.number} {step.name}"))
        facts.append(Fact(_("还差的关口"), _("、").join(open_gates) or _("没有")))
    return [Facts(_("加装电梯"), facts, acts=[Act(_("看加梯档案"), dossier.get_absolute_url(), "i-elevator")])]
