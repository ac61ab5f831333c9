import pytest
from shapely import Polygon, box

from xiuhua.ground.journal.actors import System
from xiuhua.ground.territory.actions import found_subdistrict
from xiuhua.ground.territory.queries import area_km2
from xiuhua.ground.verdicts import Refused

SYSTEM = System("test")
AREA = box(121.40, 31.22, 121.42, 31.24)
BOW_TIE = Polygon([(121.40, 31.22), (121.42, 31.24), (121.42, 31.22), (121.40, 31.24)])


def test_a_subdistrict_goes_on_record(db):
    subdistrict = found_subdistrict(actor=SYSTEM, code="310107014", name=" 长风新村街道 ", area=AREA).subject
    assert (subdistrict.path, subdistrict.name, subdistrict.invented) == ("310107014", "长风新村街道", False)
    assert area_km2(subdistrict) == pytest.approx(4.22, rel=0.01)


@pytest.mark.parametrize("code", ["", "31010701", "3101070141", "长风", "０10107014", "910107014"])
def test_a_code_must_have_nine_digits(db, code):
    with pytest.raises(Refused, match="9 位数字"):
        found_subdistrict(actor=SYSTEM, code=code, name="长风", area=AREA)


def test_a_code_is_taken_once(db, subdistrict):
    with pytest.raises(Refused, match="已经在册"):
        found_subdistrict(actor=SYSTEM, code=subdistrict.path, name="另一个", area=AREA)


def test_every_fault_is_named_at_once(db):
    with pytest.raises(Refused) as refused:
        found_subdistrict(actor=SYSTEM, code="1", name=" ", area=BOW_TIE)
    assert [reason.field for reason in refused.value.reasons] == ["code", "name", "area"]
