"""The one map by itself, on hand-made ground: two buildings, a clinic, a wall with a gate."""

import json

import pytest
from playwright.sync_api import Page, expect


def square(x: float, y: float, side: float = 0.0004) -> dict:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(*features: tuple[int, dict, dict]) -> dict:
    made = [
        {"type": "Feature", "id": key, "properties": props, "geometry": geometry} for key, props, geometry in features
    ]
    return {"type": "FeatureCollection", "features": made}


X, Y = 121.4, 31.23
GROUND = {
    "building": collection(
        (1, {"name": "甲楼", "levels": 6, "height": 18}, square(X, Y)),
        (2, {"name": "乙楼", "levels": 18, "height": 54}, square(X + 0.002, Y)),
    ),
    "facility": collection(
        (
            1,
            {"type": "clinic", "icon": "poi-clinic", "name": "卫生站"},
            {"type": "Point", "coordinates": [X + 0.001, Y]},
        )
    ),
    "wall": collection(
        (1, {}, {"type": "LineString", "coordinates": [[X - 0.001, Y - 0.001], [X + 0.003, Y - 0.001]]})
    ),
    "gate": collection((1, {"kind": "private"}, {"type": "Point", "coordinates": [X + 0.001, Y - 0.001]})),
    "green": collection((1, {"name": "小公园"}, square(X, Y + 0.001, 0.001))),
}
DRAW = """async (ground) => {
  const element = document.createElement("div");
  element.className = "xh-map";
  element.id = "probe";
  element.dataset.workerUrl = "/static/vendor/maplibre/maplibre-gl-worker.js";
  element.dataset.spriteUrl = "/static/ui/icons/sprite.svg";
  const sheet = document.querySelector("link[rel=stylesheet]").cloneNode();
  sheet.href = "/static/vendor/maplibre/maplibre-gl.css";
  document.head.append(sheet);
  const main = document.getElementById("main");
  main.replaceChildren(element);
  main.classList.add("is-bleed");
  document.querySelector(".xh-app").classList.add("is-fixed");
  const { createMap } = await import("/static/ui/map/map.js");
  globalThis.probe = await createMap(element, { layers: ground });
  globalThis.picks = [];
  probe.onPick((pick) => picks.push(pick));
}"""

IDLE = "new Promise((resolve) => { probe.map.once('idle', resolve); probe.map.triggerRepaint(); }).then(() => true)"


@pytest.fixture
def mapped(page: Page) -> Page:
    page.goto("/lifecircle/runs/")
    page.evaluate(DRAW, GROUND)
    return page


def test_reach_colours_buildings_and_explains_itself(mapped: Page):
    mapped.evaluate("probe.setReach({ 1: '5', 2: 'out' }); probe.setSought('clinic', '卫生站')")
    mapped.evaluate(IDLE)
    legend = mapped.get_by_role("group", name="图例")
    expect(legend).to_have_text("5 分钟够不到卫生站")
    bands = mapped.evaluate(
        "Object.fromEntries(probe.map.queryRenderedFeatures({ layers: ['building', 'building-out'] })"
        ".map((one) => [one.properties.id, [one.layer.id, one.properties.band]]))"
    )
    assert bands == {"1": ["building", "5"], "2": ["building-out", "out"]}
    assert mapped.evaluate("probe.map.hasImage('sought:poi-clinic') && probe.map.hasImage('xh-hatch')")


def test_colours_change_in_place(mapped: Page):
    mapped.evaluate("probe.setReach({ 1: '5', 2: '5' })")
    mapped.evaluate("probe.setReach({ 1: '15' })")
    mapped.evaluate(IDLE)
    assert mapped.evaluate("probe.data.building.features.map((one) => one.properties.band)") == ["15", "none"]
    expect(mapped.get_by_role("group", name="图例")).to_have_text("15 分钟")


def test_keyboard_picks_the_building_in_the_middle(mapped: Page):
    mapped.evaluate(f"probe.map.jumpTo({{ center: [{X + 0.0002}, {Y + 0.0002}], zoom: 17, pitch: 0 }})")
    mapped.evaluate(IDLE)
    mapped.locator("#probe canvas").focus()
    mapped.keyboard.press("Enter")
    expect(mapped.locator(".maplibregl-popup")).to_contain_text("甲楼")
    assert mapped.evaluate("picks.map((pick) => pick.id)") == [1]
    mapped.keyboard.press("Escape")
    expect(mapped.locator(".maplibregl-popup")).to_have_count(0)
    expect(mapped.locator("#probe canvas")).to_be_focused()


def test_the_view_stands_in_the_address(mapped: Page):
    mapped.evaluate("probe.map.jumpTo({ zoom: 16.5, pitch: 30 })")
    mapped.wait_for_function("location.hash.startsWith('#map=16.5/')")


def test_layers_switch_off_by_keyboard(mapped: Page):
    mapped.get_by_role("button", name="图层").click()
    expect(mapped.get_by_role("checkbox", name="楼栋")).to_be_focused()
    mapped.keyboard.press("Space")
    assert mapped.evaluate("probe.map.getLayoutProperty('building', 'visibility')") == "none"
    mapped.keyboard.press("Escape")
    expect(mapped.get_by_role("checkbox", name="楼栋")).to_be_hidden()
    expect(mapped.get_by_role("button", name="图层")).to_be_focused()


def test_relief_goes_flat_and_back(mapped: Page):
    relief = mapped.get_by_role("button", name="立体")
    expect(relief).to_have_attribute("aria-pressed", "true")
    relief.click()
    expect(relief).to_have_attribute("aria-pressed", "false")


def start_drawing(page: Page) -> None:
    page.evaluate(
        "import('/static/ui/map/draw.js').then((draw) => { globalThis.drawn = 'busy';"
        " draw.drawArea(probe).then((area) => { globalThis.drawn = area; }); })"
    )
    expect(page.locator(".xh-drawbar")).to_be_visible()


def test_an_area_is_drawn_by_clicks(mapped: Page):
    start_drawing(mapped)
    box = mapped.locator("#probe canvas").bounding_box()
    for dx, dy in ((300, 300), (600, 300), (600, 600)):
        mapped.mouse.click(box["x"] + dx, box["y"] + dy)
    expect(mapped.get_by_text("3 个角")).to_be_visible()
    mapped.get_by_role("button", name="画完").click()
    ring = mapped.evaluate("drawn")["coordinates"][0]
    assert len(ring) == 4
    assert ring[0] == ring[-1]
    assert mapped.evaluate("picks") == []


def test_an_area_is_drawn_by_keyboard_and_a_corner_taken_back(mapped: Page):
    start_drawing(mapped)
    for keys in (["Enter"], ["ArrowRight", "Enter"], ["ArrowDown", "Enter"], ["ArrowLeft", "Enter"]):
        for key in keys:
            mapped.keyboard.press(key)
            mapped.wait_for_function("!probe.map.isMoving()")
    mapped.keyboard.press("Backspace")
    expect(mapped.get_by_text("3 个角")).to_be_visible()
    mapped.keyboard.press("f")
    assert len(mapped.evaluate("drawn")["coordinates"][0]) == 4


def test_giving_up_gives_nothing(mapped: Page):
    start_drawing(mapped)
    mapped.keyboard.press("Escape")
    assert mapped.evaluate("drawn") is None
    expect(mapped.locator(".xh-drawbar")).to_have_count(0)


@pytest.mark.parametrize(
    ("corners", "crossed"),
    [
        ([[0, 0], [1, 0], [1, 1], [0, 1]], False),
        ([[0, 0], [1, 1], [1, 0], [0, 1]], True),
        ([[0, 0], [2, 0], [1, 1]], False),
        ([[0, 0], [1, 0]], False),
        ([[0, 0], [3, 0], [3, 3], [1, -1], [0, 3]], True),
    ],
)
def test_an_area_that_crosses_itself_is_noticed(page: Page, corners, crossed):
    page.goto("/lifecircle/runs/")
    call = f"import('/static/ui/map/draw.js').then((draw) => draw.crossesItself({json.dumps(corners)}))"
    assert page.evaluate(call) is crossed


@pytest.mark.parametrize(
    ("seconds", "band"),
    [
        ("0", "5"),
        ("300", "5"),
        ("301", "10"),
        ("600", "10"),
        ("900", "15"),
        ("900.1", "out"),
        ("null", "out"),
        ("NaN", "out"),
    ],
)
def test_bands_end_where_they_say(page: Page, seconds, band):
    page.goto("/lifecircle/runs/")
    assert page.evaluate(f"import('/static/ui/map/bands.js').then((bands) => bands.bandOf({seconds}))") == band


def test_a_missing_layer_is_said_and_the_rest_is_drawn(page: Page, complaints):
    page.goto("/lifecircle/runs/")
    page.evaluate(DRAW, {**GROUND, "water": "/no-such-layer.geojson"})
    expect(page.locator(".xh-mapsay")).to_contain_text("water")
    assert all("404" in complaint for complaint in complaints)
    complaints.clear()
