"""The wall of notes in a browser: typed by keyboard alone, by two at once, and without network."""

import pytest
from playwright.sync_api import Page, expect

from browser.sizes import PHONE

COMING = "/suggestions/events/?when=coming"


@pytest.fixture
def wall(page: Page) -> Page:
    """The wall of the event to come."""
    page.goto(COMING)
    page.goto(f"{page.locator('#xh-list tbody th a').first.get_attribute('href')}wall/")
    return page


def column(page: Page, number: int):
    return page.locator(f"[data-w-column='{number}'] .w-note:not(.is-unsent)")


def write(page: Page, words: str) -> None:
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_by_keyboard_alone_from_a_word_to_a_suggestion(wall: Page, barriers):
    write(wall, "河边多放几张长凳")
    wall.keyboard.press("Tab")
    write(wall, "食堂周日也开门")
    expect(column(wall, 0).last).to_contain_text("河边多放几张长凳")
    expect(column(wall, 1).last).to_contain_text("食堂周日也开门")
    wall.keyboard.press("ArrowUp")
    expect(column(wall, 1).last).to_be_focused()
    wall.keyboard.press("+")
    expect(column(wall, 1).last.locator(".w-dots")).to_have_text("1")
    expect(column(wall, 1).last).to_be_focused()
    wall.keyboard.press("s")
    expect(column(wall, 1).last).to_contain_text("已转 2023-")
    wall.keyboard.press("ArrowLeft")
    wall.keyboard.press("Delete")
    expect(column(wall, 0)).to_have_count(0)
    assert barriers(wall) == []


def test_two_who_type_at_once_see_each_other(wall: Page):
    other = wall.context.new_page()
    other.goto(wall.url)
    write(wall, "从这边写的")
    write(other, "从那边写的")
    for page in (wall, other):
        expect(column(page, 0).filter(has_text="从这边写的")).to_have_count(1)
        expect(column(page, 0).filter(has_text="从那边写的")).to_have_count(1)


def test_what_is_typed_without_network_hangs_once_when_it_is_back(wall: Page, complaints):
    wall.context.set_offline(True)
    write(wall, "地下室没有信号")
    expect(wall.locator("[data-w-said]")).to_contain_text("联网就贴上去")
    expect(wall.locator(".is-unsent")).to_have_count(1)
    complaints.clear()
    wall.context.set_offline(False)
    expect(column(wall, 0).filter(has_text="地下室没有信号")).to_have_count(1)
    expect(wall.locator(".is-unsent")).to_have_count(0)
    complaints.clear()


def test_on_a_phone_it_fits_and_what_everybody_reads_has_no_barrier(wall: Page, barriers):
    wall.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert wall.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert barriers(wall) == []
    wall.goto("/events/")
    assert barriers(wall) == []
    wall.locator(".s-card a").first.click()
    expect(wall.get_by_text("我要报名")).to_be_visible()
    assert barriers(wall) == []
