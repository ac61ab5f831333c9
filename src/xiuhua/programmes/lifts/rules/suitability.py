"""Whether a lift suits a stairwell (适合加梯), and what stands against it."""

from xiuhua.ground.standards import Figure
from xiuhua.ground.standards.lifts import SuitabilityFigures
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.facts import Measures

MOST_M = 200.0
"""Metres that nobody measures before a stairwell."""


def measures_are_sound(measures: Measures) -> Verdict[bool]:
    """Whether what was measured can be so; every fault with its field."""
    faults = [
        Reason(_("「%(what)s」不对") % {"what": words}, field=name, mend=_("请填 0 至 200 之间的米数"))
        for name, words in _lengths()
        if (value := getattr(measures, name)) is not None and not 0 <= value <= MOST_M
    ]
    return Verdict(not faults, *faults)


def suits_a_lift(levels: int, measures: Measures, figures: SuitabilityFigures) -> Verdict[bool | None]:
    """Whether a lift suits a stairwell; None while something that decides it has not been measured.

    Every reason against it is named, not the first alone: people ask what it would take.
    """
    against = []
    if levels < figures.least_levels.number:
        against.append(
            Reason(
                _("只有 %(levels)s 层，不到 %(least)g 层") % {"levels": levels, "least": figures.least_levels.number},
                field="levels",
                cites="lifts.suitability.least_levels",
            )
        )
    against += [
        Reason(
            _("%(what)s %(has)g 米，不到 %(least)g 米")
            % {"what": words, "has": getattr(measures, name), "least": _least(figures, name).number},
            field=name,
            cites=f"lifts.suitability.{name}",
        )
        for name, words in _lengths()
        if (has := getattr(measures, name)) is not None and has < _least(figures, name).number
    ]
    if measures.pipes_can_move is False:
        against.append(Reason(_("管线无法迁移"), field="pipes_can_move"))
    if measures.structure_sound is False:
        against.append(Reason(_("结构不满足加梯要求"), field="structure_sound"))
    if against:
        return Verdict(False, *against)
    lacking = _lacking(measures)
    return Verdict(None, *lacking) if lacking else Verdict(True)


def _lacking(measures: Measures) -> list[Reason]:
    asked = [*_lengths(), ("pipes_can_move", _("管线能不能迁移")), ("structure_sound", _("结构行不行"))]
    return [
        Reason(_("还没有测「%(what)s」") % {"what": words}, field=name)
        for name, words in asked
        if getattr(measures, name) is None
    ]


def _lengths() -> list[tuple[str, str]]:
    return [
        ("front_m", _("门洞前深度")),
        ("spacing_m", _("加梯后和对面楼的间距")),
        ("fire_lane_m", _("加梯后消防通道")),
    ]


def _least(figures: SuitabilityFigures, name: str) -> Figure:
    found: Figure = getattr(figures, name)
    return found
