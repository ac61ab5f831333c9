"""我的信息 on a phone: read by eighty-year-old eyes and by a screen reader; nothing runs over the edge."""

import pytest
from playwright.sync_api import Page, expect

from browser.sizes import PHONE

PAGES = (
    "/my/",
    "/my/data/",
    "/my/data/kept/",
    "/my/data/seen/",
    "/my/data/ask/access/",
    "/my/data/ask/correct/",
    "/my/data/requests/",
    "/my/data/consents/",
)


@pytest.fixture(scope="package")
def session(session_for):
    return session_for("resident")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_a_phone_and_is_accessible(page: Page, address: str, barriers):
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []


def test_a_request_takes_two_taps_from_the_menu(page: Page):
    page.goto("/my/data/")
    page.get_by_role("link", name="先不要再用我的信息").click()
    page.get_by_role("button", name="先不要再用").click()
    expect(page.locator("main")).to_contain_text("在办，8 月 18 日以前答复")
