import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from shapely import box

from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import Reason, Refused

SYSTEM = System("test")


@action("test.found", permits=lambda actor, **_: isinstance(actor, System))
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
    with pytest.raises(PermissionDenied):
        found(actor=Visitor(), path="310107014")
    assert not Subdistrict.objects.exists()
    assert not Entry.objects.exists()


def test_what_the_rules_refuse_leaves_nothing(db):
    with pytest.raises(Refused, match="不行；换一个"):
        found(actor=SYSTEM, path="310107014", refuse=True)
    assert not Subdistrict.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET actor = 'someone'", "DELETE FROM journal_entry"], ids=["update", "delete"]
)
def test_the_database_itself_refuses_to_change_the_journal(db, statement):
    found(actor=SYSTEM, path="310107014")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().actor == "system:test"


def test_postgresql_refuses_to_truncate_the_journal(db):
    found(actor=SYSTEM, path="310107014")
    statement = "TRUNCATE journal_entry" if connection.vendor == "postgresql" else "DELETE FROM journal_entry WHERE 1"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_an_entry_in_hand_can_neither_be_saved_again_nor_deleted(db):
    found(actor=SYSTEM, path="310107014")
    entry = Entry.objects.get()
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()
