import pytest
from django.urls import NoReverseMatch, path
from django.views.generic import View

from xiuhua.ground.scope.grants import Grant, Holder
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.ui import navigation

pytestmark = pytest.mark.usefixtures("empty_navigation")

page = View.as_view()
urlpatterns = [
    path("map/", page, name="map"),
    path("map/layers/", page, name="layers"),
    path("lifts/", page, name="lifts"),
]


@pytest.fixture(autouse=True)
def three_pages(settings) -> None:
    settings.ROOT_URLCONF = __name__


def test_groups_stand_in_the_order_of_the_day_and_empty_ones_are_left_out():
    navigation.register("办", "加装电梯", "lifts")
    navigation.register("看", "图层", "layers", order=20)
    navigation.register("看", "一张图", "map", order=10)
    groups = navigation.groups_for("/")
    assert [(group.key, [link.title for link in group.links]) for group in groups] == [
        ("看", ["一张图", "图层"]),
        ("办", ["加装电梯"]),
    ]
    assert not any(group.open for group in groups)


def test_the_page_one_is_in_is_the_closest_one():
    navigation.register("看", "一张图", "map")
    navigation.register("看", "图层", "layers")
    [group] = navigation.groups_for("/map/layers/7/")
    assert [link.title for link in group.links if link.current] == ["图层"]
    assert group.open


def test_an_unknown_group_is_refused():
    with pytest.raises(ValueError, match="no navigation group"):
        navigation.register("玩", "游戏", "map")


def test_a_page_is_registered_once():
    navigation.register("看", "一张图", "map")
    with pytest.raises(ValueError, match="twice"):
        navigation.register("看", "一张图", "map")


def test_a_page_that_does_not_exist_is_a_mistake_not_a_gap():
    navigation.register("看", "没有", "nowhere")
    with pytest.raises(NoReverseMatch):
        navigation.groups_for("/")


class Reader(Holder):
    def __init__(self, *roles: Role) -> None:
        self._grants = tuple(Grant(role, "310107014") for role in roles)

    @property
    def grants(self) -> tuple[Grant, ...]:
        return self._grants


def titles(reader=None, request=None) -> list[str]:
    return [link.title for group in navigation.groups_for("/", reader, request) for link in group.links]


def test_a_page_is_shown_to_those_who_may_open_it():
    navigation.register("看", "一张图", "map")
    navigation.register("管", "人员与权限", "lifts", sight=Sight.STAFF)
    assert titles() == ["一张图"]
    assert titles(Reader()) == ["一张图"]
    assert titles(Reader(Role.GRID_WORKER)) == ["一张图"]
    assert titles(Reader(Role.GRID_WORKER, Role.SYSTEM_ADMIN)) == ["一张图", "人员与权限"]


def test_a_page_may_ask_for_more_than_a_sight():
    navigation.register("管", "名册", "lifts", sight=Sight.PLACES, when=lambda reader: reader.holds(Role.SYSTEM_ADMIN))
    assert titles() == []
    assert titles(Reader(Role.PRIVACY_OFFICER)) == []
    assert titles(Reader(Role.SYSTEM_ADMIN)) == ["名册"]


def test_administration_stands_last_and_quiet():
    navigation.register("管", "人员与权限", "lifts")
    navigation.register("办", "加装电梯", "map")
    groups = navigation.groups_for("/")
    assert [(group.key, group.quiet) for group in groups] == [("办", False), ("管", True)]


@pytest.mark.parametrize(("waiting", "badge"), [(12, 12), (0, None), (None, None), ("99+", "99+")])
def test_a_link_may_say_what_waits_behind_it(rf, waiting, badge):
    navigation.register("办", "加装电梯", "map", badge=lambda request: waiting)
    [group] = navigation.groups_for("/", None, rf.get("/"))
    assert group.links[0].badge == badge


def test_what_waits_is_not_asked_for_a_page_one_may_not_open(rf):
    navigation.register("管", "任务", "map", sight=Sight.JOBS, badge=lambda request: pytest.fail("asked"))
    assert titles(Reader(), rf.get("/")) == []
