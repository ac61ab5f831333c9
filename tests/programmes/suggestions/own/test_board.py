"""你说我做: the public board."""

import pytest
from django.test import Client

from expectations import by_hand
from programmes.suggestions.conftest import VISITOR
from xiuhua.programmes.suggestions import actions, queries
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.sorting.alike import metres_between


@pytest.fixture
def published(answered, head, colleague):
    actions.draft_publication(
        actor=head,
        suggestion=answered,
        title="坡口被共享单车占满",
        words="路口三个坡口每天早上都被占满。",
        answer="已经画好禁停线。",
    )
    return actions.publish(actor=colleague, suggestion=answered).subject


def test_everybody_reads_what_was_published(published):
    body = Client().get("/say/board/").content.decode()
    assert "坡口被共享单车占满" in body
    assert "已经画好禁停线" in body
    one = Client().get(f"/say/board/{published.subdistrict}/{published.number}/").content.decode()
    assert "路口三个坡口每天早上都被占满" in one


def test_nothing_of_the_person_stands_there(published):
    for address in ("/say/board/", f"/say/board/{published.subdistrict}/{published.number}/"):
        body = Client().get(address).content.decode()
        assert not any(word in body for word in ("王", "138", "推着母亲", published.token))


def test_what_was_not_published_is_not_there(answered):
    assert Client().get(f"/say/board/{answered.subdistrict}/{answered.number}/").status_code == 404
    assert answered.title not in Client().get("/say/board/").content.decode()


def test_what_is_taken_up_again_is_not_told_as_done(published):
    actions.reopen(actor=VISITOR, suggestion=published, words="坡口还是被占着", token=published.token)
    assert "正在重新办" in Client().get("/say/board/").content.decode()


def test_it_is_found_by_its_category(published):
    assert "坡口被共享单车占满" in Client().get("/say/board/?category=slow_mobility").content.decode()
    assert "坡口被共享单车占满" not in Client().get("/say/board/?category=housing").content.decode()
    assert Client().get("/say/board/?category=moon&page=x").status_code == 200


def test_a_project_tells_whose_idea_it_was(published, head, colleague, project, client_of):
    actions.adopt(actor=head, suggestion=published, project=project, words="坡口放进了这个项目，年底前做好。")
    assert published.title in client_of(head).get(project.get_absolute_url()).content.decode()
    published.refresh_from_db()
    assert Client().get("/say/board/map/").status_code == 200
    assert Client().get("/say/board/points.geojson").json()["features"] == []


@pytest.fixture
def from_home(say, head, colleague):
    """What somebody said from their own door, published."""
    said = say(lon=121.4045123, lat=31.2300456, place="枣阳路1号3楼")
    with by_hand():
        Suggestion.objects.filter(pk=said.pk).update(place="枣阳路1号3楼")
    said = actions.accept(actor=head, suggestion=said).subject
    actions.draft_publication(actor=head, suggestion=said, title="坡口被占", words="路口的坡口每天被占满。")
    return actions.publish(actor=colleague, suggestion=said).subject


def test_nobody_finds_the_door_of_whoever_said_it(from_home):
    (feature,) = Client().get("/say/board/points.geojson").json()["features"]
    lon, lat = feature["geometry"]["coordinates"]
    assert 4 < metres_between(lon, lat, from_home.lon, from_home.lat) < 40
    one = Client().get(f"/say/board/{from_home.subdistrict}/{from_home.number}/").content.decode()
    (told,) = Client().get("/api/v1/suggestions/board").json()["items"]
    city = Client().get(f"/open311/v2/requests/{from_home.number}.json").json()[0]
    assert f"lon={lon}&amp;lat={lat}" in one
    assert (told["lon"], told["lat"], told["place"]) == (lon, lat, "枣阳路")
    assert (city["long"], city["lat"], city["address"]) == (lon, lat, "枣阳路")
    pages = [one, *(Client().get(f"/say/board/{page}").content.decode() for page in ("", "map/"))]
    assert all("枣阳路" in page and "1号" not in page and "121.4045123" not in page for page in pages)


def test_where_it_is_is_never_said_in_the_persons_own_words(say, town):
    said = say(lon=121.4045123, lat=31.2300456)
    said.place = "李阿婆家楼下（她独居，钥匙在门垫下）"
    assert queries.public_place(said) == "枣阳路"
    said.place = "枣阳路1号李阿婆家门口"
    assert queries.public_place(said) == "枣阳路"
    said.place, said.lon, said.lat = "李阿婆家楼下", None, None
    assert queries.public_place(said) == ""


def test_whoever_looks_it_over_sees_the_place_that_goes_public(from_home, head, client_of):
    actions.draft_publication(actor=head, suggestion=from_home, title="坡口被占", words="坡口每天被占满。")
    page = client_of(head).get(f"/suggestions/{from_home.pk}/publish/").content.decode()
    lon, lat = queries.public_point(from_home)
    assert from_home.public_place in page
    assert f"?lon={lon}&amp;lat={lat}" in page


def test_a_project_that_is_not_public_is_not_named(published, head, project):
    actions.adopt(actor=head, suggestion=published, project=project, words="坡口放进了这个项目，年底前做好。")
    with by_hand():
        Suggestion.objects.filter(pk=published.pk).update(public_answer="", lon=121.4045, lat=31.23)
    one = f"/say/board/{published.subdistrict}/{published.number}/"
    for address in ("/say/board/", "/say/board/points.geojson", one):
        body = Client().get(address).content.decode()
        assert "坡口被共享单车占满" in body
        assert project.name not in body


def test_the_office_says_which_place_goes_public(answered, head):
    drafted = actions.draft_publication(
        actor=head, suggestion=answered, title="坡口被占", words="坡口每天被占满。", place="云岭东路东段"
    ).subject
    assert drafted.public_place == "云岭东路东段"


def test_a_code_s_place_stands_where_it_is(say, town, head):
    spot = actions.make_spot(actor=head, subdistrict=town, name="枣阳路 1 号 活动室", lon=121.4045123, lat=31.2300456)
    said = say(lon=spot.subject.lon, lat=spot.subject.lat)
    said.spot, said.place = spot.subject, spot.subject.name
    assert queries.public_point(said) == (121.4045123, 31.2300456)
    assert queries.public_place(said) == "枣阳路 1 号 活动室"


def test_the_ground_around_a_point_is_everybodys(town):
    near = Client().get("/say/near.json?lon=121.4045&lat=31.2300").json()
    assert near == {"inside": True, "name": "枣阳路 1 号", "committee": "西村"}
    assert Client().get("/say/near.json?lon=121.5&lat=31.23").json() == {"inside": False, "name": ""}
    assert Client().get("/say/around.svg?lon=121.4045&lat=31.23").content.startswith(b"<svg")
    assert Client().get("/say/around.svg?lon=x").status_code == 404
    assert Client().get("/say/ground/street.geojson").json()["features"]
    assert Client().get("/say/ground/suggestion.geojson").status_code == 404
