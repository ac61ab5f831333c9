"""Homes, households and residents after the census: exact totals, ages that fit, elders where the old houses are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from xiuhua.demo.plan.sketch import BuildingSketch

YEAR = 2023
ELDER_FROM = 60
CHILD_BELOW = 18
SPARE_HOMES = (1.03, 1.08)
ELDER_PULL = {"walkup": 1.35, "lane": 1.45, "tower": 0.55}
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """Households, one row each in the order of their homes, and residents, one row each.

    `stairwell` counts the stairwells of the lived-in buildings in the sketch's order; `household` is a row of the
    households.
    """

    stairwell: Ints
    floor: Ints
    flat: Ints
    area_m2: NDArray[np.float64]
    tenure: NDArray[np.str_]
    household: Ints
    age: Ints
    male: NDArray[np.bool_]


def fit_homes(buildings: list[BuildingSketch], households: int, share_high: float, rng: Generator) -> None:
    """Change homes per floor, and storeys of towers, until there are a few more homes than households, high and low."""
    high = [b for b in buildings if b.kind == "tower"]
    low = [b for b in buildings if b.kind in ("walkup", "lane")]
    _fit(high, round(households * share_high), 2, 8, rng)
    _fit(low, households - round(households * share_high), 1, 6, rng)


def _fit(buildings: list[BuildingSketch], wanted: int, fewest: int, most: int, rng: Generator) -> None:
    """Step homes per floor down or up, in random order, at most one step a building a round."""
    if not buildings:
        raise ValueError("no housing of this kind was drawn")
    for _ in range(40):
        homes = sum(_homes(b) for b in buildings)
        if SPARE_HOMES[0] * wanted <= homes <= SPARE_HOMES[1] * wanted:
            return
        step = 1 if homes < SPARE_HOMES[0] * wanted else -1
        for k in rng.permutation(len(buildings)):
            building = buildings[int(k)]
            if building.kind == "tower" and step > 0 and building.levels < 33:
                homes += 2 * building.homes_per_floor * len(building.doors)
                building.levels = min(33, building.levels + 2)
            elif fewest <= building.homes_per_floor + step <= most and not (
                building.kind == "walkup" and building.homes_per_floor + step < 2
            ):
                building.homes_per_floor += step
                homes += step * building.levels * len(building.doors)
            if (homes - wanted * SPARE_HOMES[0]) * step > 0 and (step > 0 or homes <= wanted * SPARE_HOMES[1]):
                break
    if sum(_homes(b) for b in buildings) < wanted:
        raise ValueError(f"room for {sum(_homes(b) for b in buildings)} households where {wanted} must live")


def _homes(building: BuildingSketch) -> int:
    return len(building.doors) * building.levels * building.homes_per_floor


def settle(
    buildings: list[BuildingSketch], residents: int, elders: int, census: dict[str, Any], rng: Generator
) -> People:
    """Settle exactly so many residents, exactly so many of them 60 or older (2023 minus year of birth >= 60)."""
    figures = census["households"]
    households = round(residents / figures["mean_size"])
    stairwell, floor, flat, kind, gross = _homes_of(buildings)
    lived = _lived_in(kind, households, round(households * figures["with_lift"]), rng)
    stairwell, floor, flat, kind, gross = stairwell[lived], floor[lived], flat[lived], kind[lived], gross[lived]
    size = _sizes(kind, residents, figures["size_share"], rng)
    area = gross * rng.uniform(0.86, 1.12, len(gross))
    area = np.clip(area * figures["living_area_per_head_m2"] * residents / area.sum(), 14.0, 260.0)
    tenures = sorted(figures["tenure_share"])
    odds = np.array([figures["tenure_share"][name] for name in tenures])
    tenure = np.array(tenures)[rng.choice(len(tenures), len(size), p=odds / odds.sum())]
    household = np.repeat(np.arange(len(size)), size)
    age, male = _ages(size, kind, elders, census["ages"], rng)
    return People(stairwell, floor, flat, np.round(area, 1), tenure, household, age, male)


def _homes_of(buildings: list[BuildingSketch]) -> tuple[Ints, Ints, Ints, NDArray[np.str_], NDArray[np.float64]]:
    """Every home: stairwell, floor, flat, kind of building, gross floor area."""
    columns: list[list[NDArray[Any]]] = [[], [], [], [], []]
    number = 0
    for building in buildings:
        for _ in building.doors:
            floors, flats = np.meshgrid(
                np.arange(1, building.levels + 1), np.arange(1, building.homes_per_floor + 1), indexing="ij"
            )
            count = floors.size
            gross = building.outline.area / len(building.doors) / building.homes_per_floor
            rows = (
                np.full(count, number),
                floors.ravel(),
                flats.ravel(),
                np.full(count, building.kind),
                np.full(count, gross),
            )
            for column, row in zip(columns, rows, strict=True):
                column.append(row)
            number += 1
    stairwell, floor, flat, kind, gross_area = (np.concatenate(column) for column in columns)
    return stairwell, floor, flat, kind, gross_area


def _lived_in(kind: NDArray[np.str_], households: int, high: int, rng: Generator) -> Ints:
    """Which homes are lived in: so many of the high-rise ones, the others of the rest; the remainder stands empty."""
    tall = np.flatnonzero(kind == "tower")
    rest = np.flatnonzero(kind != "tower")
    high = min(high, len(tall))
    return np.sort(np.concatenate([rng.permutation(tall)[:high], rng.permutation(rest)[: households - high]]))


def _sizes(kind: NDArray[np.str_], residents: int, shares: list[float], rng: Generator) -> Ints:
    """Household sizes after the census, changed by one here and there until they add up."""
    odds = np.array(shares) / sum(shares)
    size = rng.choice(np.arange(1, len(odds) + 1), len(kind), p=odds).astype(np.int64)
    while (gap := residents - int(size.sum())) != 0:
        step = 1 if gap > 0 else -1
        free = np.flatnonzero((size < len(odds)) if gap > 0 else (size > 1))
        size[rng.permutation(free)[: abs(gap)]] += step
    return size


def _ages(
    size: Ints, kind: NDArray[np.str_], elders: int, census: dict[str, Any], rng: Generator
) -> tuple[Ints, NDArray[np.bool_]]:
    """Ages and sexes of all residents, household by household: elders first, then adults, then children."""
    old = _elders_at_home(size, kind, elders, rng)
    total = int(size.sum())
    weights = np.array(census["men"]) + np.array(census["women"])
    start = np.array(census["from_age"])
    young_share = _share_below(start, weights, CHILD_BELOW) / _share_below(start, weights, ELDER_FROM)
    young = _children_at_home(size, old, round((total - elders) * young_share), rng)
    first = np.cumsum(size) - size
    place = np.arange(total) - np.repeat(first, size)
    is_old = place < np.repeat(old, size)
    is_young = place >= np.repeat(size - young, size)
    age = np.zeros(total, np.int64)
    age[is_old] = _spouses_alike(
        _pool(start, weights, ELDER_FROM, census["oldest_age"], int(is_old.sum()), rng), old, rng
    )
    age[is_young] = rng.permutation(_pool(start, weights, 0, CHILD_BELOW - 1, int(is_young.sum()), rng))
    middle = ~is_old & ~is_young
    age[middle] = rng.permutation(_pool(start, weights, CHILD_BELOW, ELDER_FROM - 1, int(middle.sum()), rng))
    band = np.searchsorted(start, age, side="right") - 1
    male = rng.random(total) < (np.array(census["men"]) / weights)[band]
    second = np.flatnonzero((place == 1) & (np.repeat(size, size) >= 2) & ((is_old) | middle))
    opposite = rng.random(len(second)) < 0.9
    male[second[opposite]] = ~male[second[opposite] - 1]
    return age, male


def _share_below(start: Ints, weights: NDArray[np.float64], age: int) -> float:
    width = np.append(np.diff(start), 17)
    return float((weights * np.clip((age - start) / width, 0, 1)).sum() / weights.sum())


def _elders_at_home(size: Ints, kind: NDArray[np.str_], elders: int, rng: Generator) -> Ints:
    """How many elders live in each household, none to two: more in small households of old houses."""
    pull = np.array([ELDER_PULL[one] for one in kind]) * np.select(
        [size == 1, size == 2, size == 3], [0.9, 1.35, 0.8], 1.0
    )
    chance = rng.random(len(size)) ** (1 / pull)
    pairs = rng.random(len(size)) < np.where(size == 2, 0.82, 0.55)
    order = np.argsort(-chance, kind="stable")
    take = np.where(pairs & (size >= 2), 2, 1)[order]
    settled = np.cumsum(take)
    last = int(np.searchsorted(settled, elders))
    take[last] -= settled[last] - elders
    take[last + 1 :] = 0
    old = np.zeros(len(size), np.int64)
    old[order] = take
    return old


def _children_at_home(size: Ints, old: Ints, wanted: int, rng: Generator) -> Ints:
    """How many children live in each household; nobody below age lives without an adult or an elder."""
    young = np.zeros(len(size), np.int64)
    room = size - np.maximum(old, 1) - (old == 0)
    for _ in range(3):
        for k in rng.permutation(np.flatnonzero((room > young) & (size >= 3))):
            if wanted == 0:
                return young
            young[k] += 1
            wanted -= 1
    return young


def _pool(start: Ints, weights: NDArray[np.float64], low: int, high: int, count: int, rng: Generator) -> Ints:
    """So many ages from `low` to `high`, dealt to single years after the census bands by largest remainder."""
    ages = np.arange(low, high + 1)
    band = np.searchsorted(start, ages, side="right") - 1
    years = np.append(np.diff(start), 17)[band]
    density = weights[band] / years
    density = np.where(ages >= 85, density * np.exp(-0.16 * (ages - 85)) * 2.6, density)
    exact = density / density.sum() * count
    whole = np.floor(exact).astype(np.int64)
    rest = np.argsort(-(exact - whole), kind="stable")[: count - int(whole.sum())]
    whole[rest] += 1
    return np.repeat(ages, whole)


def _spouses_alike(pool: Ints, old: Ints, rng: Generator) -> Ints:
    """Deal the elders' ages so that two in one household are of about the same age."""
    ranked = pool[np.argsort(pool + rng.normal(0, 2.5, len(pool)), kind="stable")]
    couples = int((old == 2).sum())
    position = rng.permutation(len(pool) - couples)
    dealt = np.empty(len(pool), np.int64)
    unit_of = np.arange(len(old))[old > 0]
    twos = old[unit_of] == 2
    length = np.where(twos, 2, 1)
    order = np.argsort(position, kind="stable")
    offset = np.zeros(len(unit_of), np.int64)
    offset[order] = np.cumsum(length[order]) - length[order]
    first = np.cumsum(length) - length
    dealt[first] = ranked[offset]
    dealt[first[twos] + 1] = ranked[offset[twos] + 1]
    return dealt
