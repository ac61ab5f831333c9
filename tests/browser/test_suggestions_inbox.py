"""A morning at the inbox by keyboard alone: enter two, read, hand one out, answer it; nothing written is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

WORD, OTHER = "蓝鲸广场", "白鹭弄堂"
"""Stand in no other suggestion of the demonstration."""


@pytest.fixture(scope="package")
def session(session_for):
    return session_for("section_head")


def enter(page: Page, *said: str) -> None:
    """Enter what somebody says by telephone, one after the other, by keyboard."""
    page.goto("/suggestions/new/")
    for words in said:
        expect(page.get_by_label("什么事")).to_be_focused()
        page.keyboard.type(words)
        page.get_by_label("怎么称呼").fill("王女士")
        page.get_by_label("电话", exact=True).last.fill("13812342046")
        page.get_by_label("要短信回复").press("Space")
        page.get_by_role("button", name="登记，接着下一件").press("Enter")
        anyway, done = page.get_by_role("button", name="不是同一件，照样登记"), page.locator(".toast")
        expect(anyway.or_(done)).to_be_visible()
        if anyway.is_visible():  # the demonstration has its own of the kind
            anyway.press("Enter")
        expect(done).to_contain_text("登记好了，下一件")


def test_a_morning_by_keyboard(page: Page, barriers, complaints: list[str]):
    enter(page, f"{WORD}的坡口每天早上都被单车占满，轮椅上不去。", f"{WORD}晚上没有灯，孩子摔过两次，请装矮灯。")
    page.goto(f"/suggestions/?tab=received&q={WORD}")
    rows = page.locator("a[data-c-row]")
    expect(rows).to_have_count(2)
    assert barriers(page) == []

    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"at=\d+"))
    second = rows.nth(1).get_attribute("data-c-row")

    page.get_by_label("主办").focus()
    page.get_by_label("主办").select_option("")
    page.keyboard.press("e")  # within a list of choices it picks, and presses nothing
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_text("还没有选主办").first).to_be_visible()
    complaints.clear()  # the browser's console names the 422
    page.get_by_label("主办").select_option("section:services")
    page.get_by_label("主办").press("Escape")
    page.keyboard.press("e")
    expect(page.locator(".toast")).to_contain_text("受理了，分派出去了")
    expect(rows).to_have_count(1)

    page.goto(f"/suggestions/?tab=in_hand&q={WORD}")
    expect(page.locator(f'a[data-c-row="{second}"]')).to_have_attribute("aria-current", "true")
    box = page.locator("#c-words")
    page.keyboard.press("r")
    expect(box).to_be_focused()
    page.get_by_label("套用底稿").select_option(label="已收到，约看现场")
    expect(box).to_have_value(re.compile("^王女士您好，您反映的【什么事】"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#c-words-why")).to_contain_text("底稿里的「什么事」还没有写")

    page.reload()
    expect(box).to_have_value(re.compile("^王女士您好"))
    box.fill(f"王女士您好，{WORD}的灯我们明天下午三点来看，请在路口等我们。")
    box.press("Escape")
    page.keyboard.press("r")
    expect(page.locator(".toast")).to_contain_text("记在这一件里了")
    expect(page.locator(".c-said:not(.c-memos)")).to_contain_text("首次联系")
    expect(box).to_have_value("")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()


def test_on_a_phone_list_and_reading_are_two_pages(page: Page, barriers):
    enter(page, f"{OTHER}的门坏了，关不上。")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/suggestions/?tab=received&q={OTHER}")
    expect(page.locator(".c-read")).to_be_hidden()
    page.locator("a[data-c-row]").first.click()
    expect(page.locator(".c-read")).to_be_visible()
    expect(page.locator(".c-list")).to_be_hidden()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="返回列表").click()
    expect(page.locator("a[data-c-row]").first).to_be_visible()
