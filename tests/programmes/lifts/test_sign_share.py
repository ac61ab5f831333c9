from datetime import date

import pytest

from expectations import forbidden, refused
from programmes.lifts.conftest import PAPER
from programmes.lifts.money_cases import AGREED, JUNE, adopted, chosen
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts import actions, gates, queries_dossiers, queries_shares
from xiuhua.programmes.lifts.models import Flat, Limit
from xiuhua.programmes.lifts.rules.moves import Standing


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


def flat_of(dossier, room):
    return Flat.objects.get(dossier=dossier, room=room)


def test_it_works(designing, coordinator):
    """All who pay have signed: the gate is passed. The ground floor pays nothing and is not waited for."""
    scheme = adopted(designing, coordinator)
    rooms = [line.flat for line in queries_shares.lines_of(scheme) if line.amount_fen]
    for flat in rooms[:-1]:
        actions.sign_share(actor=coordinator, flat=flat, on=JUNE)
    assert gates.gate_named("agreement", designing).words == "签了 9／10 户"

    done = actions.sign_share(actor=coordinator, flat=rooms[-1], on=JUNE, paper=PAPER)
    gate = gates.gate_named("agreement", designing)
    assert (gate.standing, gate.words) == (Standing.PASSED, "出资的 10 户都签了")
    assert designing.papers.get().title == "分摊协议 202 室"
    assert done.facts == {"flat": rooms[-1].pk, "scheme": scheme.pk, "on": JUNE}


def test_a_timeline_names_the_room_for_who_sees_owners(designing, coordinator, town, staff):
    adopted(designing, coordinator)
    actions.sign_share(actor=coordinator, flat=flat_of(designing, "602"), on=JUNE)
    told = [
        queries_dossiers.happened_to(designing, reader, latest=1)[0].detail
        for reader in (coordinator, staff(Role.LEADER, at=town, name="钱国梁"))
    ]
    assert told == ["602 室，6 月 1 日", "6 月 1 日"]


def test_what_cannot_be_is_refused(designing, coordinator, elsewhere):
    with refused("还没有定稿的分摊方案"):
        actions.sign_share(actor=coordinator, flat=flat_of(designing, "602"), on=JUNE)
    left = flat_of(designing, "501")
    adopted(designing, coordinator, chosen("guidance", AGREED, left=frozenset({left.pk})))
    with refused("不参加"):
        actions.sign_share(actor=coordinator, flat=left, on=JUNE)
    with refused("日期比前面那一步（2023-05-01）还早"):
        actions.sign_share(actor=coordinator, flat=flat_of(designing, "602"), on=date(2023, 4, 20))
    other = flat_of(designing, "601").owners.get()
    with refused("签字人不是这一户的业主"):
        actions.sign_share(actor=coordinator, flat=flat_of(designing, "602"), on=JUNE, owner=other)
    with forbidden():
        actions.sign_share(actor=elsewhere, flat=flat_of(designing, "602"), on=JUNE)
    actions.sign_share(actor=coordinator, flat=flat_of(designing, "602"), on=JUNE)
    with refused("已经签过"):
        actions.sign_share(actor=coordinator, flat=flat_of(designing, "602"), on=JUNE)


def test_the_limit_of_whoever_signs_is_forgotten(designing, coordinator):
    adopted(designing, coordinator)
    for room in ("601", "602"):
        actions.state_limit(actor=coordinator, flat=flat_of(designing, room), amount_fen=100, on=JUNE)
    actions.sign_share(actor=coordinator, flat=flat_of(designing, "602"), on=JUNE)
    assert [limit.flat.room for limit in Limit.objects.all()] == ["601"]


def test_another_scheme_asks_for_other_signatures(designing, coordinator):
    adopted(designing, coordinator)
    actions.sign_share(actor=coordinator, flat=flat_of(designing, "602"), on=JUNE)
    adopted(designing, coordinator, chosen("area"))
    assert gates.gate_named("agreement", designing).words == "签了 0／12 户"
