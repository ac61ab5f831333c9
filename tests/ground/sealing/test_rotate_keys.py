"""Keys are changed while the office works on; interrupted at any moment, it is taken up again."""

import threading
from contextlib import contextmanager, nullcontext

import pytest
from django.db import connection, transaction

from ground.sealing.app.models import Neighbour, Wrapped
from xiuhua.ground.sealing import rotation, stores
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.sealing.keyring import add_key, forget, keyring
from xiuhua.ground.sealing.rotation import Rotated, rotate
from xiuhua.ground.sealing.seal import key_id, resealed, seal, unseal
from xiuhua.ground.sealing.tokens import Token
from xiuhua.ground.verdicts import Refused

COUNT = 7


class Killed(BaseException):
    """What ends a process in the middle."""


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """Batches of three rows, and nobody to wait for."""
    monkeypatch.setattr(stores, "BATCH", 3)
    monkeypatch.setattr(stores, "BREATH", 0)
    monkeypatch.setattr(rotation, "PAUSE", 0)
    monkeypatch.setattr(rotation, "ROUNDS", 3)


@pytest.fixture
def neighbours(home, db):
    return some_neighbours()


def some_neighbours():
    Neighbour.objects.create(name="空")
    return [Neighbour.objects.create(name=str(n), phone=f"1380000000{n}", notes=f"记{n}") for n in range(COUNT)]


def keys_in_use():
    rows = Neighbour.objects.exclude(phone="").values_list("phone", "phone_index", "notes")
    return {key_id(value) for row in rows for value in row}


def everything():
    return [(row.name, row.phone, row.notes) for row in Neighbour.objects.order_by("pk")]


def still_whole(before):
    return everything() == before and all(
        Neighbour.objects.filter(sealed_equals(Neighbour, "phone", phone)).get().name == name
        for name, phone, _notes in before
        if phone
    )


def test_everything_comes_under_a_new_key(neighbours):
    before, old = everything(), keyring().current

    rotated = rotate()

    assert rotated == Rotated(keyring().current, moved=COUNT)
    assert keyring().ids == (rotated.kid, old)
    assert keys_in_use() == {rotated.kid}
    assert still_whole(before)
    assert Neighbour.objects.filter(phone="", phone_index="", notes="").count() == 1


def test_progress_ends_at_the_whole(neighbours):
    told = []

    rotate(progress=lambda stage, share: told.append(share))

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_with_nothing_sealed_there_is_a_new_key_all_the_same(home, db):
    first = keyring().current

    assert rotate().moved == 0
    assert keyring().current != first


def test_resumed_with_nothing_left_nothing_happens(neighbours):
    tokens = list(Neighbour.objects.values_list("phone", flat=True))

    assert rotate(resume=True) == Rotated(keyring().current)
    assert list(Neighbour.objects.values_list("phone", flat=True)) == tokens
    assert len(keyring().ids) == 1


def test_a_key_that_was_only_added_is_taken_up(neighbours):
    kid = add_key()

    assert rotate() == Rotated(kid, moved=COUNT)
    assert len(keyring().ids) == 2


@contextmanager
def killed_at(statement):
    """End at the nth statement that concerns the neighbours."""
    left = iter(range(statement))

    def count(execute, sql, params, many, context):
        if "sealing_app_neighbour" in sql and next(left, None) is None:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


@pytest.mark.parametrize("statement", [0, 1, 2, 3, 4, 6, 7, 8, 11, 13, 14])
def test_interrupted_at_any_statement_it_is_taken_up(home, committed_db, statement):
    some_neighbours()
    before = everything()

    with pytest.raises(Killed), killed_at(statement):
        rotate()
    assert still_whole(before)
    rotate()

    assert still_whole(before)
    assert keys_in_use() == {keyring().current}
    assert len(keyring().ids) == 2


def test_interrupted_between_transactions_what_is_done_stays_done(neighbours):
    before = everything()

    def kill(stage, share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(progress=kill)

    assert len(keys_in_use()) == 2
    assert still_whole(before)
    assert rotate() == Rotated(keyring().current, moved=COUNT - 3)
    assert len(keyring().ids) == 2
    assert still_whole(before)


def test_a_row_changed_between_reading_and_writing_keeps_the_change(neighbours, monkeypatch):
    changed = []

    def meanwhile(token, kid, *place):
        if not changed:
            changed.append(Neighbour.objects.get(name="1"))
            changed[0].phone = "62571234"
            changed[0].save()
        return resealed(token, kid, *place)

    monkeypatch.setattr(stores, "resealed", meanwhile)
    rotated = rotate()

    assert rotated.left == 0
    assert Neighbour.objects.get(name="1").phone == "62571234"
    assert Neighbour.objects.get(sealed_equals(Neighbour, "phone", "62571234")).name == "1"
    assert keys_in_use() == {rotated.kid}


def test_a_row_that_another_process_holds_is_waited_for(home, committed_db, monkeypatch):
    monkeypatch.setattr(rotation, "PAUSE", 0.1)
    monkeypatch.setattr(rotation, "ROUNDS", 100)
    for number in range(COUNT):
        Neighbour.objects.create(name=str(number), phone=f"1380000000{number}")
    old, holds, let_go = keyring().current, threading.Event(), threading.Event()

    def work():
        with transaction.atomic():
            row = Neighbour.objects.select_for_update().get(name="1")
            row.phone = "62571234"
            row.save()
            holds.set()
            let_go.wait(0.5)
        connection.close()

    other = threading.Thread(target=work)
    other.start()
    holds.wait()
    rotated = rotate()
    let_go.set()
    other.join()

    assert rotated == Rotated(keyring().current, moved=COUNT)
    assert old in keyring().ids
    assert Neighbour.objects.get(name="1").phone == "62571234"
    assert keys_in_use() - {""} == {rotated.kid}


def test_rows_that_somebody_goes_on_sealing_under_the_old_key_are_told(neighbours, monkeypatch):
    old = keyring().current

    def stubborn(stage, share):
        row = Neighbour.objects.get(name="1")
        token = seal("1", "sealing_app_neighbour", "phone", str(row.seal_id), kid=old)
        Neighbour.objects.filter(pk=row.pk).update(phone=Token(token))

    rotated = rotate(progress=stubborn)

    assert (rotated.left, rotated.broken) == (1, ())
    assert rotate().left == 0
    assert Neighbour.objects.get(name="1").phone == "1"


def test_a_value_that_does_not_open_is_told_and_left_as_it_is(neighbours):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealing_app_neighbour SET notes = phone WHERE name = '1'")

    rotated = rotate()

    assert (rotated.moved, rotated.left) == (COUNT - 1, 1)
    assert "sealing_app_neighbour notes" in rotated.broken[0]
    assert key_id(Neighbour.objects.values_list("notes", flat=True).get(name="1")) != rotated.kid


def test_without_the_old_key_nothing_is_lost(neighbours, settings):
    tokens = list(Neighbour.objects.order_by("pk").values_list("phone", flat=True))
    old = keyring().current
    add_key()
    lines = settings.KEYS_FILE.read_text().splitlines()
    settings.KEYS_FILE.write_text("\n".join(line for line in lines if not line.startswith(f"{old}:")))
    (settings.DATA / "keys.ids").unlink()
    forget()

    with pytest.raises(Refused, match=old):
        rotate()
    assert list(Neighbour.objects.order_by("pk").values_list("phone", flat=True)) == tokens


def test_a_ring_from_the_environment_is_turned_by_its_owner(neighbours, settings):
    text = settings.KEYS_FILE.read_text()
    settings.KEYS = text

    with pytest.raises(Refused, match="XIUHUA_KEYS"):
        rotate()
    settings.KEYS = "k2:" + "QUFB" * 10 + "QUE=" + f"\n{text}"
    assert rotate() == Rotated("k2", moved=COUNT)


@pytest.fixture
def aside(monkeypatch):
    """Nothing of what higher rooms registered."""
    monkeypatch.setattr(rotation, "_also", [])
    monkeypatch.setattr(rotation, "_listeners", [])
    monkeypatch.setattr(stores, "_contexts", [])


def test_what_lies_sealed_elsewhere_comes_along(home, db, aside):
    def fresh(row, kid):
        return {"token": resealed(row["token"], kid, "wrapped", row["owner"])}

    rotation.also(stores.Table(Wrapped, ["token"], fresh, needs=["owner"]))
    row = Wrapped.objects.create(owner="甲", token=seal("密", "wrapped", "甲"))

    rotated = rotate()

    row.refresh_from_db()
    assert rotated == Rotated(keyring().current, moved=1)
    assert key_id(row.token) == rotated.kid
    assert unseal(row.token, "wrapped", "甲") == "密"


def test_each_transaction_runs_inside_what_it_was_told(neighbours, aside):
    entered = []

    @contextmanager
    def watch():
        entered.append(len(entered))
        yield

    stores.inside(watch)
    stores.inside(nullcontext)
    rotate()

    assert entered == [0, 1, 2]


def test_somebody_is_told_of_the_key_and_of_the_end(neighbours, aside):
    told = []
    rotation.told_by(told.append)

    rotated = rotate()

    assert told == [Rotated(rotated.kid, added=True, left=COUNT), rotated]


def test_values_are_counted_by_key(neighbours):
    old, new = keyring().current, add_key()
    Neighbour.objects.create(name="新", notes="记")

    (table,) = [table for table in stores.tables() if table.model is Neighbour]
    assert table.counts((new, old)) == {new: 1, old: 3 * COUNT}
    assert table.left(new) == COUNT
