"""The five-colour map of lifts at the office and on a phone: filters, one stairwell by keyboard, the years again."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.sizes import PHONE


@pytest.fixture(scope="package")
def session(session_for):
    return session_for("lift_coordinator")


def drawn(page: Page) -> int:
    """How many stairwells the map shows."""
    element = page.locator("#lift-map")
    expect(element).to_have_attribute("data-shows", re.compile(r"^\d+$"), timeout=60_000)
    return int(element.get_attribute("data-shows") or 0)


def test_it_narrows_opens_and_replays_without_another_page(page: Page, settled, barriers):
    page.goto("/lifts/")
    settled(page)
    everything, sentence = drawn(page), page.locator("#a-sentence")
    today = sentence.inner_text()
    assert barriers(page) == []

    out = page.locator('.a-tile[data-mark="unsuitable"]')
    out.click()
    expect(page.locator("#lift-map")).to_have_attribute(
        "data-shows", str(everything - int(out.locator("b").inner_text()))
    )
    page.get_by_label("居委会", exact=True).select_option(index=1)
    path = page.get_by_label("居委会", exact=True).input_value()
    expect(page.get_by_role("link", name="导出 Excel")).to_have_attribute("href", re.compile(f"committee={path}"))
    page.get_by_role("button", name="全部显示").click()
    expect(sentence).to_have_text(today)

    slider = page.get_by_role("slider")
    slider.press("Home")
    expect(sentence).to_have_text(re.compile(r"^\d{4} 年 \d+ 月 \d+ 日：.*运行共 0 个"))
    slider.press("PageUp")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^\d{4} 年"))
    page.get_by_role("button", name="播放").press("Enter")
    page.get_by_role("button", name="停下").press("Enter")
    slider.press("End")
    expect(sentence).to_have_text(today)


def test_a_stairwell_in_the_middle_opens_by_keyboard(page: Page, settled, barriers):
    page.goto("/lifts/")
    settled(page)
    settings = page.evaluate("JSON.parse(document.getElementById('lift-map-settings').textContent)")
    features = page.evaluate("async (url) => (await (await fetch(url)).json()).features", settings["lifts"])
    one = next(feature for feature in features if feature["properties"]["stage"] == "signed")
    lon, lat = one["geometry"]["coordinates"]
    page.goto("about:blank")
    page.goto(f"/lifts/#map=18.4/{lat}/{lon}")
    settled(page)
    drawn(page)
    page.locator("#lift-map canvas").focus()
    page.keyboard.press("Enter")
    beside = page.locator("#a-panel")
    expect(beside.get_by_role("heading", level=2)).to_have_text(one["properties"]["name"])
    expect(page).to_have_url(re.compile(f"stairwell={one['id']}"))
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(beside).to_be_hidden()


def test_on_a_phone_nothing_is_cut_off(page: Page, settled, barriers):
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})
    for address, ready in (("/lifts/", "#lift-map"), ("/lift/map/", ".l-blocks")):
        page.goto(address)
        settled(page)
        expect(page.locator(ready)).to_have_attribute("data-shows", re.compile(r"^\d+$"), timeout=60_000)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
