"""The lift programme of the demonstration: what the report counts is what was planned, and something of everything."""

from collections import Counter
from datetime import date

from demo.conftest import SEED
from xiuhua.demo import build as demo
from xiuhua.demo import lifts
from xiuhua.ground import clock
from xiuhua.ground.accounts import demonstration
from xiuhua.ground.accounts.actions.residents import resident_with
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.lifts import gates, queries_own, reporting
from xiuhua.programmes.lifts.models import (
    BatchPlan,
    Centre,
    Contact,
    DiaryEntry,
    Dossier,
    Elector,
    Fault,
    GatePass,
    Quote,
    Scheme,
    Signature,
    Unit,
    Vote,
)

PERIODS = (
    (date(2020, 1, 1), date(2021, 12, 31)),
    (date(2022, 1, 1), date(2022, 12, 31)),
    (date(2023, 1, 1), date(2023, 6, 30)),
    (date(2023, 7, 1), date(2023, 8, 3)),
)


def test_the_report_counts_what_was_planned(built):
    lines = [one.line for one in lifts.planned(built, SEED)]

    def between(move, first, last):
        return sum(first <= line.days[move] <= last for line in lines if move in line.days)

    for first, last in PERIODS:
        told = reporting.report(System("test"), built.path, first, last).told()
        assert told["signed"] == between("sign", first, last)
        assert told["started"] == between("build", first, last)
        assert told["completed"] == between("hand_over", first, last)
        assert told["in_hand_at_end"] == between("sign", date(2020, 1, 1), last)
    assert told["suitable"] == len(lines)
    assert told["sub_centres"] == Centre.objects.count() - 1
    states = Counter(Dossier.objects.suitable().values_list("state", flat=True))
    assert states == Counter(line.state for line in lines)
    assert {"waiting", "consulting", "designing", "agreeing", "signed", "building", "running"} <= set(states)


def test_what_was_under_way_was_taken_over_and_the_rest_lived_through(built):
    told = Entry.objects.filter(verb__startswith="lifts.").order_by("id").values_list("at", flat=True)
    assert demo.OPENED_AT < told.first() <= told.last() < demo.STARTS_AT
    archived = GatePass.objects.filter(archived=True)
    assert archived.exists()
    assert max(archived.values_list("on", flat=True)) < date(2022, 8, 1)
    assert GatePass.objects.filter(waived=True).count() <= 2


def test_somebody_is_stuck_and_it_is_said_why(built):
    stuck = Dossier.objects.suitable().stuck_since(date(2023, 7, 14))
    assert [bool(one.snag) for one in stuck] == [True] * sum(one.line.stuck for one in lifts.planned(built, SEED))
    for one in stuck:
        assert Contact.objects.filter(dossier=one, on__gt=one.progressed_on).count() >= 2


def test_a_vote_is_open_with_one_head_missing_who_has_an_account(built):
    with clock.stopped_at(demo.STARTS_AT):
        (resident,) = demonstration.residents()
        user = resident_with(resident.phone)
        vote = Vote.objects.open().get(electors__owner__in=queries_own.standings(user)[0].owners)
        assert Elector.objects.filter(vote=vote, ballots__isnull=True).count() == 1
        assert vote.closes_at > demo.STARTS_AT
        assert queries_own.home_of(user) is not None
        assert gates.gate_named("vote", vote.dossier).standing != "passed"
    failed = Vote.objects.closed().filter(passed=False)
    assert {vote.dossier.votes.order_by("number").last().passed for vote in failed} == {True}


def test_shares_are_signed_sites_are_written_up_and_lifts_are_kept(built):
    agreeing = Dossier.objects.filter(state="agreeing").first()
    scheme = agreeing.schemes.get(state=Scheme.State.ADOPTED)
    assert 0 < Signature.objects.filter(line__scheme=scheme).count() < scheme.lines.filter(amount_fen__gt=0).count()
    assert sum(line.amount_fen for line in scheme.lines.all()) == scheme.residents_fen
    chosen = Quote.objects.filter(chosen_on__isnull=False)
    assert {Quote.objects.filter(dossier=one.dossier).count() for one in chosen} == {3}
    assert DiaryEntry.objects.filter(dossier__state="building").exists()
    running = Dossier.objects.filter(state="running")
    assert Unit.objects.in_service().count() == running.count()
    assert all(unit.upkeeps.exists() for unit in Unit.objects.all())
    assert Fault.objects.open().count() == 2
    assert Fault.objects.exclude(closed_at=None).filter(arrived_at__isnull=False).exists()


def test_the_block_stands_in_lots(built):
    assert set(BatchPlan.objects.values_list("state", flat=True)) <= {"adopted", "draft"}
    assert all(dossier.signed_on for dossier in Dossier.objects.filter(batch__isnull=False))
