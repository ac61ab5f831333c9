"""Which stairwells of walk-ups suit a lift (适合加梯), and why the others do not."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from xiuhua.demo.plan.sketch import BuildingSketch

SUITABLE = 520
TOO_LOW = "层数不足四层"
TOO_NEAR = "楼间距不足，加梯后影响消防通道"
CLEARANCE = "房屋已列入征收计划"
OTHER_REASONS = (
    "燃气和排水管线密集，无法迁移",
    "消防通道受阻",
    "结构不满足加梯要求",
    "门洞外为沿街通道，无加装位置",
    "一层为公建，无加装位置",
    "规划红线外无用地",
)
OTHER_ODDS = (0.34, 0.2, 0.2, 0.1, 0.06, 0.1)
NEAR_M = 13.6
CLEARED_BEFORE = 1958


def judge_stairwells(buildings: list[BuildingSketch], scale: float, rng: Generator) -> list[tuple[bool | None, str]]:
    """For each stairwell in the sketch's order: whether a lift suits it, and the reason why not.

    None for stairwells that have a lift. At full scale exactly 520 stairwells suit one, more of them where a whole
    quarter was judged fit than here and there; a narrow row is taken only when there are too few others.
    """
    wells = [building for building in buildings for _ in building.doors]
    fixed = [_plain_reason(building) for building in wells]
    open_ = np.array([reason in ("", TOO_NEAR) for reason in fixed])
    charm = {quarter: float(rng.random()) for quarter in sorted({b.quarter or 0 for b in wells})}
    score = np.array([charm[b.quarter or 0] + 0.75 * float(rng.random()) for b in wells])
    score[[reason == TOO_NEAR for reason in fixed]] -= 2.0
    score[~open_] = -9.0
    wanted = min(round(SUITABLE * scale), int(open_.sum()))
    chosen = set(np.argsort(-score, kind="stable")[:wanted].tolist())
    reasons = rng.choice(len(OTHER_REASONS), len(wells), p=OTHER_ODDS)
    verdicts: list[tuple[bool | None, str]] = []
    for k, building in enumerate(wells):
        if building.kind == "tower":
            verdicts.append((None, ""))
        elif k in chosen:
            verdicts.append((True, ""))
        else:
            verdicts.append((False, fixed[k] or OTHER_REASONS[int(reasons[k])]))
    return verdicts


def _plain_reason(building: BuildingSketch) -> str:
    """The reason that can be read off the drawing; empty if none can; a mark for towers, which are no question."""
    if building.kind == "tower":
        return "-"
    if building.levels < 4:
        return TOO_LOW
    if building.year < CLEARED_BEFORE:
        return CLEARANCE
    return TOO_NEAR if building.pitch_m < NEAR_M else ""
