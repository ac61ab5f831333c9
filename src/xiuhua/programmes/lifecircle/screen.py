"""What the page of a run shows, gathered from figures and records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.urls import reverse

from xiuhua.ground.layers.registry import layers_for
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.standards import LEVELS, STANDARD, FacilityType, PersonaStandard
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle import mapped, queries
from xiuhua.programmes.lifecircle.analysis import ISLAND, MINUTES, UNSNAPPED, Analysis
from xiuhua.programmes.lifecircle.comparison import Comparison, compare, places_shut
from xiuhua.programmes.lifecircle.models import Run
from xiuhua.programmes.lifecircle.names import level_name, persona_name, short_type_name, standard_name, type_name
from xiuhua.programmes.lifecircle.panel import left_out_of, panel_of, unconnected
from xiuhua.programmes.lifecircle.question import CHANGE, COMMON_TYPES, Question

TOP = 6
"""Left-out buildings named beside the map; the rest are a list of their own."""


@dataclass(frozen=True, slots=True)
class Versus:
    """A comparison with an earlier run, and what differs between the two besides the answer."""

    run: Run
    figures: Comparison
    before: float
    now: float
    shut_before: int
    shut_now: int
    same_network: bool
    same_buildings: bool

    @property
    def net(self) -> float:
        """People gained less people lost."""
        return self.figures.gained - self.figures.lost

    @property
    def gates_explain_it(self) -> bool:
        """Whether nothing but opening hours differs: the same network and buildings at another hour."""
        return self.same_network and self.same_buildings and self.shut_before != self.shut_now


def answer(
    seer: Seer,
    run: Run,
    analysis: Analysis,
    types: Mapping[str, FacilityType],
    question: Question,
    notices: tuple[str, ...],
) -> dict[str, Any]:
    """Context of the panel."""
    others = [one for one in queries.runs_of(seer, run.subdistrict) if one.pk != run.pk]
    versus, said = _versus(run, analysis, question, others)
    numbers = queries.committee_numbers(run.subdistrict)
    picked = next((name for name, number in numbers.items() if number == question.committee), None)
    rows = left_out_of(analysis, question, picked)
    walker = analysis.personas[analysis.place_of(question.persona)]
    return {
        "run": run,
        "analysis": analysis,
        "question": question,
        "notices": (*notices, *said),
        "panel": panel_of(analysis, question, types, numbers, versus.figures if versus else None),
        "walker": walker,
        "walker_name": persona_name(question.persona),
        "walker_figures": walker_figures(walker),
        "picked": picked,
        "left_out": rows[:TOP],
        "left_out_count": len(rows),
        "left_out_people": sum(row.people for row in rows),
        "islanded": unconnected(analysis, ISLAND),
        "unsnapped": unconnected(analysis, UNSNAPPED),
        "versus": versus,
        "estimated": set(analysis.town.origins.weights) == {"residents"},
        "others": others,
        "standard_name": standard_name(analysis.standard),
        "is_standard_walk": question.persona == STANDARD,
        "before_url": reverse("lifecircle:reach", args=[versus.run.pk]) if versus else "",
    }


def frame(
    seer: Seer, run: Run, analysis: Analysis, types: Mapping[str, FacilityType], question: Question
) -> dict[str, Any]:
    """What the page has around the panel: the controls, and what the map draws."""
    return {
        "personas": [(one.key, persona_name(one.key)) for one in analysis.personas],
        "minutes": MINUTES,
        "common_types": [(key, short_type_name(types[key])) for key in COMMON_TYPES if key in analysis.types],
        "type_groups": type_groups(analysis, types),
        "map_settings": {
            "layers": layer_addresses(seer, run.subdistrict),
            "reach": reverse("lifecircle:reach", args=[run.pk]),
            "building": reverse("lifecircle:building", args=[run.pk, 0]).replace("/0/", "/:id/"),
            "types": mapped.types_of(analysis, types),
            "area": shapely.geometry.mapping(run.area) if run.area is not None else None,
        },
        "change": CHANGE,
    }


def type_groups(analysis: Analysis, types: Mapping[str, FacilityType]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Facility types as (key, name) under the name of the closest level that speaks of them."""
    level_of = {entry.facility_type: entry.level for entry in analysis.standard.entries}
    return [
        (level_name(level), [(kind, type_name(types[kind])) for kind in analysis.types if level_of.get(kind) == level])
        for level in LEVELS
    ]


def layer_addresses(seer: Seer, subdistrict: Subdistrict) -> dict[str, str]:
    """Where the map gets each layer that this reader may draw."""
    return {one.name: reverse("layers:geojson", args=[subdistrict.path, one.name]) for one in layers_for(seer)}


def walker_figures(walker: PersonaStandard) -> list[tuple[str, str, Any]]:
    """How a persona walks, in words: what, how much, and the figure with its status."""
    steps = walker.steps_factor.number
    return [
        (_("平地速度"), _("每秒 %(metres)s 米") % {"metres": walker.speed.number}, walker.speed),
        (_("台阶"), _steps(steps), walker.steps_factor),
        (
            _("斑马线"),
            _("等 %(seconds)s 秒") % {"seconds": f"{walker.crossing_delay_s.number:g}"},
            walker.crossing_delay_s,
        ),
        (_("红绿灯"), _("等 %(seconds)s 秒") % {"seconds": f"{walker.signal_delay_s.number:g}"}, walker.signal_delay_s),
        (_("坡度"), _slope(walker), walker.max_slope),
    ]


def _steps(factor: float) -> str:
    if factor == float("inf"):
        return _("走不了")
    return _("同平路") if factor == 1 else _("一米当 %(factor)s 米") % {"factor": f"{factor:g}"}


def _slope(walker: PersonaStandard) -> str:
    if walker.max_slope.number != float("inf"):
        return _("陡于 1:%(run)s 走不了") % {"run": round(1 / walker.max_slope.number)}
    return _("按坡度减速") if walker.follows_slope.value else _("不计")


def _versus(
    run: Run, analysis: Analysis, question: Question, others: list[Run]
) -> tuple[Versus | None, tuple[str, ...]]:
    """The comparison asked for, or a notice that it cannot be made."""
    if question.compare is None:
        return None, ()
    other = next((one for one in others if one.pk == question.compare), None)
    if other is None:
        return None, (_("没有可以比较的第 %(number)s 次分析。") % {"number": question.compare},)
    before = queries.analysis_of(other)
    figures = compare(analysis, before, question.persona, question.facility_type, question.minutes)
    if figures is None:
        return None, (_("两次分析没有共同的楼栋，比不了。"),)
    share_before, share_now = figures.shares()
    return (
        Versus(
            run=other,
            figures=figures,
            before=share_before,
            now=share_now,
            shut_before=places_shut(before.town.network, other.hour),
            shut_now=places_shut(analysis.town.network, run.hour),
            same_network=run.network_id == other.network_id,
            same_buildings=len(figures.origins) == len(analysis.town.origins) == len(before.town.origins),
        ),
        (),
    )
