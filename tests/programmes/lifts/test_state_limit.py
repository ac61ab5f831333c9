import pytest

from expectations import by_hand, forbidden, refused
from programmes.lifts.money_cases import MAY, chosen
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.clock import now
from xiuhua.ground.journal.models import Entry, Sealed
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Flat, Limit, Scheme


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


def told(dossier, actor, limits):
    for room, yuan in limits.items():
        flat = Flat.objects.get(dossier=dossier, room=room)
        actions.state_limit(actor=actor, flat=flat, amount_fen=yuan * 100, on=MAY)


def drafted(dossier, actor, **more):
    choice = chosen("consent", within="equal", **more)
    return actions.draft_scheme(actor=actor, dossier=dossier, choice=choice, on=MAY).subject


def test_it_works(designing, coordinator):
    """Used by one way alone, which says how many are kept; a later word takes the place of an earlier one."""
    told(designing, coordinator, {"301": 1, "602": 66_613, "601": 66_613, "402": 45_117})
    told(designing, coordinator, {"301": 30_217})

    scheme = drafted(designing, coordinator)
    assert (scheme.limits_used, scheme.limits_kept) == (4, 4)
    assert sum(line.amount_fen for line in scheme.lines.all()) == scheme.residents_fen
    assert Limit.objects.count() == 4


def test_it_stands_nowhere_that_can_be_read(designing, coordinator, client):
    """Neither in the record, its sealed side, the row itself, nor on a page, in an export or the API."""
    told(designing, coordinator, {"301": 30_217, "602": 66_613, "601": 66_613})
    entries = Entry.objects.filter(verb="lifts.state_limit")
    assert [entry.facts for entry in entries] == [{"on": "2023-05-01"}] * 3
    assert not Sealed.objects.filter(entry__in=entries).exists()
    assert all("3021700" not in str(row) for row in Limit.objects.values())

    client.force_login(coordinator)
    base = f"/lifts/dossiers/{designing.pk}/"
    for address in ("", "shares/", "shares/?kind=consent", "shares/try/?kind=consent&total=720000", "money/"):
        answer = client.get(base + address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert not any(amount in text for amount in ("30217", "30,217", "66613", "66,613", "3021700")), address


def test_too_few_are_not_used(designing, coordinator):
    told(designing, coordinator, {"301": 30_000, "602": 60_000})
    with refused("说过心里价位的不到 3 户"):
        drafted(designing, coordinator)


def test_nobody_tries_them_out(designing, coordinator):
    """Neither by leaving families out nor by working it out time and again."""
    told(designing, coordinator, {"301": 30_000, "602": 60_000, "601": 60_000})
    with refused("不能去掉某一户"):
        drafted(designing, coordinator, left=frozenset({Flat.objects.get(dossier=designing, room="301").pk}))
    for _ in range(3):
        drafted(designing, coordinator)
    with refused("已经起了 3 稿"):
        drafted(designing, coordinator)
    assert Scheme.objects.filter(kind="consent").count() == 3


def test_an_owner_for_their_own_flat_alone(designing):
    own, other = (Flat.objects.get(dossier=designing, room=room) for room in ("301", "602"))
    with by_hand():
        phone = own.owners.get().phone
        owner = User.objects.create(username="r1", name="业主", kind=Kind.RESIDENT, phone=phone, made_at=now())
    actions.state_limit(actor=owner, flat=own, amount_fen=3_000_000, on=MAY)
    with forbidden():
        actions.state_limit(actor=owner, flat=other, amount_fen=3_000_000, on=MAY)


def test_less_than_nothing_is_refused_without_saying_it_again(designing, coordinator):
    flat = Flat.objects.get(dossier=designing, room="301")
    with pytest.raises(Refused, match="这个数不对") as refusal:
        actions.state_limit(actor=coordinator, flat=flat, amount_fen=-3_021_700, on=MAY)
    assert "30217" not in str(refusal.value)
