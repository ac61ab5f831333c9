import pytest
from django.db import DatabaseError, connection, transaction
from shapely import box

from expectations import by_hand, forbidden
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import Reason, Refused

SYSTEM = System("test")


def only_the_system(actor, **_):
    return isinstance(actor, System)


@action("test.found", says="建街道", permits=only_the_system)
def found(*, actor, path, refuse=False):
    subdistrict = Subdistrict.objects.create(path=path, name="试验街道", **placed(box(121.0, 31.0, 121.1, 31.1)))
    if refuse:
        raise Refused(Reason("不行", mend="换一个"))
    return Done(subdistrict, {"rows": 1})


def test_a_verb_changes_and_is_recorded(db, noon):
    done = found(actor=SYSTEM, path="310107014")
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.at) == ("test.found", "system:test", noon)
    assert (entry.subject_type, entry.subject_id) == ("territory.subdistrict", str(done.subject.pk))
    assert (entry.territory, entry.facts) == ("310107014", {"rows": 1})


def test_what_the_actor_may_not_do_leaves_nothing(db):
    with forbidden():
        found(actor=Visitor(), path="310107014")
    assert not Subdistrict.objects.exists()
    entry = Entry.objects.get()
    assert (entry.outcome, entry.verb, entry.actor) == (Outcome.REFUSED, "test.found", "visitor")


def test_what_the_rules_refuse_leaves_nothing(db):
    with pytest.raises(Refused, match="不行；换一个"):
        found(actor=SYSTEM, path="310107014", refuse=True)
    assert not Subdistrict.objects.exists()
    assert Entry.objects.get().outcome == Outcome.REFUSED


def _refused_by_the_database(statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        by_hand(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET actor = 'someone'", "DELETE FROM journal_entry"], ids=["update", "delete"]
)
def test_the_database_itself_refuses_to_change_the_journal(db, statement):
    found(actor=SYSTEM, path="310107014")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        by_hand(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.get().actor == "system:test"


def test_postgresql_refuses_to_truncate_the_journal(db):
    found(actor=SYSTEM, path="310107014")
    emptying = {"postgresql": "TRUNCATE journal_entry CASCADE", "sqlite": "DELETE FROM journal_entry WHERE 1"}
    statement = emptying[connection.vendor]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        by_hand(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_an_entry_in_hand_can_neither_be_saved_again_nor_deleted(db):
    found(actor=SYSTEM, path="310107014")
    entry = Entry.objects.get()
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()
