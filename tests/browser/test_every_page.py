"""What holds on every page: no complaint, no barrier, no sideways scrolling, and a way through by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from browser.sizes import OFFICE, PHONE

ADDRESSES = ["/", "/lifecircle/runs/", "/lifecircle/runs/new/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("size", [PHONE, OFFICE], ids=["phone", "office"])
def test_page_has_no_barrier_and_fits(page: Page, settled, barriers, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    settled(page)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert barriers(page) == []


ROLES = ["section_head", "system_admin", "privacy_officer"]
FIRST_ROW = "#xh-list tbody th a"


def test_pages_of_each_role_have_no_barrier_and_fit(page: Page, barriers, served, session_for):
    """Every page of a role's navigation, and of each list the page of its first row; each page once."""
    seen: set[str] = set()
    wrong: list[str] = []
    for role in ROLES:
        page.context.add_cookies([{"name": "sessionid", "value": session_for(role), "url": served}])
        page.goto("/")
        todo = page.eval_on_selector_all(".xh-side a", "links => links.map(link => link.getAttribute('href'))")
        while todo:
            address = todo.pop(0)
            if address in seen:
                assert page.request.get(address).ok, f"the navigation of a {role} leads to {address}"
                continue
            seen.add(address)
            wrong += look_at(page, barriers, address)
            if page.locator(FIRST_ROW).count() and address.count("/") < 4:
                todo.append(page.locator(FIRST_ROW).first.get_attribute("href"))
    assert wrong == []


def look_at(page: Page, barriers, address: str) -> list[str]:
    """What is wrong with a page, as its reader sees it in the office and on a phone."""
    page.set_viewport_size({"width": OFFICE[0], "height": OFFICE[1]})
    answer = page.goto(address)
    page.wait_for_selector(".htmx-request, .xh-map:not([data-ready])", state="detached", timeout=60_000)
    assert answer.status == 200, f"{address}: {answer.status}"
    wrong = [f"{address}: {barrier}" for barrier in barriers(page)]
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
        wrong.append(f"{address} scrolls sideways on a phone")
    return wrong


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_says_that_its_people_are_invented(page: Page, settled, address):
    page.goto(address)
    settled(page)
    expect(page.locator(".xh-notice")).to_contain_text("虚构")
    expect(page.locator(".xh-clock")).to_contain_text("2023 年 8 月 3 日")


def test_missing_page_has_no_barrier(page: Page, barriers, complaints):
    page.goto("/no-such-page/")
    expect(page.locator("h1")).to_have_text("没有这个页面")
    assert barriers(page) == []
    complaints.clear()


def test_keyboard_skips_to_the_content(page: Page):
    page.goto("/lifecircle/runs/")
    page.keyboard.press("Tab")
    expect(page.locator(".xh-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_menu_of_a_phone_opens_and_closes_by_keyboard(page: Page):
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/lifecircle/runs/")
    button = page.get_by_role("button", name="打开导航")
    expect(page.locator("#xh-side")).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#xh-side a").first).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#xh-side")).to_be_hidden()
    expect(button).to_be_focused()


def test_english_by_switch_holds_on_the_next_page(page: Page):
    page.goto("/lifecircle/runs/")
    page.locator("summary.xh-me").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/lifecircle/runs/new/")
    page.locator("summary.xh-me").click()
    expect(page.get_by_role("button", name="中文")).to_be_visible()


PHONE_PAGES = (
    *("/phone/", "/say/", "/say/mine/", "/say/board/", "/events/", "/projects/", "/phone/waiting/", "/phone/offline/"),
    *("/lift/", "/my/", "/my/data/", "/my/household/", "/phone/messages/", "/no-such-page/"),
)
SMALL = """() => [...document.querySelectorAll("main :is(button, input, select, textarea), .ph-dock button, .ph-top a")]
  .filter((one) => one.offsetParent && !["hidden", "file"].includes(one.type))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect().height, getComputedStyle(one, "::after")])
  .filter(([, height, after]) => Math.max(height, after.position === "absolute" ? parseFloat(after.height) : 0) < 71.5)
  .map(([one, height]) => `${one.name || one.textContent} is ${height} px high`)"""


def test_pages_of_the_phone_fit_in_large_type_and_every_target_is_large(chromium, served, session_for):
    """As on a phone that knows where it is, at its two usual widths."""
    context = chromium.new_context(base_url=served, is_mobile=True, has_touch=True, permissions=["geolocation"])
    cookies = {"xh_size": "elder", "sessionid": session_for("resident")}
    context.add_cookies([{"name": name, "value": value, "url": served} for name, value in cookies.items()])
    page, wrong = context.new_page(), []
    for address in PHONE_PAGES:
        for width in (360, 390):
            page.set_viewport_size({"width": width, "height": 780})
            page.goto(address)
            if (found := page.evaluate("document.scrollingElement.scrollWidth")) > width:
                wrong.append(f"{address} is {found} px wide at {width}")
        wrong += [f"{address}: {one}" for one in page.evaluate(SMALL)]
    context.close()
    assert wrong == []
