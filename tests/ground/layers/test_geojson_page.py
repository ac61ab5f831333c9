import pytest

from xiuhua.ground.layers.registry import Layer, layers, register


@pytest.fixture
def laid_out(subdistrict, plan):
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.territory.actions import lay_out

    lay_out(actor=System("test"), subdistrict=subdistrict, plan=plan)
    return subdistrict


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
        register(Layer("building", "楼栋", lambda path: ()))
