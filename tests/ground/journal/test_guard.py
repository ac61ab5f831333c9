import pytest

from expectations import by_hand
from ground.journal.verbs import SYSTEM, settle
from xiuhua.ground.journal.guard import WroteOutsideAction
from xiuhua.ground.territory.models import Subdistrict


@pytest.mark.parametrize(
    "write",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: Subdistrict.objects.update(name="乙"),
        lambda row: Subdistrict.objects.bulk_create([Subdistrict(path="310107015", name="丙")]),
    ],
    ids=["save", "delete", "update", "bulk"],
)
def test_a_write_outside_an_action_fails(db, write):
    subdistrict = settle(actor=SYSTEM).subject
    with pytest.raises(WroteOutsideAction, match="territory_subdistrict"):
        write(subdistrict)


def test_a_test_may_write_by_hand(db):
    subdistrict = settle(actor=SYSTEM).subject
    with by_hand():
        Subdistrict.objects.update(name="乙")
    subdistrict.refresh_from_db()
    assert subdistrict.name == "乙"
