"""OpenStreetMap tags tell facility types as a planner would."""

from datetime import date

import pytest

from xiuhua.ground import standards
from xiuhua.ground.standards import TagRule

BOOK = standards.on(date(2023, 8, 3))


def types_of(**tags: str) -> set[str]:
    tags = {key.replace("__", ":"): value for key, value in tags.items()}
    return {key for key, kind in BOOK.facility_types.items() if kind.matches(tags)}


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"amenity": "school", "name": "同济小学"}, {"primary_school"}),
        ({"amenity": "school", "name": "同济初级中学"}, {"junior_school"}),
        ({"amenity": "school", "name": "树德中学"}, {"junior_school"}),
        ({"amenity": "school", "name": "成都市第七中学", "isced__level": "3"}, set()),
        ({"amenity": "school", "name": "铁路一中"}, {"junior_school"}),
        ({"amenity": "school", "name": "长江路学校"}, {"primary_school", "junior_school"}),
        ({"amenity": "school", "name": "Kaisaniemen ala-aste"}, {"primary_school"}),
        ({"amenity": "school", "name": "旅游职业学校"}, set()),
        ({"amenity": "school", "isced__level": "1;2"}, {"primary_school", "junior_school"}),
        ({"amenity": "school", "name": "第三高级中学"}, set()),
        ({"amenity": "school", "name": "第三高级中学文昌初中"}, {"junior_school"}),
        ({"amenity": "school", "name": "同济大学设计创意学院"}, set()),
        ({"amenity": "school", "name": "华东师范大学附属学校"}, {"primary_school", "junior_school"}),
        ({"amenity": "school", "name": "教师进修学校"}, set()),
        ({"amenity": "school", "name": "南湖职校第二分校"}, set()),
        ({"amenity": "school", "name": "幼儿高等师范学校"}, set()),
        ({"amenity": "school", "name": "五老村幼儿园"}, {"kindergarten"}),
        ({"amenity": "kindergarten", "name": "第一幼儿园"}, {"kindergarten"}),
        ({"amenity": "childcare", "name": "北京邮电大学幼儿园"}, {"kindergarten"}),
        ({"amenity": "childcare"}, {"nursery"}),
        ({"shop": "supermarket"}, {"market", "shop", "convenience", "shopping_centre"}),
        ({"shop": "greengrocer"}, {"market", "shop"}),
        ({"amenity": "marketplace", "name": "曹杨菜市场"}, {"market"}),
        ({"amenity": "marketplace", "name": "花鸟市场"}, set()),
        ({"amenity": "restaurant", "name": "长者食堂"}, {"restaurant", "canteen"}),
        ({"amenity": "restaurant", "name": "兰州拉面"}, {"restaurant"}),
        ({"amenity": "restaurant", "name": "海鲜自助餐"}, {"restaurant"}),
        ({"amenity": "social_centre", "name": "老年助餐点"}, {"canteen"}),
        ({"amenity": "social_facility", "social_facility__for": "senior"}, {"day_care"}),
        (
            {"amenity": "social_facility", "social_facility": "nursing_home", "social_facility__for": "senior"},
            {"nursing_home", "elder_care_home"},
        ),
        ({"amenity": "community_centre", "name": "文化活动室"}, {"culture_station"}),
        ({"amenity": "community_centre", "name": "枣阳社区"}, {"service_station"}),
        ({"office": "government", "name": "中山桥居民委员会"}, {"service_station"}),
        ({"office": "government", "name": "长风新村街道办事处"}, {"street_office"}),
        ({"amenity": "hospital", "name": "长风街道社区卫生服务中心"}, {"health_centre", "outpatient_clinic"}),
        ({"amenity": "townhall", "name": "曹杨新村街道办事处"}, {"street_office"}),
        ({"amenity": "townhall", "name": "大礼堂"}, set()),
        ({"amenity": "townhall", "name": "秦淮区政府"}, set()),
        ({"amenity": "doctors", "name": "口腔诊所"}, set()),
        ({"amenity": "doctors", "name": "放射科"}, set()),
        ({"amenity": "doctors", "name": "急诊"}, set()),
        ({"amenity": "doctors", "name": "徐医生"}, {"health_station"}),
        ({"amenity": "clinic", "name": "社区卫生服务站"}, {"outpatient_clinic", "health_station"}),
        ({"amenity": "pharmacy"}, {"pharmacy", "shop"}),
        ({"amenity": "pharmacy", "name": "急诊药房"}, set()),
        ({"amenity": "post_office", "name": "顺丰速运"}, {"parcel"}),
        ({"leisure": "park"}, {"park"}),
        ({"leisure": "park", "access": "private"}, set()),
        ({"leisure": "garden"}, set()),
        ({"leisure": "garden", "name": "街心口袋公园"}, {"park"}),
        ({"leisure": "pitch", "sport": "table_tennis"}, {"sports_ground_small"}),
        ({"leisure": "pitch", "sport": "basketball"}, {"sports_ground_small", "sports_ground_medium"}),
        ({"leisure": "fitness_station"}, {"fitness_outdoor", "fitness_equipment"}),
        ({"amenity": "toilets", "access": "customers"}, set()),
        ({"railway": "subway_entrance"}, {"metro"}),
        ({"highway": "bus_stop"}, {"bus_stop"}),
        ({"building": "apartments", "name": "学校路小区"}, set()),
    ],
)
def test_tags_tell_the_type(tags, expected):
    assert types_of(**tags) == expected


def test_conditions_all_hold():
    rule = TagRule((("shop", "*"), ("name", "~生鲜"), ("access", "!private|no")))
    assert rule.matches({"shop": "yes", "alt_name": "钱大妈生鲜"})
    assert not rule.matches({"shop": "yes", "name": "书店"})
    assert not rule.matches({"shop": "yes", "name": "生鲜", "access": "private"})
    assert not rule.matches({"name": "生鲜"})


def test_value_with_several_parts():
    rule = TagRule((("healthcare", "clinic|hospital"),))
    assert rule.matches({"healthcare": "doctor; clinic"})
    assert not rule.matches({"healthcare": "doctor;dentist"})


def test_buildings_by_default():
    defaults = BOOK.buildings
    assert defaults.type_of({"building": "apartments"}).use == "residential"
    assert defaults.type_of({"building": "yes"}).use == "other"
    assert {defaults.type_of({"building": kind}).use for kind in ("kiosk", "shed", "roof", "greenhouse")} == {"shelter"}
    assert defaults.type_of({"building": "yes"}, in_residential_quarter=True).use == "residential"
    assert defaults.type_of({"building": "yes", "shop": "mall"}, in_residential_quarter=True).use == "other"
    assert defaults.type_of({"building": "school"}, in_residential_quarter=True).use == "public"
    assert defaults.residents("residential", 3500) == pytest.approx(90)
    assert defaults.residents("public", 3500) == 0
