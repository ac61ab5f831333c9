"""Lots are the best there are on small cases, never beyond their bound, contiguous, of a fit size, and owe nothing to
the order of stairwells."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist

from xiuhua.engine import batches
from xiuhua.engine.batches import Kind, Terms, lots

FEW = settings(max_examples=40, deadline=None)


@st.composite
def quarters(draw, most=8):
    count = draw(st.integers(0, most))
    place = st.tuples(st.integers(0, 5), st.integers(0, 2))
    xy = np.array(draw(st.lists(place, min_size=count, max_size=count, unique=True)), float).reshape(-1, 2) * 15
    readiness = np.array(draw(st.lists(st.integers(4, 20), min_size=count, max_size=count))) / 20
    block = np.array(draw(st.lists(st.sampled_from([7, 7, 7, 9]), min_size=count, max_size=count)), int)
    least = draw(st.integers(2, 3))
    terms = Terms(
        least=least,
        most=draw(st.integers(least, 5)),
        reach_m=draw(st.sampled_from([20.0, 35.0, 60.0])),
        setup=draw(st.sampled_from([0.0, 0.3, 0.8])),
        walk=draw(st.sampled_from([0.0, 0.002, 0.01])),
    )
    return xy, readiness, block, terms


def worth(members, xy, readiness, block, terms):
    """Value of one lot by its definition, the tree from single linkage; None where it may not be."""
    if not terms.least <= len(members) <= terms.most or len(set(block[members])) > 1:
        return None
    steps = linkage(pdist(xy[members]), "single")[:, 2]
    if steps.max() > terms.reach_m:
        return None
    return (readiness[members] - terms.ready).sum() - terms.setup - terms.walk * steps.sum()


def best(left, *quarter):
    """The greatest value of lots of some stairwells, by trying all."""
    if not left:
        return 0.0
    first, rest = left[0], left[1:]
    found = best(rest, *quarter)
    for bits in range(1 << len(rest)):
        inside = [one for i, one in enumerate(rest) if bits >> i & 1]
        value = worth([first, *inside], *quarter)
        if value is not None and value > 0:
            found = max(found, value + best([one for one in rest if one not in inside], *quarter))
    return found


def town(count, seed):
    """Rows of houses of four stairwells in two blocks; some quarters are riper than others."""
    chance = np.random.default_rng(seed)
    at = np.arange(count)
    xy = np.column_stack([at % 12 * 16 + at % 12 // 4 * 20, at // 12 * 28]) + chance.normal(0, 1, (count, 2))
    ripe = 0.5 + 0.3 * np.sin(xy[:, 0] / 70 + seed) * np.cos(xy[:, 1] / 50)
    return xy, np.clip(ripe + chance.normal(0, 0.15, count), 0, 1), at // 60, at // 4


@given(quarters())
@FEW
def test_few_stairwells_are_grouped_as_well_as_can_be(quarter):
    xy, readiness, block, terms = quarter
    found = batches.propose(xy, readiness, terms, block=block)
    assert found.value == pytest.approx(best(list(range(len(xy))), *quarter), abs=1e-9)
    assert found.bound == pytest.approx(found.value, abs=1e-9)
    assert found.gap == pytest.approx(0, abs=1e-9)


@given(quarters())
@FEW
def test_annealing_finds_the_best_of_few_and_its_bound_holds(quarter):
    xy, readiness, block, terms = quarter
    truth = best(list(range(len(xy))), *quarter)
    with mock.patch.object(lots, "MOST_STAIRWELLS", 1):
        found = batches.propose(xy, readiness, terms, block=block)
    assert found.value == pytest.approx(truth, abs=1e-9)
    assert found.bound >= truth - 1e-5
    assert (found.lots.value > 0).all()
    assert (found.lots.size >= terms.least).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_many_stairwells_in_lots_that_a_contractor_takes(seed):
    xy, readiness, block, building = town(100, seed)
    terms = Terms(least=4, most=12, setup=0.4)
    found = batches.propose(xy, readiness, terms, block=block, building=building, effort=1_000)
    assert found.lot.dtype == np.int32
    assert len(found.lots.size) >= 2
    values = [worth(np.flatnonzero(found.lot == k), xy, readiness, block, terms) for k in range(len(found.lots.size))]
    assert None not in values
    assert found.lots.value.tolist() == pytest.approx(values)
    assert found.lots.contiguous.all()
    assert values == sorted(values, reverse=True)
    assert found.value <= found.bound
    assert found.gap < 0.05
    moved = np.random.default_rng(seed).permutation(100)
    again = batches.propose(
        xy[moved], readiness[moved], terms, block=block[moved], building=building[moved], effort=1_000
    )
    assert again.lot.tolist() == found.lot[moved].tolist()
    assert (again.value, again.bound) == (found.value, found.bound)


def test_one_that_is_not_ready_is_taken_only_to_join_others():
    xy = np.array([[0, 0], [20, 0], [40, 0], [60, 0], [80, 0], [40, 20]])
    readiness = np.array([1, 1, 0.4, 1, 1, 0.4])
    terms = Terms(least=2, most=6, reach_m=25, setup=0.5)
    assert batches.propose(xy, readiness, terms).lot.tolist() == [0, 0, 0, 0, 0, -1]
    apart = batches.propose(xy, readiness, terms, done=[False, False, True, False, False, False])
    assert apart.lot.tolist() == [0, 0, -1, 1, 1, -1]


def test_blocks_part_and_a_building_joins():
    xy, ripe, terms = np.array([[0, 0], [20, 0], [100, 0]]), np.ones(3), Terms(least=2, reach_m=30, setup=0)
    block = [1, 2, 2]
    assert batches.propose(xy, ripe, terms, block=block).lot.tolist() == [-1, -1, -1]
    assert batches.propose(xy, ripe, terms, block=block, cross_blocks=True).lot.tolist() == [0, 0, -1]
    assert batches.propose(xy, ripe, terms, block=block, building=[1, 5, 5]).lot.tolist() == [-1, 0, 0]


def test_lots_that_somebody_drew_are_measured_alike():
    xy = np.array([[0, 0], [20, 0], [200, 0], [220, 0], [20, 50]])
    drawn = batches.appraise(xy, [1, 0.8, 1, 0.6, 0], [0, 0, 2, 2, 2], Terms(setup=0.3, walk=0.01))
    assert drawn.size.tolist() == [2, 0, 3]
    assert drawn.readiness.tolist() == pytest.approx([0.9, 0, 1.6 / 3])
    assert drawn.contiguous.tolist() == [True, True, False]
    assert drawn.metres.tolist() == pytest.approx([20, 0, 20 + np.hypot(180, 50)])
    assert drawn.value.tolist() == pytest.approx([0.3, 0, 0.1 - 0.3 - 0.2 - np.hypot(180, 50) / 100])


def test_every_stairwell_has_its_road():
    block = [3, 3, 3, 3, 3, 8, 8, 8]
    done = np.array([1, 1, 1, 1, 0, 0, 0, 0], bool)
    lot = [-1, -1, -1, -1, -1, 0, -1, -1]
    found = batches.kinds([1, 1, 1, 1, 0.1, 0.9, 0.9, 0.2], lot, done, block)
    assert found.kind.tolist() == [Kind.DONE] * 4 + [Kind.GAP, Kind.LOT, Kind.SINGLE, Kind.LATER]
    assert found.gap.tolist() == [-1, -1, -1, -1, 0, -1, -1, -1]
    wide = batches.kinds([1, 1, 1, 1, 0.1, 0.9, 0.9, 0.2], lot, done, block, closing=0)
    assert wide.gap.tolist() == [-1, -1, -1, -1, 0, -1, 1, 1]
    assert batches.kinds([], [], np.zeros(0, bool), []).kind.tolist() == []


@pytest.mark.parametrize(
    ("named", "given"),
    [
        ("xy", {"xy": [[0, np.nan], [1, 1]]}),
        ("xy", {"xy": [0, 1]}),
        ("readiness", {"readiness": [0.5, 1.1]}),
        ("readiness", {"readiness": [0.5, np.nan]}),
        ("readiness", {"readiness": [0.5]}),
        ("block", {"block": [1]}),
        ("building", {"building": [0.5, 1]}),
        ("done", {"done": [0, 1]}),
        ("effort", {"effort": -1}),
        ("seed", {"seed": -1}),
    ],
)
def test_bad_input_is_named(named, given):
    with pytest.raises(ValueError, match=f"^{named} must"):
        batches.propose(**{"xy": [[0, 0], [1, 1]], "readiness": [0.5, 1]} | given)


@pytest.mark.parametrize(
    ("named", "given"),
    [
        ("least", {"least": 0}),
        ("most", {"least": 5, "most": 4}),
        ("reach_m", {"reach_m": -1}),
        ("setup", {"setup": np.nan}),
        ("walk", {"walk": np.inf}),
        ("ready", {"ready": 2}),
    ],
)
def test_bad_terms_are_named(named, given):
    with pytest.raises(ValueError, match=f"^{named} must"):
        Terms(**given)


def test_bad_roads_are_named():
    with pytest.raises(ValueError, match=r"^closing must"):
        batches.kinds([1], [0], [False], [1], closing=1.2)
    with pytest.raises(ValueError, match=r"^lot must"):
        batches.kinds([1], [0, 1], [False], [1])
    with pytest.raises(ValueError, match=r"^lot must"):
        batches.appraise([[0, 0]], [1], [-2])
