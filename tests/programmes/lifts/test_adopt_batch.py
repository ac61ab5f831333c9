"""Stairwells are cut into lots; lots are adopted, changed by hand, dissolved."""

from datetime import date

import pytest

from expectations import forbidden, refused, verbs_of
from programmes.lifts.conftest import SYSTEM
from programmes.lifts.row_of_houses import TERMS, row  # noqa: F401 - fixture
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Committee
from xiuhua.programmes.lifts import actions, batching
from xiuhua.programmes.lifts.models import Batch, BatchPlan, Dossier

ON = date(2023, 7, 1)


@pytest.fixture
def plan_of(row, subdistrict):  # noqa: F811
    """A plan of the row under some terms."""

    def propose(terms=TERMS) -> BatchPlan:
        proposal = batching.proposed(subdistrict.path, terms)
        return actions.propose_batches(actor=SYSTEM, path=subdistrict.path, proposal=proposal).subject

    return propose


@pytest.fixture
def head(row, subdistrict, staff):  # noqa: F811
    return staff(Role.SECTION_HEAD, at=subdistrict, name="周立群")


def members(batch: Batch) -> list[str]:
    return [one.dossier.stairwell.name for one in batch.members.order_by("dossier__stairwell__door_lon")]


def test_the_row_is_cut_into_two_lots_that_prove_best(plan_of, row):  # noqa: F811
    plan = plan_of()
    lots = list(plan.batches.all())
    assert sorted(map(members, lots), key=lambda names: int(names[0].split()[0])) == [
        [f"{number} 号" for number in half] for half in (range(1, lots_end(lots)), range(lots_end(lots), 9))
    ]
    assert all(lot.contiguous and TERMS.least <= lot.size <= TERMS.most for lot in lots)
    assert plan.gap == 0
    assert plan.value == pytest.approx(sum(lot.value for lot in lots))
    assert {lot.path for lot in lots} == {row[0].path[:12]}
    assert lots[0].members.first().because == [["waiting", 0.2, []]]


def lots_end(lots: list[Batch]) -> int:
    """Where the eastern lot begins."""
    return max(int(members(lot)[0].split()[0]) for lot in lots)


def test_adopted_lots_are_named_after_their_quarter_and_keep_their_stairwells(plan_of, head, row):  # noqa: F811
    plan, rival = plan_of(), plan_of()
    first, second = plan.batches.all()
    actions.adopt_plan(actor=head, plan=plan, batches=[first, second], on=ON)

    first.refresh_from_db()
    assert [str(batch) for batch in plan.batches.all()] == ["枣阳新村成片第 1 批", "枣阳新村成片第 2 批"]
    assert Dossier.objects.filter(batch=first).count() == first.size
    plan.refresh_from_db()
    rival.refresh_from_db()
    assert (plan.state, rival.state) == ("adopted", "superseded")
    assert verbs_of(first) == ["lifts.adopt_batch"]
    with refused("已经在别的批次里"):
        actions.adopt_plan(actor=head, plan=rival, batches=[rival.batches.first()], on=ON)
    with refused("已经采用"):
        actions.adopt_plan(actor=head, plan=plan, batches=[first], on=ON)
    assert not batching.proposed(plan.path, TERMS).lots


def test_a_lot_of_the_past_holds_what_was_begun_after_it_was_adopted(row, head, subdistrict):  # noqa: F811
    moves = [("begin", date(2021, 1, 5)), ("design", date(2021, 2, 1)), ("agree", date(2021, 4, 1))]
    moves += [("sign", date(2021, 5, 1)), ("build", date(2021, 6, 1))]
    actions.take_over(actor=SYSTEM, dossier=row[0], history=moves)
    proposal = batching.drawn(subdistrict.path, [row[:3]], on=date(2020, 9, 1))
    assert proposal.bound is None
    plan = actions.propose_batches(actor=SYSTEM, path=subdistrict.path, proposal=proposal).subject
    batch = plan.batches.get()
    with refused("1 号那时已经开工"):
        actions.adopt_batch(actor=SYSTEM, batch=batch, on=date(2021, 7, 1))
    actions.adopt_batch(actor=SYSTEM, batch=batch, on=date(2020, 9, 1))
    row[0].refresh_from_db()
    assert str(row[0].batch) == "枣阳新村成片第 1 批"


def test_lots_by_hand_have_each_stairwell_once(row, subdistrict):  # noqa: F811
    with refused("分进了两批"):
        batching.drawn(subdistrict.path, [row[:3], row[2:5]], on=ON)
    with refused("一个门洞也没有"):
        batching.drawn(subdistrict.path, [[]], on=ON)


def test_stairwells_go_from_lot_to_lot_by_hand_and_lots_are_priced_again(plan_of, head, row):  # noqa: F811
    plan = plan_of()
    west, east = sorted(plan.batches.all(), key=lambda lot: int(members(lot)[0].split()[0]))
    before, last = east.size, east.members.order_by("-dossier__stairwell__door_lon").first().dossier
    actions.move_batch(actor=head, batch=west, dossier=last)
    west.refresh_from_db()
    east.refresh_from_db()
    assert (east.size, west.contiguous) == (before - 1, False)
    plan.refresh_from_db()
    assert plan.value == pytest.approx(west.value + east.value)

    actions.adopt_plan(actor=head, plan=plan, batches=[west, east], on=ON)
    actions.move_batch(actor=head, batch=west, dossier=last, out=True)
    last.refresh_from_db()
    assert last.batch is None
    with refused("不在这一批里"):
        actions.move_batch(actor=head, batch=west, dossier=last, out=True)
    with refused("枣阳新村成片第"):
        actions.move_batch(actor=head, batch=west, dossier=east.members.first().dossier)
    assert {"lifts.move_batch", "lifts.adopt_batch"} == set(verbs_of(west))


def test_a_lot_is_dissolved_with_a_reason_and_its_number_stays_taken(plan_of, head):
    plan = plan_of()
    first, second = plan.batches.all()
    actions.adopt_batch(actor=head, batch=first, on=ON)
    with refused("还没有写原因"):
        actions.dissolve_batch(actor=head, batch=first, on=ON, because=" ")
    actions.dissolve_batch(actor=head, batch=first, on=ON, because="施工单位退出")
    assert not Dossier.objects.filter(batch=first).exists()
    second.refresh_from_db()
    actions.adopt_batch(actor=head, batch=second, on=ON)
    second.refresh_from_db()
    assert second.serial == 2
    with refused("没有在用"):
        actions.dissolve_batch(actor=head, batch=first, on=ON, because="再来一次")


def test_coordinators_cut_their_own_committee_and_decide_on_nothing(plan_of, row, subdistrict, staff):  # noqa: F811
    west, east = Committee.objects.get(name="西村"), Committee.objects.get(name="东村")
    coordinator = staff(Role.LIFT_COORDINATOR, at=west, name="沈晓岚")
    elsewhere = staff(Role.LIFT_COORDINATOR, at=east, name="陆建平")
    plan = plan_of()
    batch = plan.batches.first()
    with forbidden():
        actions.propose_batches(actor=elsewhere, path=west.path, proposal=batching.proposed(west.path, TERMS))
    with forbidden():
        actions.adopt_batch(actor=coordinator, batch=batch, on=ON)
    own = actions.propose_batches(actor=coordinator, path=west.path, proposal=batching.proposed(west.path, TERMS))
    assert own.subject.number == plan.number + 1
