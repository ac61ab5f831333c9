"""Verbs of the life circle."""

from django.utils.translation import gettext_lazy
from shapely.geometry.base import BaseGeometry

from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifecircle import permits, queries, rules
from xiuhua.programmes.lifecircle.analysis import TUESDAY_10, analyse
from xiuhua.programmes.lifecircle.analysis.kept import pack
from xiuhua.programmes.lifecircle.models import Run

SCORED_PERSONA = "elder"
"""Whose score stands for a run in lists: the office plans for its elders (老年人) first."""


@action("lifecircle.run_analysis", says=gettext_lazy("做一次分析"), permits=permits.may_run_analysis)
def run_analysis(
    *,
    actor: Actor,
    subdistrict: Subdistrict,
    hour: int = TUESDAY_10,
    standard: str = "gb50180",
    area: BaseGeometry | None = None,
    area_name: str = "",
) -> Done[Run]:
    """Analyse who reaches what on foot, and keep the outcome (做一次分析).

    Parameters
    ----------
    hour : int
        Hour of the week, Monday 00:00 first, at which gates are open or shut.
    area : Polygon or MultiPolygon, optional
        Only people who live inside are asked about (WGS 84); the facilities they walk to may lie outside.

    Raises
    ------
    Refused
        Nothing has been laid out, the hour is not in a week, or the area is no polygon or holds no building.
    """
    buildings = queries.buildings_asked_about(subdistrict, area)
    refuse_unless(
        rules.analysis_can_run(area, hour, buildings_inside=len(buildings), laid_out=subdistrict.networks.exists())
    )
    book = standards.on(now().date())
    town = queries.town_of(subdistrict, buildings, book)
    outcome = analyse(town, book, standard=standard, hour=hour)
    run = Run.objects.create(
        subdistrict=subdistrict,
        network=subdistrict.networks.latest(),
        made_at=now(),
        hour=hour,
        standard=standard,
        area=area,
        area_name=area_name.strip(),
        buildings=len(town.origins),
        residents=float(town.origins.weights["residents"].sum()),
        score=outcome.score(SCORED_PERSONA),
        content=pack(outcome, book.day),
    )
    return Done(run, {"hour": hour, "buildings": run.buildings, "standard": standard, "own_area": area is not None})
