from django.db import transaction

from expectations import refused
from ground.journal.verbs import SYSTEM, rename, settle
from xiuhua.ground.journal.attempts import write_waiting
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.journal.values import opened_values


def attempts():
    return Entry.objects.filter(outcome=Outcome.REFUSED)


def test_a_refusal_is_on_record_and_what_was_said_is_sealed(db):
    subdistrict = settle(actor=SYSTEM).subject
    with refused("名称空着"):
        rename(actor=SYSTEM, subdistrict=subdistrict, name="")
    entry = attempts().get()
    assert entry.facts == {"why": "rule", "fields": ["name"]}
    assert (entry.subject_id, entry.territory) == (str(subdistrict.pk), subdistrict.path)
    assert opened_values(entry) == {"said": "名称空着；请填名称"}


def test_a_refusal_outlives_the_transaction_around_it(committed_db):
    subdistrict = settle(actor=SYSTEM).subject
    with refused("名称空着"), transaction.atomic():
        rename(actor=SYSTEM, subdistrict=subdistrict, name="甲")
        rename(actor=SYSTEM, subdistrict=subdistrict, name="")
    assert not attempts().exists()
    write_waiting()
    assert attempts().count() == 1
    subdistrict.refresh_from_db()
    assert subdistrict.name == "试验街道"


def test_the_next_action_writes_what_waits(committed_db):
    subdistrict = settle(actor=SYSTEM).subject
    with refused("名称空着"), transaction.atomic():
        rename(actor=SYSTEM, subdistrict=subdistrict, name="")
    rename(actor=SYSTEM, subdistrict=subdistrict, name="甲")
    assert attempts().count() == 1
