"""The page of a run in a real browser: map and figures answer one question, without a page load and without a mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.sizes import OFFICE, PHONE

SHOWN = "#lc-map[data-shows='{}']"
LEFT_OUT = """async () => {
  const { reach: address } = JSON.parse(document.getElementById("lc-settings").textContent);
  const reach = await (await fetch(`${address}?persona=elder`)).json();
  const { byMinutes } = await import("/static/lifecircle/reach.js");
  const { bands } = byMinutes(reach, "day_care", 15);
  return reach.buildings.reduce((sum, id, at) => sum + (bands[id] === "out" ? reach.people[at] : 0), 0);
}"""


@pytest.fixture
def run(page: Page, settled: Callable[[Page], None]) -> Page:
    page.set_viewport_size({"width": 1200, "height": 720})
    page.goto("/lifecircle/")
    settled(page)
    page.wait_for_selector(SHOWN.format("elder day_care 15 minutes"))
    page.evaluate("window.sameDocument = true")
    return page


def same_document(page: Page) -> bool:
    return bool(page.evaluate("window.sameDocument === true"))


def test_changing_a_control_answers_without_a_page_load(run: Page):
    before = run.locator("[data-lc-sentence]").inner_text()
    run.get_by_text("轮椅", exact=True).click()
    run.wait_for_selector(SHOWN.format("wheelchair day_care 15 minutes"))
    expect(run.locator("#lc-panel h1")).to_have_text("轮椅 · 日间照料 · 15 分钟")
    expect(run).to_have_title(re.compile("轮椅"))
    expect(run).to_have_url(re.compile(r"persona=wheelchair.*#map="))
    assert run.locator("[data-lc-sentence]").inner_text() != before
    assert same_document(run)


def test_controls_work_by_keyboard_and_are_told(run: Page):
    run.locator("input[name=persona][value=elder]").focus()
    run.keyboard.press("ArrowRight")
    expect(run.locator("#lc-answer")).to_have_attribute("data-persona", "frail")
    run.locator("#lc-type").focus()
    run.keyboard.press("ArrowDown")
    expect(run.locator("#lc-answer")).not_to_have_attribute("data-type", "day_care")
    kind = run.locator("#lc-type").input_value()
    run.wait_for_selector(SHOWN.format(f"frail {kind} 15 minutes"))
    expect(run.locator("#lc-say")).to_contain_text("80 岁以上居民")
    assert same_document(run)


def test_way_back_brings_the_earlier_answer(run: Page):
    run.get_by_role("link", name="菜场").click()
    expect(run.locator("#lc-answer")).to_have_attribute("data-type", "market")
    run.go_back()
    run.wait_for_selector(SHOWN.format("elder day_care 15 minutes"))
    expect(run.locator("#lc-type")).to_have_value("day_care")
    assert same_document(run)


def test_map_colours_what_the_panel_counts(run: Page):
    left_out = run.evaluate(LEFT_OUT)
    said = run.locator("[data-lc-sentence] b").all_inner_texts()
    assert left_out == (int(re.sub(r"\D", "", said[0])) if said else 0)


def test_lacking_types_have_their_own_legend(run: Page):
    run.get_by_text("缺几样", exact=True).click()
    run.wait_for_selector(SHOWN.format("elder day_care 15 lacks"))
    expect(run.get_by_role("group", name="图例")).to_contain_text("类")


def test_committee_is_picked_from_the_table_and_let_go(run: Page):
    view = run.evaluate("location.hash")
    row = run.locator("#lc-committees tbody tr").first
    name = row.locator("th").inner_text()
    row.locator("a").click()
    expect(run.locator(".lc-leftout h2")).to_have_text(f"{name}够不到的楼栋")
    expect(run).to_have_url(re.compile("committee="))
    expect(run.locator("#lc-committees tr.is-picked th")).to_have_text(name)
    run.wait_for_function("view => location.hash !== view", arg=view)
    run.get_by_role("button", name="不再只看这个居委会").click()
    expect(run.locator(".lc-leftout h2")).to_have_text("够不到的楼栋")


def test_committees_sort_by_their_heads(run: Page):
    run.locator("#lc-committees thead").get_by_role("link", name="够不到").click()
    head = run.locator("#lc-committees th[aria-sort]")
    expect(head).to_have_attribute("aria-sort", "descending")
    counts = [
        int(text.replace(",", "")) for text in run.locator("#lc-committees tbody td:nth-child(3)").all_inner_texts()
    ]
    assert counts == sorted(counts, reverse=True)


def test_building_of_the_list_opens_its_popup(run: Page):
    run.get_by_text("5 分钟", exact=True).first.click()
    expect(run.locator("#lc-answer")).to_have_attribute("data-minutes", "5")
    first = run.locator(".lc-buildings a").first
    name = first.locator("b").inner_text()
    first.click()
    popup = run.locator(".maplibregl-popup .lc-pop")
    expect(popup.locator("h3")).to_have_text(name)
    expect(popup).to_contain_text("应配设施")
    expect(popup).to_contain_text("老年人日间照料中心")


def test_comparison_tells_what_the_night_costs(run: Page):
    run.locator("#lc-compare").select_option(index=1)
    run.wait_for_selector(SHOWN.format("elder day_care 15 change"))
    expect(run.locator(".lc-versus")).to_contain_text("从周二 22:00 到周二 10:00")
    expect(run.locator(".lc-versus")).to_contain_text("锁着")
    expect(run.locator(".lc-dumbbell .span").first).to_be_attached()
    expect(run.get_by_text("变化", exact=True)).to_be_visible()
    assert same_document(run)


def test_link_holds_question_and_view(page: Page, settled: Callable[[Page], None]):
    page.goto("/lifecircle/")
    run = re.sub(r"[?#].*", "", page.url)
    page.goto(f"{run}?persona=child&type=park&minutes=10#map=15.5/31.23/121.39/10/30")
    settled(page)
    page.wait_for_selector(SHOWN.format("child park 10 minutes"))
    assert "#map=15.5/31.23/121.39/10/30" in page.url


def test_page_works_without_scripts(chromium: Browser, served: str, signed_in):
    context = signed_in(chromium.new_context(base_url=served, java_script_enabled=False))
    page = context.new_page()
    page.goto("/lifecircle/")
    page.locator("#lc-type").select_option("market")
    page.locator("input[name=minutes][value='5']").check(force=True)
    page.get_by_role("button", name="看结果").click()
    expect(page.locator("#lc-panel h1")).to_have_text("老人 · 菜场 · 5 分钟")
    page.locator("#lc-committees tbody a").first.click()
    expect(page.locator("#lc-committees tr.is-picked")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("size", [PHONE, OFFICE], ids=["phone", "office"])
@pytest.mark.parametrize("address", ["left-out/?minutes=5", "committees/", "?compare=1&persona=child"])
def test_pages_of_a_run_have_no_barrier_and_fit(page: Page, settled, barriers, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/lifecircle/")
    page.goto(f"{re.sub(r'[?#].*', '', page.url)}{address}")
    settled(page)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert barriers(page) == []


def test_phone_opens_and_closes_the_controls(page: Page, settled: Callable[[Page], None]):
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/lifecircle/")
    settled(page)
    expect(page.locator("#lc-ask")).to_be_hidden()
    page.locator("#lc-ask-box summary").click()
    box, drawn = page.locator("#lc-ask-box").bounding_box(), page.locator("#lc-map").bounding_box()
    assert box["y"] + box["height"] <= drawn["y"], "the open controls cover the map"
    page.get_by_text("儿童", exact=True).click()
    page.wait_for_selector(SHOWN.format("child day_care 15 minutes"))
    expect(page.locator("[data-lc-summary]")).to_have_text("儿童 · 日间照料 · 15 分钟")


def test_area_is_drawn_and_analysed(page: Page, settled: Callable[[Page], None]):
    page.goto("/lifecircle/runs/new/")
    settled(page)
    page.get_by_label("自己画").check()
    page.get_by_role("button", name="在地图上画").click()
    box = page.locator("#lc-map canvas").bounding_box()
    assert box is not None
    for across, down in ((0.05, 0.05), (0.9, 0.05), (0.9, 0.75), (0.05, 0.75)):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
    page.get_by_role("button", name="画完").click()
    expect(page.locator("[data-lc-drawn]")).to_contain_text("4 个角")
    page.get_by_label("给范围起个名字").fill("试一试")
    page.get_by_role("button", name="算一次").click()
    expect(page.locator(".lc-when")).to_contain_text("试一试", timeout=30_000)


def test_crossed_area_is_refused_at_its_field(page: Page, settled: Callable[[Page], None], complaints: list[str]):
    page.goto("/lifecircle/runs/new/")
    settled(page)
    page.get_by_label("自己画").check()
    page.get_by_text("或者粘贴 GeoJSON").click()
    corners = "[121.38,31.22],[121.40,31.24],[121.40,31.22],[121.38,31.24],[121.38,31.22]"
    crossed = f'{{"type":"Polygon","coordinates":[[{corners}]]}}'
    page.get_by_label("范围的 GeoJSON").fill(crossed)
    page.get_by_role("button", name="算一次").click()
    expect(page.locator("#lc-wrong-area")).to_contain_text("自相交")
    expect(page.locator("textarea[name=area]")).to_have_value(crossed)
    expect(page.locator("#lc-wrong")).to_be_focused()
    complaints.clear()
