"""``lifecircle.html`` opened from a folder: it draws, answers, speaks English, and asks nobody for anything."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.sizes import OFFICE, PHONE
from xiuhua.programmes.lifecircle import work

SAMPLE = Path(__file__).parents[2] / "samples" / "shanghai-tongji.osm.pbf"
DRAWN = "html[data-drawn]"
LONG_MS = 60_000


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "out"
    work.carry_out(work.Order(SAMPLE, out, personas=("adult", "wheelchair")), as_json=True)
    return out / "lifecircle.html"


@pytest.fixture
def opened(chromium: Browser, report: Path, request: pytest.FixtureRequest):
    """A page with the report in it, and every address that it asked."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda call: asked.append(call.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(report.as_uri())
    page.wait_for_selector(DRAWN, timeout=LONG_MS)
    yield page
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    context.close()


both = pytest.mark.parametrize("opened", [OFFICE, PHONE], indirect=True, ids=["office", "phone"])
office = pytest.mark.parametrize("opened", [OFFICE], indirect=True, ids=["office"])


@both
def test_opens_without_overflow_and_bars_nobody(opened: Page, barriers):
    width, inner = opened.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= inner
    assert float(opened.inner_text(".lc-hero").split()[0]) > 0
    assert "OpenStreetMap" in opened.inner_text(".maplibregl-ctrl-attrib")
    assert barriers(opened) == []


@office
def test_answers_with_the_figures_of_the_tables(opened: Page):
    facts = json.loads(opened.inner_text("#data") or opened.evaluate("document.getElementById('data').textContent"))
    market = next(place for place, kind in enumerate(facts["types"]) if kind["key"] == "market")
    opened.select_option("#type", str(market))
    opened.check("input[name=persona][value='1']", force=True)
    opened.check("input[name=minutes][value='1']", force=True)
    share = facts["personas"][1]["shares"][1][market]
    assert opened.inner_text(".lc-hero").startswith(f"{100 * share:.1f}")
    assert "type=market" in opened.url
    assert "persona=wheelchair" in opened.url


@office
def test_table_marks_the_type_asked_for(opened: Page):
    facts = json.loads(opened.evaluate("document.getElementById('data').textContent"))
    bus = next(place for place, kind in enumerate(facts["types"]) if kind["key"] == "bus_stop")
    opened.select_option("#type", str(bus))
    shown = opened.inner_text("#coverage tr.is-picked").split()
    shares = [f"{100 * row[bus]:.0f}%" for row in facts["personas"][0]["shares"]]
    assert [word for word in shown if word.endswith("%")] == shares


@office
def test_speaks_english_by_switch(opened: Page):
    opened.click("#lang")
    assert opened.evaluate("document.documentElement.lang") == "en"
    words = opened.inner_text("#ask") + opened.inner_text("#headline")
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in words)


@office
def test_a_left_out_building_opens_by_keyboard(opened: Page):
    opened.focus("#left-out button")
    opened.keyboard.press("Enter")
    assert opened.locator(".lc-pop h3").is_visible()
