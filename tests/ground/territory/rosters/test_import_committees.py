"""Committees and micro-grids come on record by their sheets."""

import pytest

from expectations import forbidden
from ground.territory.rosters.conftest import changes, faults, figures
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Committee, MicroGrid

COMMITTEES = ("居委会", "区划代码")
GRIDS = ("居委会", "微格", "编号")


def test_new_committees_are_numbered_on(bring, street):
    found = bring("committees", COMMITTEES, ("长风一村居民委员会", ""), ("曹家村", ""), ("白玉", "310107014030"))
    assert figures(found) == (2, 0, 1, 0)
    assert list(Committee.objects.values_list("path", "name").order_by("path"))[2:] == [
        ("310107014030", "白玉"),
        ("310107014031", "曹家村"),
    ]


def test_a_new_committee_has_no_outline_yet(bring, street):
    bring("committees", COMMITTEES, ("曹家村", ""))
    made = Committee.objects.get(name="曹家村")
    assert made.geometry.is_empty
    assert (made.west, made.north) == (street.west, street.north)


def test_the_code_renames(bring, check):
    rows = [("长风壹村", "310107014001")]
    assert changes(check("committees", COMMITTEES, *rows)) == [["居委会名称"]]
    bring("committees", COMMITTEES, *rows)
    assert Committee.objects.get(path="310107014001").name == "长风壹村"
    assert figures(bring("committees", COMMITTEES, *rows)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (("曹家村", "310107099001"), "B2", "不是试验街道的代码"),
        (("中江", "310107014001"), "B2", "中江的代码是 310107014002"),
        (("曹家村", "31010701"), "B2", "不是 12 位数字"),
        (("", "310107014009"), "A2", "空着"),
    ],
)
def test_a_wrong_cell_is_named(check, row, cell, text):
    assert faults(check("committees", COMMITTEES, row))[cell][0] == text


def test_a_committee_does_not_make_committees(check, staff, street):
    west = Committee.objects.get(name="长风一村")
    with forbidden():
        check("committees", COMMITTEES, ("曹家村", ""), actor=staff(Role.COMMITTEE_HEAD, west))


def test_a_number_is_enough_for_a_micro_grid(bring, street):
    found = bring("micro_grids", GRIDS, ("长风一村", "3", ""), ("长风一村", "第四微网格", ""), ("中江", "滨河组", "7"))
    assert figures(found) == (2, 0, 1, 0)
    grids = MicroGrid.objects.order_by("path").values_list("path", "name")
    assert ("310107014001004", "第 4 微网格") in grids
    assert ("310107014002007", "滨河组") in grids


def test_the_number_renames_a_micro_grid(bring):
    bring("micro_grids", GRIDS, ("中江", "滨河组", "1"))
    assert MicroGrid.objects.get(path="310107014002001").name == "滨河组"
    assert figures(bring("micro_grids", GRIDS, ("中江", "滨河组", "1"))) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (("长风九村", "1", ""), "A2", "没有「长风九村」这个居委会"),
        (("", "1", ""), "A2", "空着"),
        (("长风一村", "1", "2"), "C2", "「1」的编号是 1"),
    ],
)
def test_a_wrong_cell_of_a_micro_grid_is_named(check, row, cell, text):
    assert faults(check("micro_grids", GRIDS, row))[cell][0] == text


def test_the_same_micro_grid_twice_is_refused(check):
    found = faults(check("micro_grids", GRIDS, ("中江", "5", ""), ("中江", "第 5 微网格", "")))
    assert found == {"B3": ("和第 2 行重复", "两行留一行")}


def test_a_committee_numbers_its_own_micro_grids(bring, staff, street):
    west = Committee.objects.get(name="长风一村")
    head = staff(Role.COMMITTEE_HEAD, west)
    bring("micro_grids", ("微格", "编号"), ("8", ""), at=west, actor=head)
    assert MicroGrid.objects.get(name="第 8 微网格").committee == west
