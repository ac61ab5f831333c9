import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.reuse_questions import best_by_trying_all, by_lot, cost_of, met_by, stands
from xiuhua.engine.siting.reuse import FloorsOutOfReach, Functions, Needs, Spaces, composite

SPACES = Spaces(area=[100, 60], opening_cost=[50, 20], slots=[[1, 1], [1, 0]], tolerance=[2, 0])
FUNCTIONS = Functions(
    area=[80, 80, 40], fit_out_cost=[30, 30, 10], limit=[300, 300, 500], slots=[[1, 0], [0, 1], [1, 0]], noise=[1, 0, 0]
)
NEEDS = Needs(
    weight=[[10, 8, 5], [10, 8, 5], [0, 0, 40]],
    cost=[[100, np.inf], [300, np.inf], [np.inf, 450]],
    committee=[0, 0, 1],
    committee_names=["东街", "西街"],
)


def floors_of(question):
    unmet = np.bincount(
        question.needs.committee, np.sum(question.needs.weight, axis=1), len(question.needs.committee_names)
    )
    return np.broadcast_to(question.floor, unmet.shape) * unmet


def test_two_functions_share_a_room_at_different_times_of_day():
    found = composite(SPACES, FUNCTIONS, NEEDS, budget=140)
    assert (found.objective, found.bound, found.gap, found.spent) == (76.0, 76.0, 0.0, 140)
    assert found.functions_in(0) == [0, 1]
    assert found.functions_in(1) == [2]
    assert found.assign.tolist() == [[0, 0, -1], [0, 0, -1], [-1, -1, 1]]
    assert found.covered.tolist() == [[20, 16, 0], [0, 0, 40]]
    assert found.uncovered.tolist() == [[0, 0, 5], [0, 0, 5], [0, 0, 0]]
    assert found.by_function.tolist() == [20, 16, 40]
    assert found.by_committee.tolist() == [36, 40]
    assert found.open.tolist() == [0, 1]


def test_less_money_buys_what_helps_most():
    found = composite(SPACES, FUNCTIONS, NEEDS, budget=100)
    assert (found.objective, found.spent, found.open.tolist()) == (50.0, 90, [0, 1])


def test_a_floor_moves_money_to_the_committee():
    found = composite(SPACES, FUNCTIONS, NEEDS, budget=110, floor=[0.7, 0])
    assert found.objective == 36.0
    assert found.floors_kept
    assert found.by_committee.tolist() == [36, 0]


@pytest.mark.parametrize(
    ("east", "west"),
    [(510105001002, 510105001001), (7, -3), (2.0, 1.0), ("东街", "a"), (np.uint64(2**63 + 1), np.uint64(5))],
)
@pytest.mark.parametrize("kind", [list, lambda codes: np.array(codes, object)])
def test_committees_go_by_any_code_or_name_in_their_order(east, west, kind):
    needs = Needs(NEEDS.weight, NEEDS.cost, kind([east, east, west]), ["西", "东"])
    found = composite(SPACES, FUNCTIONS, needs, budget=110, floor=[0, 0.7])
    assert found.committees.tolist() == [west, east]
    assert found.by_committee.tolist() == [0, 36]
    assert found.need.tolist() == [[0, 0, 40], [20, 16, 10]]


def test_it_is_told_in_a_line():
    words = repr(composite(SPACES, FUNCTIONS, NEEDS, budget=100))
    assert words.startswith("CompositeSolution(covered=50 of 86, bound=50, gap=0, open=[0 1], spent=90 of 100, ")
    assert words.endswith(" s)")


def test_a_pair_that_excludes_each_other_is_kept_apart():
    functions = Functions(FUNCTIONS.area, FUNCTIONS.fit_out_cost, FUNCTIONS.limit, FUNCTIONS.slots, exclusions=[[0, 1]])
    found = composite(SPACES, functions, NEEDS, budget=140)
    assert found.functions_in(0) == [1, 2]
    assert found.objective == 66.0


def test_noise_keeps_a_function_out_of_a_quiet_space():
    needs = Needs(np.ones((1, 3)), [[np.inf, 10]])
    found = composite(Spaces([100, 100], [0, 0], tolerance=[2, 0]), FUNCTIONS, needs, budget=1000)
    assert found.hosts.tolist() == [[False] * 3, [False, True, True]]


def test_walks_may_come_as_a_sparse_matrix_where_a_stored_nought_is_at_the_door():
    from scipy.sparse import csr_array

    walks = csr_array((np.array([0.0, 300.0, 450.0]), np.array([0, 0, 1]), np.array([0, 1, 2, 3])), shape=(3, 2))
    needs = Needs(NEEDS.weight, walks, NEEDS.committee)
    assert composite(SPACES, FUNCTIONS, needs, budget=140).objective == 76.0


def test_nothing_that_helps_nobody_is_paid_for():
    needs = Needs([[5.0, 0, 0]], [[10, 10]])
    found = composite(Spaces([100, 100], [0, 0]), FUNCTIONS, needs, budget=1000)
    assert found.hosts.sum() == 1
    assert found.spent == 30


def refused_rightly(question, floors, refusal):
    assert str(refusal).startswith("floor:")
    assert best_by_trying_all(question, floors) is None
    if isinstance(refusal, FloorsOutOfReach):
        kept = np.zeros_like(floors)
        kept[refusal.kept] = floors[refusal.kept]
        assert refusal.reachable < refusal.floor
        assert refusal.reachable == pytest.approx(best_by_trying_all(question, kept, refusal.committee))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.booleans(), st.sampled_from([(2, 4), (3, 3)]))
def test_equal_to_trying_everything(seed, whole, size):
    question = by_lot(seed, spaces=size[0], functions=size[1], whole=whole)
    floors = floors_of(question)
    try:
        found = composite(*question.arguments, floor=question.floor, threads=1 + seed % 2)
    except ValueError as refusal:
        refused_rightly(question, floors, refusal)
        return
    best = best_by_trying_all(question, floors)
    assert found.proven
    assert found.objective == pytest.approx(best, rel=3e-9)
    assert found.bound >= best * (1 - 1e-12)
    assert stands(question, found.hosts)
    assert found.spent == cost_of(question, found.hosts) <= question.budget
    met = met_by(question, found.hosts) & (np.asarray(question.needs.weight) > 0)
    assert ((found.assign >= 0) == met).all()
    assert found.covered.sum() == pytest.approx(found.objective)


@pytest.mark.parametrize("seed", range(3))
def test_a_search_that_ends_early_has_an_honest_bound(seed):
    question = by_lot(seed, spaces=9, functions=5, buildings=80)
    asked = [0]

    def soon():
        asked[0] += 1
        return asked[0] > 1

    early = composite(*question.arguments, stop=soon, threads=1)
    best = composite(*question.arguments)
    assert best.proven
    assert early.objective <= best.objective <= early.bound
    assert early.gap == pytest.approx((early.bound - early.objective) / early.objective)


def test_one_thread_gives_the_same_for_the_same_seed_and_two_prove_the_same():
    question = by_lot(7, spaces=9, functions=5, buildings=100)
    one, again = (composite(*question.arguments, threads=1, seed=3) for _ in range(2))
    two = composite(*question.arguments, threads=2, seed=4)
    assert (one.hosts == again.hosts).all()
    assert one.bound == again.bound == two.bound == two.objective


def test_progress_tells_a_page_how_far_it_is():
    told = []
    question = by_lot(7, spaces=9, functions=5, buildings=100)
    found = composite(*question.arguments, progress=lambda *each: told.append(each))
    assert told
    assert all(covered <= found.objective <= bound for covered, bound, _ in told)


def test_no_kernel_is_compiled_for_two_kinds_of_question():
    from xiuhua.engine.siting.reuse import annealing, bounding, fixing, hosting

    needs = Needs(np.array(NEEDS.weight, np.float32), np.asfortranarray(NEEDS.cost), np.array([5, 5, 9], np.int16))
    composite(SPACES, FUNCTIONS, NEEDS, budget=140, threads=1)
    composite(SPACES, FUNCTIONS, needs, np.int32(110), floor=[0.7, 0])
    question = by_lot(5, spaces=10, functions=5, buildings=60, whole=False)
    composite(*question.arguments, threads=2)
    kinds = {
        name: len(kernel.signatures)
        for module in (annealing, bounding, fixing, hosting)
        for name, kernel in vars(module).items()
        if hasattr(kernel, "signatures") and name != "put"
    }
    assert kinds["lower"] == kinds["anneal"] == kinds["rule_out"] == 1
    assert max(kinds.values()) == 1, kinds
