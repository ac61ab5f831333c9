"""What the record calls rows of the territory: as far as its reader sees them."""

from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import ask_binding
from xiuhua.ground.territory.models import Facility, MicroGrid


def called(reader, *rows):
    found = naming.named([(row._meta.label_lower, str(row.pk)) for row in rows], reader)
    return [found[row._meta.label_lower, str(row.pk)] for row in rows]


def test_each_kind_of_row_has_its_name_and_its_page(town, worker, dweller):
    binding = ask_binding(actor=dweller, stairwell=town.stairwell, room="501", name="王秀英").subject
    rows = [town.subdistrict, town.west, MicroGrid.objects.get(), town.house, town.stairwell, town.household]
    rows += [town.granny, Facility.objects.get(), binding]
    names = called(worker, *rows)
    assert [name.text for name in names] == [
        "试验街道",
        "西村",
        "第 1 微网格",
        "枣阳路 1 号",
        "枣阳路 1 号1 号",
        "枣阳路 1 号1 号501室",
        "王**（枣阳路 1 号1 号501室）",
        "枣阳菜场",
        "枣阳路 1 号1 号501室",
    ]
    assert [name.url for name in names] == [row.get_absolute_url() for row in rows]


def test_what_the_reader_does_not_see_is_told_by_kind_and_number(town, worker, staff):
    (stranger,) = called(worker, town.stranger)
    assert (stranger.text, stranger.url) == (f"居民 {town.stranger.pk}", "")
    (household,) = called(staff(Role.CENTRE_STAFF, at=town.west), town.household)
    assert household.text == f"住户 {town.household.pk}"


def test_a_number_that_is_none_is_no_row(worker, town):
    assert naming.named([("territory.resident", "x")], worker)["territory.resident", "x"].text == "居民 x"


def test_the_system_is_named_by_what_it_does(town):
    told = naming.actors_named([System("import").reference, System("demo").reference], System("test"))
    assert set(told.values()) == {"导入地图", "建演示街道"}
