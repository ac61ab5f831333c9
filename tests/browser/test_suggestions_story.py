"""From a stairwell without signal to the public board: heard once, answered, adopted, published by two people."""

import io
import re
import time
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

WORD = "鲸鱼弄"
"""Stands in no other suggestion of the demonstration."""
WORDS = f"{WORD}门口的坡道太陡，轮椅推不上去，建议修缓一点，装上扶手。"
ANSWER = f"您好，{WORD}的坡道我们量过了，八月里重新做，两边装扶手。"
ADOPTED = f"您好，{WORD}坡道的建议放进了这个项目，做好了我们告诉您。"


@pytest.fixture(scope="module")
def phone(chromium: Browser, served: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=served, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def desk(chromium: Browser, served: str, session_for) -> Iterator:
    """A colleague's browser: ``desk("section_head")``."""
    made: list[BrowserContext] = []

    def open_for(role: str) -> Page:
        context = chromium.new_context(
            base_url=served, viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        context.add_cookies([{"name": "sessionid", "value": session_for(role), "url": served}])
        made.append(context)
        return context.new_page()

    yield open_for
    for context in made:
        context.close()


def until(page: Page, true: str) -> None:
    """Wait for something in a page, whose policy forbids Playwright's own way of waiting."""
    end = time.monotonic() + 15
    while not page.evaluate(true):
        assert time.monotonic() < end, f"not within fifteen seconds: {true}"
        page.wait_for_timeout(50)


def photograph() -> dict[str, object]:
    picture = io.BytesIO()
    Image.new("RGB", (900, 600), "#b9a27d").save(picture, "JPEG", exif=_where_it_was_taken())
    return {"name": "ramp.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def _where_it_was_taken() -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 30.0), 3: "E", 4: (121.0, 24.0, 10.0)})
    return exif


def test_a_story(phone: BrowserContext, desk, session_for, barriers):
    page = phone.new_page()
    page.goto("/say/")
    until(page, "navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_timeout(500)
    assert barriers(page) == []

    phone.set_offline(True)
    page.goto("/say/")
    expect(page.locator("[data-xh-status]")).to_contain_text("没有信号")
    page.get_by_label("什么事").fill(WORDS)
    page.locator("input[name=photos]").set_input_files(photograph())
    page.get_by_role("button", name="先存好，有信号就发").click()
    expect(page.locator("[data-xh-waiting-here]")).to_contain_text("等信号的（1 件）")
    phone.set_offline(False)
    expect(page.locator("[data-xh-waiting-here]")).to_be_hidden(timeout=15_000)

    head = desk("section_head")
    head.goto(f"/suggestions/?tab=received&q={WORD}")
    rows = head.locator("a[data-c-row]")
    expect(rows).to_have_count(1)
    number = rows.first.get_attribute("data-c-row")
    head.get_by_label("主办").select_option("section:management")
    head.get_by_role("button", name=re.compile("受理并分派")).click()
    expect(head.locator(".toast")).to_contain_text("受理了")
    head.goto(f"/suggestions/?tab=in_hand&q={WORD}")
    head.locator("#c-words").fill(ANSWER)
    head.get_by_role("button", name=re.compile("^发出")).click()
    expect(head.locator(".toast")).to_contain_text("记在这一件里了")

    head.goto(f"/suggestions/{number}/adopt/")
    head.locator("input[name=project]").first.check()
    head.get_by_label("给居民的话").fill(ADOPTED)
    head.get_by_role("button", name=re.compile("采纳")).last.click()
    expect(head.locator(".toast").last).to_be_visible()
    head.goto(f"/suggestions/{number}/draft/")
    head.get_by_label("公开的标题").fill(f"{WORD}的坡道修缓一点")
    head.get_by_label("办理情况").fill("放进了慢行项目，八月重新做坡道，两边装扶手。")
    head.locator("main form button").last.click()
    expect(head.locator(".toast").last).to_be_visible()

    second = desk("community_planner")
    second.goto(f"/suggestions/{number}/publish/")
    second.locator("main form button").last.click()
    expect(second.locator(".toast").last).to_be_visible()

    page.goto("/say/mine/")
    mine = page.get_by_role("link", name=re.compile(WORD))
    expect(mine).to_have_count(1)
    mine.click()
    expect(page.locator("main")).to_contain_text(ANSWER)
    expect(page.locator("main")).to_contain_text(ADOPTED)
    assert barriers(page) == []

    board = phone.new_page()
    board.goto("/say/board/")
    board.get_by_role("link", name=re.compile(f"{WORD}的坡道修缓一点")).click()
    expect(board.locator("main")).to_contain_text("八月重新做坡道")
    assert barriers(board) == []
