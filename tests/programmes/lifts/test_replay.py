"""The programme played again: on any day as the rows' dates say, today as they stand, no more than one sees."""

from datetime import date, timedelta

from programmes.lifts.programme import SYSTEM, at_door
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Committee
from xiuhua.programmes.lifts import recorded
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.replay import EPOCH, replay

COLUMNS = (("completed_on", "running"), ("started_on", "building"), ("signed_on", "signed"), ("begun_on", "consult"))


def by_dates(row: Dossier, day: date) -> str:
    """Stage on a day by the dates that stand in the row."""
    return next((stage for name, stage in COLUMNS if (on := getattr(row, name)) and on <= day), "waiting")


def played(told: dict, day: date) -> dict[int, str]:
    """Stages on a day as the script plays them."""
    found = {}
    for dossier, on, stage in told["moves"]:
        if on <= (day - EPOCH).days:
            found[dossier] = told["stages"][stage]
    return found


def test_any_day_is_as_the_rows_dates_say_and_today_as_they_stand(programme):
    told = replay(recorded.moves_of(SYSTEM, programme.path), until=today())
    rows = list(Dossier.objects.exclude(pk=at_door("4 号").pk))
    first = EPOCH + timedelta(days=told["first"])
    assert first == date(2021, 3, 1)
    assert told["moves"] == sorted(told["moves"], key=lambda move: move[1])
    for number in range(0, (today() - first).days + 1, 3):
        day = first + timedelta(days=number)
        then = played(told, day)
        assert {row.pk: then.get(row.pk, "waiting") for row in rows} == {row.pk: by_dates(row, day) for row in rows}
    now = played(told, today())
    assert {row.pk: now.get(row.pk, "waiting") for row in Dossier.objects.all()} == dict(
        Dossier.objects.values_list("pk", "stage")
    )


def test_what_was_set_aside_was_signed_before(programme):
    told = replay(recorded.moves_of(SYSTEM, programme.path), until=today())
    fourth = at_door("4 号").pk
    assert played(told, date(2023, 6, 19))[fourth] == "signed"
    assert played(told, date(2023, 6, 20))[fourth] == "waiting"


def test_nobody_replays_what_they_do_not_see(programme, staff, client_of, django_assert_max_num_queries):
    east = Committee.objects.get(name="东村")
    there = client_of(staff(Role.LIFT_COORDINATOR, at=east)).get("/lifts/replay.json").json()
    assert there["moves"] == []
    leader = staff(Role.LEADER, at=programme)
    assert leader.sees(Sight.LIFTS)
    with django_assert_max_num_queries(2):
        moves = recorded.moves_of(leader, programme.path)
    assert client_of(leader).get("/lifts/replay.json").json()["moves"] == replay(moves, until=today())["moves"]
