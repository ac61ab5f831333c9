import pytest
from django.test import Client

from xiuhua.ground.layers.registry import Layer, layers, register
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Committee


@pytest.fixture
def laid_out(subdistrict, plan):
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.territory.actions import lay_out

    lay_out(actor=System("test"), subdistrict=subdistrict, plan=plan)
    return subdistrict


@pytest.fixture
def client(worker_of, client_of):
    return client_of(worker_of(Role.LEADER, "310107014"))


def test_a_layer_is_geojson(client, laid_out):
    answer = client.get("/map/310107014/building.geojson")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/geo+json"
    features = answer.json()["features"]
    assert [feature["properties"]["levels"] for feature in features] == [6, 6]
    assert features[0]["geometry"]["coordinates"][0][0] == [121.405, 31.23]


def test_every_registered_layer_answers(client, laid_out):
    for layer in layers():
        assert client.get(f"/map/310107014/{layer.name}.geojson").status_code == 200


def test_an_unchanged_layer_is_not_sent_again(client, laid_out):
    first = client.get("/map/310107014/street.geojson")
    again = client.get("/map/310107014/street.geojson", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/map/310107014/nothing.geojson", "/map/somewhere/building.geojson"])
def test_what_is_not_there_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_a_layer_is_registered_once():
    with pytest.raises(ValueError, match="registered twice"):
        register(Layer("building", "楼栋", lambda path, seer: ()))


def test_a_worker_of_one_committee_sees_its_buildings_only(worker_of, client_of, laid_out):
    west, east = Committee.objects.order_by("path")
    browser = client_of(worker_of(Role.GRID_WORKER, west.path))
    shown = {
        name: browser.get(f"/map/310107014/{name}.geojson").json()["features"] for name in ("building", "committee")
    }
    assert {feature["id"] for feature in shown["building"]} == set(west.buildings.values_list("pk", flat=True))
    assert [feature["properties"]["name"] for feature in shown["committee"]] == [west.name]
    assert browser.get(f"/map/{east.path}/building.geojson").json()["features"] == []


def test_who_holds_no_role_sees_no_layer(client, worker_of, client_of, laid_out):
    browser = client_of(worker_of(Role.AUDIT_ADMIN, "310107014"))
    assert browser.get("/map/310107014/building.geojson").status_code == 403


def test_a_visitor_is_asked_to_sign_in(laid_out):
    assert Client().get("/map/310107014/building.geojson").status_code == 302
